package dev.belay.versys.plan;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.version.Version;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A risk or a release that somebody names and the channel does not have. Whoever misspelt a name
/// must not take the answer for one that heeds it.
public final class UnknownNameException extends BelayException {
    private static final long serialVersionUID = 1;

    private UnknownNameException(String kind, String message, String help) {
        super(kind, message, help);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }

    /// @param risks names that are to be accepted
    /// @param releases to stay away from, to try again, to confirm
    /// @throws UnknownNameException `unknown-risk`, `unknown-release`
    public static void check(
            Channel channel, Collection<String> risks, Collection<Version> releases) {
        Set<String> known = new TreeSet<>();
        Stream.concat(
                        channel.rules().conditions().stream(),
                        channel.releases().stream()
                                .flatMap(release -> release.passage().conditions().stream()))
                .map(EdgeRule::name)
                .forEach(known::add);
        for (String risk : risks) {
            if (!known.contains(risk)) {
                throw new UnknownNameException(
                        "unknown-risk",
                        "Channel "
                                + channel.name()
                                + " has no risk '"
                                + risk
                                + "'. Nothing was changed.",
                        known.isEmpty()
                                ? "It has none: there is nothing to accept."
                                : "Its risks are: " + String.join(", ", known) + ".");
            }
        }
        for (Version version : releases) {
            if (channel.release(version).isEmpty()) {
                throw new UnknownNameException(
                        "unknown-release",
                        "Channel "
                                + channel.name()
                                + " has no release '"
                                + version
                                + "'. Nothing was changed.",
                        "Write its version as the channel does.");
            }
        }
    }
}
