package dev.belay.supervisor.cli;

import dev.belay.supervisor.offer.ReleaseSource;
import dev.belay.versys.yaml.Quantities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--offline`, as every command has it that reads the vendor's repository.
final class OfflineOptions {
    @ArgGroup(exclusive = false)
    private @Nullable Group group;

    /// The second option without the first is a usage error: staleness is accepted for one file and
    /// never for the network.
    static final class Group {
        @Option(
                names = "--offline",
                required = true,
                paramLabel = "FILE",
                description =
                        "Take releases from this file of `versys export`, or from a directory with"
                                + " metadata/ and targets/. The network is not used.")
        private Path file = Path.of("");

        @Option(
                names = "--accept-staleness",
                paramLabel = "DURATION",
                converter = Period.class,
                description =
                        "Accept this offline file although its metadata ran out, at most so long ago,"
                                + " for example 30d. Signatures and versions are checked as ever.")
        private Duration staleness = Duration.ZERO;
    }

    Optional<ReleaseSource.Offline> offline() {
        return Optional.ofNullable(group)
                .map(given -> new ReleaseSource.Offline(given.file, given.staleness));
    }

    /// `30d`, `12h`.
    static final class Period implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Quantities.duration(text)
                    .filter(duration -> !duration.isZero())
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "'" + text + "' is no duration, such as 30d or 12h"));
        }
    }
}
