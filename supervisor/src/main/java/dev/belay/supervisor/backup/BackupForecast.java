package dev.belay.supervisor.backup;

/// What a backup would take.
///
/// @param files how many files, directories and links
/// @param bytes sum of the sizes of files and databases
/// @param freeBytes what is free where the backup would go
public record BackupForecast(long files, long bytes, long freeBytes) {
    private static final long RESERVE = 16L << 20;

    /// Whether there is room for it, with one part in twenty and 16 MiB to spare.
    public boolean fits() {
        return fits(1);
    }

    /// Whether there is room for so many of them.
    boolean fits(int times) {
        return times * (bytes + bytes / 20) + RESERVE <= freeBytes;
    }
}
