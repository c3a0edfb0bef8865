package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import org.jspecify.annotations.Nullable;

/// Reads one release of a channel document.
final class ReleaseReader {
    private final DocumentReader in;
    private final RangeChecks ranges;
    private final RuleReader rules;

    ReleaseReader(DocumentReader in, RangeChecks ranges) {
        this.in = in;
        this.ranges = ranges;
        this.rules = new RuleReader(in, ranges);
    }

    Release release() {
        ReleaseBuilder release = new ReleaseBuilder(UNNAMED);
        boolean[] named = new boolean[1];
        in.object(name -> {
            if (name.equals("version")) {
                named[0] = true;
                release.version(in.version());
                return true;
            }
            return facts(name, release, named[0]) || moves(name, release);
        });
        if (!named[0]) {
            throw in.bad("a release has a 'version'");
        }
        return release.build();
    }

    private static final Version UNNAMED = Version.of("0");

    private boolean facts(String name, ReleaseBuilder release, boolean named) {
        switch (name) {
            case "date" -> release.date(in.instant());
            case "platforms" -> platforms(release);
            case "channels" -> in.list(in::string).forEach(release::channel);
            case "not-before" -> release.notBefore(in.instant());
            case "downtime" -> release.downtime(in.duration());
            case "notes" -> release.notes(in.string());
            case "withdrawn" -> release.withdrawn(rules.notice());
            case "dead-end" -> release.deadEnd(rules.notice());
            case "rollout" -> release.rollout(rules.rollout());
            case "requires" -> new FactTestReader(in).tests().forEach(release::requires);
            case "required-stop" -> requiredStop(release, named);
            default -> {
                if (!name.startsWith("x-")) {
                    return false;
                }
                release.extension(name, in.string());
            }
        }
        return true;
    }

    private boolean moves(String name, ReleaseBuilder release) {
        switch (name) {
            case "from" -> release.from(ranges.rangeOrKeyword(in));
            case "to" -> release.to(ranges.range(in));
            case "previous" -> release.previous(in.list(in::version));
            case "next" -> release.next(in.list(in::version));
            case "downgrade" -> release.downgrade(in.bool());
            case "conditions" ->
                    in.list(() -> rules.edgeRule("risk", true)).forEach(release::condition);
            case "manual-actions" ->
                    in.list(() -> rules.edgeRule("name", true)).forEach(release::manualAction);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void requiredStop(ReleaseBuilder release, boolean named) {
        if (!named) {
            throw in.bad("'version' comes before 'required-stop'");
        }
        Version version = release.build().version();
        if (in.isObject()) {
            release.requiredStop(rules.stop(version));
        } else if (in.bool()) {
            release.requiredStop(StopRule.at(version));
        }
    }

    private void platforms(ReleaseBuilder release) {
        in.object(platform -> {
            release.platform(platform, artifact());
            return true;
        });
    }

    private Artifact artifact() {
        var parts =
                new Object() {
                    @Nullable String path;
                    long length;
                    long unpacked;
                };
        in.object(name -> {
            switch (name) {
                case "path" -> parts.path = in.string();
                case "length" -> parts.length = in.integer();
                case "unpacked" -> parts.unpacked = in.integer();
                default -> {
                    return false;
                }
            }
            return true;
        });
        String path = parts.path;
        if (path == null) {
            throw in.bad("a platform has a 'path'");
        }
        return in.checked(() -> new Artifact(path, parts.length, parts.unpacked));
    }
}
