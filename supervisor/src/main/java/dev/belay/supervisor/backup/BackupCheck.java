package dev.belay.supervisor.backup;

import java.util.List;

/// The outcome of reading a backup back.
///
/// @param problems one line each, naming the file; empty if all is as it was copied. At most the
///   first hundred
public record BackupCheck(String id, List<String> problems) {
    public BackupCheck {
        problems = List.copyOf(problems);
    }

    /// Whether everything is as it was copied.
    public boolean intact() {
        return problems.isEmpty();
    }
}
