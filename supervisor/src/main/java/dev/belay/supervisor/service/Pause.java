package dev.belay.supervisor.service;

/// Waits between two looks at something outside of this process.
final class Pause {
    /// @return false if the thread was interrupted; its interrupt flag stays set
    static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Pause() {}
}
