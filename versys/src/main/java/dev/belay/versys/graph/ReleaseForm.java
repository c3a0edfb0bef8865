package dev.belay.versys.graph;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The fields of a release.
final class ReleaseForm extends Form<Release> {
    static final ReleaseForm FORM = new ReleaseForm();

    final Field<Release, Version> version = required("version", VERSION, Release::version);
    final Field<Release, Instant> date =
            field("date", INSTANT, Instant.EPOCH, r -> r.about().date());
    final Field<Release, Map<String, Artifact>> platforms =
            field(
                    "platforms",
                    new ArtifactForm().map(Function.identity()),
                    Map.of(),
                    r -> r.availability().platforms());
    private final Field<Release, Set<String>> channels =
            field("channels", someChannels(), Set.of(), r -> r.availability().channels());
    final Field<Release, Optional<String>> from = optional("from", ORIGINS, r -> r.edges().from());
    final Field<Release, Optional<String>> to = optional("to", RANGE, r -> r.edges().to());
    private final Field<Release, List<Version>> previous =
            list("previous", VERSION, r -> r.edges().previous());
    private final Field<Release, List<Version>> next = list("next", VERSION, r -> r.edges().next());
    private final Field<Release, Boolean> downgrade = flag("downgrade", r -> r.edges().downgrade());
    final Field<Release, Optional<StopScope>> requiredStop =
            field(
                    "required-stop",
                    StopForm.REQUIRED_STOP,
                    Optional.empty(),
                    r -> r.passage().requiredStop());
    final Field<Release, Optional<Notice>> deadEnd =
            optional("dead-end", NoticeForm.NOTICE, r -> r.passage().deadEnd());
    final Field<Release, Optional<Notice>> withdrawn =
            optional("withdrawn", NoticeForm.NOTICE, r -> r.availability().withdrawn());
    final Field<Release, Optional<Rollout>> rollout =
            optional("rollout", new RolloutForm(), r -> r.availability().rollout());
    final Field<Release, Map<String, FactTest>> requires =
            field("requires", FactTestCodec.TESTS, Map.of(), r -> r.availability().requires());
    final Field<Release, List<EdgeRule>> conditions =
            list("conditions", EdgeRuleForm.ofTarget("risk"), r -> r.passage().conditions());
    private final Field<Release, List<EdgeRule>> manualActions =
            list("manual-actions", EdgeRuleForm.ofTarget("name"), r -> r.passage().manualActions());
    private final Field<Release, Optional<Instant>> notBefore =
            optional("not-before", INSTANT, r -> r.availability().notBefore());
    private final Field<Release, Optional<Duration>> downtime =
            optional("downtime", DURATION, r -> r.about().downtime());
    final Field<Release, String> notes = field("notes", TEXT, "", r -> r.about().notes());
    private final Field<Release, Map<String, String>> extensions =
            extensions(r -> r.about().extensions());

    @Override
    Release of(Values<Release> given) {
        return new Release(
                given.get(version),
                new Release.About(
                        given.get(date),
                        given.get(downtime),
                        given.get(notes),
                        given.get(extensions)),
                new Release.Availability(
                        given.get(platforms),
                        given.get(channels),
                        given.get(requires),
                        given.get(rollout),
                        given.get(notBefore),
                        given.get(withdrawn)),
                new Release.Edges(
                        given.get(from),
                        given.get(to),
                        given.get(previous),
                        given.get(next),
                        given.get(downgrade)),
                new Release.Passage(
                        given.get(requiredStop),
                        given.get(deadEnd),
                        given.get(conditions),
                        given.get(manualActions)));
    }

    /// None would mean all of them, which nobody means who writes an empty list.
    private static Codec<Set<String>> someChannels() {
        return Codec.of(
                in -> {
                    Set<String> names = TEXT.set().read(in);
                    if (names.isEmpty()) {
                        throw in.bad("no channel at all; leave 'channels' out to mean every one");
                    }
                    return names;
                },
                TEXT.set()::write);
    }

    /// The fields of a bundle.
    private static final class ArtifactForm extends Form<Artifact> {
        private static final Codec<String> PATH =
                Codec.text(ArtifactForm::path, Function.identity());

        /// It names a target, and a target lies below the repository.
        private static String path(String text) {
            for (String part : text.split("/", -1)) {
                if (part.isEmpty()
                        || part.equals(".")
                        || part.equals("..")
                        || part.contains("\\")) {
                    throw new IllegalArgumentException("'" + text + "' is no relative path");
                }
            }
            return text;
        }

        private final Field<Artifact, String> path = required("path", PATH, Artifact::targetPath);
        private final Field<Artifact, Long> length = written("length", COUNT, 0L, Artifact::length);
        private final Field<Artifact, Long> unpacked =
                field("unpacked", COUNT, 0L, Artifact::unpackedBytes);
        private final Field<Artifact, Optional<Digest>> sha256 =
                optional(
                        "sha256",
                        Codec.text(text -> Digest.parse("sha256:" + text), Digest::hex),
                        Artifact::sha256);

        @Override
        Artifact of(Values<Artifact> given) {
            return new Artifact(
                    given.get(path), given.get(length), given.get(unpacked), given.get(sha256));
        }
    }

    /// The fields of a rollout.
    static final class RolloutForm extends Form<Rollout> {
        private final Field<Rollout, Optional<Instant>> start =
                optional("start", INSTANT, Rollout::start);
        private final Field<Rollout, Optional<Duration>> duration =
                optional("duration", DURATION, Rollout::duration);
        private final Field<Rollout, Double> share = written("from", SHARE, 0.0, Rollout::from);
        private final Field<Rollout, Optional<Instant>> pausedAt =
                optional("paused-at", INSTANT, Rollout::pausedAt);
        private final Field<Rollout, Optional<Double>> before =
                optional("before", SHARE, Rollout::before);

        @Override
        Rollout of(Values<Rollout> given) {
            return new Rollout(
                    given.get(start),
                    given.get(duration),
                    given.get(share),
                    given.get(pausedAt),
                    given.get(before));
        }
    }
}
