package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One line of a hosts file: a host, or several that are alike.
///
/// @param wariness 0 eager to 1 cautious; empty to take it from the id
/// @param facts what it tells of itself: strings, numbers, booleans
/// @param count how many hosts it stands for
public record HostEntry(
        Optional<String> id,
        Version version,
        Optional<String> platform,
        Optional<Double> wariness,
        Optional<String> channel,
        Map<String, Object> facts,
        long count) {
    private static final long MOST = 10_000_000;

    public HostEntry {
        facts = Map.copyOf(facts);
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("'count' is from 1 to 10,000,000");
        }
        if (wariness.isPresent() && !(wariness.get() >= 0 && wariness.get() <= 1)) {
            throw new IllegalArgumentException("'wariness' is from 0 to 1");
        }
    }

    /// Reads a hosts file, as strictly as a channel document: a field that is misspelt would be a
    /// host that nobody has.
    ///
    /// @throws InvalidChannelException with line, column and path of what is wrong
    public static List<HostEntry> parse(byte[] json) {
        return DocumentReader.read(
                "The hosts file", json, new HostForm().list()::read, (_, _) -> {});
    }

    private static final class HostForm extends Form<HostEntry> {
        private final Field<HostEntry, Optional<String>> id = optional("id", TEXT, HostEntry::id);
        private final Field<HostEntry, Version> version =
                required("version", VERSION, HostEntry::version);
        private final Field<HostEntry, Optional<String>> platform =
                optional("platform", TEXT, HostEntry::platform);
        private final Field<HostEntry, Optional<Double>> wariness =
                optional("wariness", SHARE, HostEntry::wariness);
        private final Field<HostEntry, Optional<String>> channel =
                optional("channel", TEXT, HostEntry::channel);
        private final Field<HostEntry, Map<String, Object>> facts =
                field(
                        "facts",
                        Codec.<Object>of(
                                        DocumentReader::scalar,
                                        (value, out) -> out.writeString(value.toString()))
                                .map(name -> name),
                        Map.of(),
                        HostEntry::facts);
        private final Field<HostEntry, Long> count = field("count", COUNT, 1L, HostEntry::count);

        @Override
        HostEntry of(Values<HostEntry> given) {
            return new HostEntry(
                    given.get(id),
                    given.get(version),
                    given.get(platform),
                    given.get(wariness),
                    given.get(channel),
                    given.get(facts),
                    given.get(count));
        }
    }
}
