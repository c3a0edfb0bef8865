package dev.belay.versys.release;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a host must have before a release may be installed.
///
/// @param supervisor range of supervisor versions, for example `>=1.2`
/// @param java range of Java versions on the host
/// @param diskBytes free bytes that the release needs beside its own files
/// @param facts ranges or exact values of named facts, for example `db.version` → `>=13`
public record Requirements(
        Optional<String> supervisor,
        Optional<String> java,
        OptionalLong diskBytes,
        Map<String, String> facts) {
    /// Nothing is required.
    public static final Requirements NONE =
            new Requirements(Optional.empty(), Optional.empty(), OptionalLong.empty(), Map.of());

    public Requirements {
        facts = Immutable.copy(facts);
    }
}
