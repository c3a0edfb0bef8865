package dev.belay.supervisor.cli;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventNames;
import dev.belay.supervisor.words.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows the events of a run: live, one line per step with a bar for bytes, on a terminal; plain
/// lines elsewhere.
final class Progress implements EventListener {
    private static final int BAR = 24;
    private final PrintWriter out;
    private final boolean live;
    private @Nullable Instant stepBegun;
    private String step = "";

    /// @param live whether lines may be drawn over
    Progress(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @Override
    public void heard(Event event) {
        switch (event.event()) {
            case EventNames.BEGUN, EventNames.HOP_BEGUN -> line(event.message());
            case EventNames.STEP_BEGUN -> begin(event);
            case EventNames.PROGRESS -> draw(event);
            case EventNames.STEP_DONE -> done(event);
            // why is told once, at the end, by the command itself
            case EventNames.FAILED, EventNames.NOT_ROLLED_BACK ->
                    line("  " + step + ": failed" + took(event));
            case EventNames.COMMITTED, EventNames.ROLLED_BACK, EventNames.RECOVERED ->
                    line("  " + event.message());
            default -> {
                // the end is told by the command itself
            }
        }
    }

    private void begin(Event event) {
        step = event.message();
        stepBegun = event.at();
        if (live) {
            out.print("\r\033[K  " + step + " ...");
            out.flush();
        }
    }

    private void draw(Event event) {
        if (!live || event.total() == null || event.done() == null || event.total() <= 0) {
            return;
        }
        int filled = (int) Math.min(BAR, event.done() * BAR / event.total());
        out.printf(
                Locale.ROOT,
                "\r\033[K  %s [%s%s] %3d %%",
                step,
                "#".repeat(filled),
                " ".repeat(BAR - filled),
                Math.min(100, event.done() * 100 / event.total()));
        out.flush();
    }

    private void done(Event event) {
        String detail = event.message().isEmpty() ? "" : ": " + event.message();
        line("  " + step + detail + took(event));
    }

    private String took(Event event) {
        return stepBegun == null
                ? ""
                : " (" + Times.seconds(Duration.between(stepBegun, event.at())) + ")";
    }

    private void line(String text) {
        out.println(live ? "\r\033[K" + text : text);
        out.flush();
    }
}
