package dev.belay.supervisor.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs one command to its end: argument array, given environment, a deadline, bounded output. Past
/// the deadline it is killed together with everything it started, and so is whatever it leaves
/// behind when it ends.
final class ExternalCommand {
    private static final int KEPT_OUTPUT = 16 * 1024;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /// How a command ended.
    ///
    /// @param exit its exit status; -1 if it was killed
    /// @param timedOut whether the deadline passed
    /// @param output the end of what it wrote, both streams together
    record Result(int exit, boolean timedOut, String output) {
        boolean succeeded() {
            return exit == 0 && !timedOut;
        }
    }

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Optional<String> user;

    ExternalCommand(
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Optional<String> user) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
        this.user = user;
    }

    /// @throws IOException if it could not be started
    Result run(Duration deadline) throws IOException {
        String mark = ProcessStart.newMark();
        Process process =
                ProcessStart.prepare(directory, command, environment, user, mark)
                        .redirectErrorStream(true)
                        .start();
        ProcessGroup group = new ProcessGroup(process.pid(), mark);
        Tail tail = new Tail(process.getInputStream());
        Thread reader = Thread.ofVirtual().start(tail);
        try {
            boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
            group.kill();
            reader.join(DRAIN);
            return new Result(ended ? process.exitValue() : -1, !ended, tail.text());
        } catch (InterruptedException e) {
            group.kill();
            Thread.currentThread().interrupt();
            return new Result(-1, true, tail.text());
        }
    }

    /// Reads everything, so that the command never blocks on a full pipe, and keeps the end.
    private static final class Tail implements Runnable {
        private final InputStream source;
        private final StringBuilder kept = new StringBuilder();

        Tail(InputStream source) {
            this.source = source;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (source) {
                for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                    keep(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                keep(""); // the pipe broke because the command was killed
            }
        }

        private synchronized void keep(String text) {
            kept.append(text);
            if (kept.length() > KEPT_OUTPUT) {
                kept.delete(0, kept.length() - KEPT_OUTPUT);
            }
        }

        synchronized String text() {
            return kept.toString().strip();
        }
    }
}
