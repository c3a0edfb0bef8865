package dev.belay.supervisor.cli;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.words.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows the events of a run: on a terminal one line that is drawn over, with a bar for bytes and
/// the seconds that passed, so that waiting looks like waiting; plain lines elsewhere.
final class Progress implements EventListener, AutoCloseable {
    private static final int BAR = 24;
    private static final long TICK_MILLIS = 500;
    private final PrintWriter out;
    private final boolean live;
    private final int width;
    private final @Nullable Thread ticker;
    private String step = "";
    private String bar = "";
    private @Nullable Instant stepBegun;
    private long begunNanos;
    private boolean drawn;

    /// @param live whether lines may be drawn over
    /// @param width how many characters fit into a line that is drawn over
    Progress(PrintWriter out, boolean live, int width) {
        this.out = out;
        this.live = live;
        this.width = width;
        this.ticker = live ? Thread.ofVirtual().name("progress").start(this::tick) : null;
    }

    /// For this process's own terminal.
    static Progress on(PrintWriter out) {
        return new Progress(out, Terminal.live(), Terminal.width());
    }

    @Override
    public synchronized void heard(Event event) {
        switch (event) {
            case Event.Begun begun -> line(begun.message());
            case Event.HopBegun hop -> line(hop.message());
            case Event.Foreseen foreseen -> line("  " + foreseen.message());
            case Event.StepBegun begun -> begin(begun);
            case Event.Progress progress -> count(progress);
            case Event.StepDone done -> done(done);
            // why is told once, at the end, by the command itself
            case Event.Failed _, Event.NotRolledBack _ ->
                    line("  " + step + ": failed" + took(event));
            case Event.Committed _, Event.RolledBack _, Event.Recovered _ ->
                    line("  " + event.message());
            // the end is told by the command itself
            case Event.Ended _,
                    Event.Available _,
                    Event.ProbationFailed _,
                    Event.StalenessAccepted _ -> {}
        }
    }

    private void begin(Event.StepBegun event) {
        step = event.message();
        bar = "";
        stepBegun = event.at();
        begunNanos = System.nanoTime();
        draw();
    }

    private void count(Event.Progress event) {
        if (event.total() <= 0) {
            return;
        }
        int filled = (int) Math.min(BAR, event.done() * BAR / event.total());
        bar =
                String.format(
                        Locale.ROOT,
                        " [%s%s] %3d %%",
                        "#".repeat(filled),
                        " ".repeat(BAR - filled),
                        Math.min(100, event.done() * 100 / event.total()));
        draw();
    }

    private void done(Event.StepDone event) {
        String detail = event.message().isEmpty() ? "" : ": " + event.message();
        line("  " + step + detail + took(event));
        step = "";
    }

    private String took(Event event) {
        return stepBegun == null
                ? ""
                : " (" + Times.seconds(Duration.between(stepBegun, event.at())) + ")";
    }

    /// Draws the running step over itself. It must not reach the edge of the window: a line that
    /// wraps can no longer be drawn over.
    private void draw() {
        if (!live || step.isEmpty()) {
            return;
        }
        String elapsed = " " + Duration.ofNanos(System.nanoTime() - begunNanos).toSeconds() + " s";
        String end = bar + elapsed;
        int room = Math.max(0, width - 1 - 2 - end.length());
        out.print("\r\033[K  " + shortened(step, room) + end);
        out.flush();
        drawn = true;
    }

    private static String shortened(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room - 3)) + "...";
    }

    private void line(String text) {
        out.println(drawn ? "\r\033[K" + text : text);
        out.flush();
        drawn = false;
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                synchronized (this) {
                    draw();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    /// Ends the drawing and leaves the cursor at the begin of an empty line.
    void end() {
        if (ticker != null) {
            ticker.interrupt();
        }
        synchronized (this) {
            step = "";
            if (drawn) {
                out.print("\r\033[K");
                out.flush();
                drawn = false;
            }
        }
    }
}
