package dev.belay.versys.release;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a host must have before a release may be installed.
///
/// @param supervisor range of supervisor versions, for example `>=1.2`
/// @param java range of Java versions on the host
/// @param diskBytes free bytes that the release needs beside its own files
/// @param memoryBytes memory that the host must have
/// @param commands programs that the host must have, with the range of their versions
/// @param libc C libraries of which the host must have one (`glibc`, `musl`), with the range of its
///   versions; none if any will do
/// @param ports TCP ports that must be free
/// @param facts ranges or exact values of named facts, for example `db.version` → `>=13`
public record Requirements(
        Optional<String> supervisor,
        Optional<String> java,
        OptionalLong diskBytes,
        OptionalLong memoryBytes,
        Map<String, String> commands,
        Map<String, String> libc,
        List<Integer> ports,
        Map<String, String> facts) {
    /// Nothing is required.
    public static final Requirements NONE =
            new Requirements(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Map.of());

    public Requirements {
        commands = Immutable.copy(commands);
        libc = Immutable.copy(libc);
        ports = List.copyOf(ports);
        facts = Immutable.copy(facts);
    }
}
