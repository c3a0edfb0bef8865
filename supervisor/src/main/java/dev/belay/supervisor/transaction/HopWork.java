package dev.belay.supervisor.transaction;

/// What the steps do that differ between the kinds of hop. Results are words, or empty.
interface HopWork {
    /// For a hop without such steps.
    HopWork NONE = new HopWork() {};

    default String backUp() {
        return "";
    }

    default String prove() {
        return "";
    }

    default String copy() {
        return "";
    }

    /// Size of the backup that was made.
    default long backupBytes() {
        return 0;
    }
}
