package dev.belay.supervisor.service;

import java.time.Duration;
import java.util.List;

/// All processes that came from one command: its session, and whatever left the session but carries
/// the mark in its environment.
///
/// @param session the session that the command leads; its process number
/// @param mark `NAME=value` in the environment of every process of the group, unique to it
record ProcessGroup(long session, String mark) {
    private static final long POLL_MILLIS = 20;
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);

    List<ProcessTable.Entry> members() {
        return ProcessTable.belongingTo(session, mark);
    }

    /// Asks all members to end, kills those that have not after `patience`, and returns when none
    /// is left.
    ///
    /// @return whether all are gone; false only if the kernel cannot end one (uninterruptible
    ///   sleep)
    boolean end(Duration patience) {
        members().forEach(p -> ProcessHandle.of(p.pid()).ifPresent(ProcessHandle::destroy));
        return gone(patience) || kill();
    }

    /// Kills all members at once.
    boolean kill() {
        long deadline = System.nanoTime() + KILL_WAIT.toNanos();
        do {
            // again and again: a member may fork between the look and the signal
            members()
                    .forEach(p ->
                            ProcessHandle.of(p.pid()).ifPresent(ProcessHandle::destroyForcibly));
            if (gone(Duration.ofMillis(10 * POLL_MILLIS))) {
                return true;
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    private boolean gone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!members().isEmpty()) {
            if (System.nanoTime() >= deadline || !Pause.millis(POLL_MILLIS)) {
                return members().isEmpty();
            }
        }
        return true;
    }
}
