package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a channel document: what is absent or empty is left out, sets and maps are sorted.
final class ChannelWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

    byte[] write(Channel channel) {
        ChannelRules rules = channel.rules();
        out.writeStartObject();
        out.writeNumberProperty("format", 1);
        out.writeStringProperty("product", channel.product());
        out.writeStringProperty("channel", channel.name());
        out.writeStringProperty("scheme", channel.scheme().name());
        if (!rules.from().equals(Reserved.OLDER)) {
            out.writeStringProperty("from", rules.from());
        }
        flag("released-later", rules.releasedLater());
        if (!rules.heads().isEmpty()) {
            out.writeObjectPropertyStart("head");
            rules.heads().forEach((platform, head) -> text(platform, head.text()));
            out.writeEndObject();
        }
        rules.floor().ifPresent(floor -> text("floor", floor.text()));
        rules.halted().ifPresent(why -> notice("halted", why));
        channels(rules.channels());
        array("series", rules.series(), this::series);
        array("stops", rules.stops(), this::stop);
        array("blocked", rules.blocked(), rule -> edgeRule("", rule));
        array("conditions", rules.conditions(), rule -> edgeRule("risk", rule));
        array("manual-actions", rules.manualActions(), rule -> edgeRule("name", rule));
        channel.extensions().forEach(this::text);
        out.writeArrayPropertyStart("releases");
        channel.releases().forEach(this::release);
        out.writeEndArray();
        out.writeEndObject();
        out.close();
        return bytes.toByteArray();
    }

    private void channels(Map<String, ChannelSet> channels) {
        if (channels.isEmpty()) {
            return;
        }
        out.writeObjectPropertyStart("channels");
        channels.forEach((name, set) -> {
            out.writeObjectPropertyStart(name);
            set.inherits().ifPresent(parent -> text("inherits", parent));
            if (!set.delay().isZero()) {
                duration("delay", set.delay());
            }
            out.writeEndObject();
        });
        out.writeEndObject();
    }

    private void release(Release release) {
        out.writeStartObject();
        text("version", release.version().text());
        if (!release.date().equals(Instant.EPOCH)) {
            text("date", release.date().toString());
        }
        if (!release.platforms().isEmpty()) {
            out.writeObjectPropertyStart("platforms");
            release.platforms().forEach(this::artifact);
            out.writeEndObject();
        }
        array("channels", new TreeSet<>(release.channels()), out::writeString);
        release.from().ifPresent(range -> text("from", range));
        release.to().ifPresent(range -> text("to", range));
        versions("previous", release.previous());
        versions("next", release.next());
        flag("downgrade", release.downgrade());
        release.requiredStop().ifPresent(this::requiredStop);
        release.deadEnd().ifPresent(why -> notice("dead-end", why));
        release.withdrawn().ifPresent(why -> notice("withdrawn", why));
        release.rollout().ifPresent(this::rollout);
        if (!release.requires().isEmpty()) {
            tests("requires", release.requires());
        }
        array("conditions", release.conditions(), rule -> edgeRule("risk", rule));
        array("manual-actions", release.manualActions(), rule -> edgeRule("name", rule));
        release.notBefore().ifPresent(instant -> text("not-before", instant.toString()));
        release.downtime().ifPresent(downtime -> duration("downtime", downtime));
        if (!release.notes().isEmpty()) {
            text("notes", release.notes());
        }
        release.extensions().forEach(this::text);
        out.writeEndObject();
    }

    private void artifact(String platform, Artifact artifact) {
        out.writeObjectPropertyStart(platform);
        text("path", artifact.targetPath());
        out.writeNumberProperty("length", artifact.length());
        if (artifact.unpackedBytes() > 0) {
            out.writeNumberProperty("unpacked", artifact.unpackedBytes());
        }
        out.writeEndObject();
    }

    private void requiredStop(StopRule rule) {
        if (rule.equals(StopRule.at(((StopRule.Exactly) rule.where()).version()))) {
            out.writeBooleanProperty("required-stop", true);
            return;
        }
        out.writeName("required-stop");
        out.writeStartObject();
        stopScope(rule);
        out.writeEndObject();
    }

    private void stop(StopRule rule) {
        out.writeStartObject();
        switch (rule.where()) {
            case StopRule.Exactly(Version version) -> text("version", version.text());
            case StopRule.LastIn(String range) -> text("last-in", range);
            case StopRule.LastOfEach each -> {
                text("last-of-each", each.depth() == 1 ? "major" : "minor");
                each.within().ifPresent(range -> text("within", range));
                array("numbers", new TreeSet<>(each.numbers()), out::writeNumber);
            }
        }
        stopScope(rule);
        out.writeEndObject();
    }

    private void stopScope(StopRule rule) {
        rule.origins().ifPresent(range -> text("from", range));
        rule.targets().ifPresent(range -> text("targets", range));
        array("platforms", new TreeSet<>(rule.platforms()), out::writeString);
        when(rule.when());
        rule.notice().ifPresent(this::words);
    }

    private void series(SeriesRule rule) {
        out.writeStartObject();
        text(rule.ofTargets() ? "targets" : "origins", rule.selector());
        text(rule.ofTargets() ? "from" : "to", rule.range());
        flag("downgrade", rule.downgrade());
        out.writeEndObject();
    }

    private void edgeRule(String naming, EdgeRule rule) {
        out.writeStartObject();
        if (!naming.isEmpty()) {
            text(naming, rule.name());
        }
        rule.target().ifPresent(target -> text("target", target.text()));
        rule.targets().ifPresent(range -> text("targets", range));
        rule.origins().range().ifPresent(range -> text("from", range));
        versions("origins", rule.origins().versions());
        rule.origins().pattern().ifPresent(pattern -> text("pattern", pattern.toString()));
        array("platforms", new TreeSet<>(rule.platforms()), out::writeString);
        when(rule.when());
        words(rule.notice());
        out.writeEndObject();
    }

    private void when(HostPredicate predicate) {
        if (!predicate.isAlways()) {
            tests("when", predicate.tests());
        }
    }

    private void tests(String name, Map<String, FactTest> tests) {
        out.writeObjectPropertyStart(name);
        tests.forEach((fact, test) -> {
            out.writeName(fact);
            test(test);
        });
        out.writeEndObject();
    }

    private void test(FactTest test) {
        if (test instanceof FactTest.OneOf(var values)) {
            if (values.size() == 1 && FactTestReader.of(values.getFirst()).equals(test)) {
                scalar(values.getFirst());
            } else {
                out.writeStartArray();
                values.forEach(this::scalar);
                out.writeEndArray();
            }
            return;
        }
        out.writeStartObject();
        switch (test) {
            case FactTest.InRange(String range, _) -> text("range", range);
            case FactTest.Present(boolean present) -> out.writeBooleanProperty("present", present);
            case FactTest.PreRelease(var classes) -> {
                out.writeArrayPropertyStart("pre-release");
                new TreeSet<>(classes).forEach(out::writeString);
                out.writeEndArray();
            }
            case FactTest.Not(FactTest negated) -> {
                out.writeName("not");
                test(negated);
            }
            case FactTest.Behind(int place, var comparison, int count) ->
                    text(
                            switch (place) {
                                case 0 -> "majors-behind";
                                case 1 -> "minors-behind";
                                default -> "patches-behind";
                            },
                            comparison.sign() + count);
            case FactTest.OneOf _ -> throw new IllegalStateException("written above");
        }
        out.writeEndObject();
    }

    private void scalar(Object value) {
        switch (value) {
            case BigDecimal number -> out.writeNumber(number);
            case Boolean bool -> out.writeBoolean(bool);
            default -> out.writeString(value.toString());
        }
    }

    private void rollout(Rollout rollout) {
        out.writeObjectPropertyStart("rollout");
        rollout.start().ifPresent(start -> text("start", start.toString()));
        rollout.duration().ifPresent(duration -> duration("duration", duration));
        out.writeName("from");
        out.writeNumber(new BigDecimal(Double.toString(rollout.from())).stripTrailingZeros());
        rollout.pausedAt().ifPresent(instant -> text("paused-at", instant.toString()));
        out.writeEndObject();
    }

    private void notice(String name, Notice notice) {
        if (notice.url().isEmpty()) {
            text(name, notice.message());
            return;
        }
        out.writeObjectPropertyStart(name);
        words(notice);
        out.writeEndObject();
    }

    private void words(Notice notice) {
        text("message", notice.message());
        Optional<String> url = notice.url();
        url.ifPresent(page -> text("url", page));
    }

    private void duration(String name, Duration duration) {
        text(name, Durations.print(duration));
    }

    private void text(String name, String value) {
        out.writeStringProperty(name, value);
    }

    private void flag(String name, boolean value) {
        if (value) {
            out.writeBooleanProperty(name, true);
        }
    }

    private void versions(String name, Collection<Version> versions) {
        array(name, versions, version -> out.writeString(version.text()));
    }

    private <T> void array(
            String name, Collection<T> elements, java.util.function.Consumer<T> each) {
        if (elements.isEmpty()) {
            return;
        }
        out.writeArrayPropertyStart(name);
        elements.forEach(each);
        out.writeEndArray();
    }
}
