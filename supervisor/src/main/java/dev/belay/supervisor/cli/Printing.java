package dev.belay.supervisor.cli;

import dev.belay.supervisor.transaction.Bytes;
import dev.belay.supervisor.transaction.ChainPlan;
import dev.belay.supervisor.transaction.Forecast;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.Outcome;
import dev.belay.supervisor.words.Times;
import java.io.PrintWriter;
import java.util.List;

/// Plans and outcomes as text.
final class Printing {
    private Printing() {}

    static void plan(PrintWriter out, ChainPlan plan) {
        out.printf(
                "%s %s -> %s from channel %s, %d hop(s)%n",
                plan.product(), plan.from(), plan.target(), plan.channel(), plan.hops().size());
        plan.hops().forEach(hop -> hop(out, hop));
        if (!plan.localChanges().isEmpty()) {
            out.printf(
                    "%d shipped file(s) were changed locally: %s; they stay in the old release"
                            + " directory%n",
                    plan.localChanges().size(), String.join(", ", plan.localChanges()));
        }
        Forecast forecast = plan.forecast();
        out.printf(
                "Forecast (%s): download %s, disk %s of %s free, about %s, of which %s without"
                        + " service%n",
                forecast.basis(),
                Bytes.words(forecast.downloadBytes()),
                Bytes.words(forecast.diskBytes()),
                Bytes.words(forecast.freeBytes()),
                Times.seconds(forecast.time()),
                Times.seconds(forecast.downtime()));
        out.flush();
    }

    private static void hop(PrintWriter out, HopPlan hop) {
        out.printf("%d. %s -> %s%n", hop.number(), hop.from(), hop.to());
        if (!hop.why().isEmpty()) {
            out.println("   why: " + hop.why());
        }
        hop.notes().lines().filter(l -> !l.isBlank()).forEach(l -> out.println("   | " + l));
        for (HopPlan.ConfigChange change : hop.config()) {
            out.println("   config " + change.path());
            change.decisions().forEach(d -> out.println("     " + d));
            change.conflicts().forEach(c -> out.println("     conflict: " + c));
        }
    }

    static void outcome(PrintWriter out, PrintWriter err, Outcome outcome) {
        switch (outcome) {
            case Outcome.NothingToDo nothing -> out.println(nothing.message());
            case Outcome.NoWay none -> failed(err, none.message(), List.of(), none.help());
            case Outcome.Updated updated -> {
                out.println(updated.message());
                figures(out, updated.figures());
            }
            case Outcome.RolledBack back -> {
                failed(err, back.message(), back.details(), back.help());
                figures(out, back.figures());
            }
            case Outcome.NotRolledBack stuck -> failed(err, stuck.message(), stuck.details(), stuck.help());
        }
        out.flush();
        err.flush();
    }

    private static void failed(
            PrintWriter err, String message, List<String> details, String help) {
        err.println("error: " + message);
        details(err, "  ", details);
        err.println("  " + help);
    }

    private static void figures(PrintWriter out, Outcome.RunFigures figures) {
        for (Outcome.HopFigures hop : figures.hops()) {
            out.printf(
                    "%s -> %s: %s, of which %s without service%n",
                    hop.from(), hop.to(), Times.seconds(hop.duration()), Times.seconds(hop.downtime()));
        }
        if (!figures.hops().isEmpty()) {
            out.printf(
                    "In all %s; downloaded %s; backups %s (config, data and databases; the program"
                            + " stays unpacked)%n",
                    Times.seconds(figures.duration()),
                    Bytes.words(figures.downloadedBytes()),
                    Bytes.words(figures.backupBytes()));
        }
    }

    /// What a failed program said last, apart from our own words.
    static void details(PrintWriter out, String indent, List<String> details) {
        if (!details.isEmpty()) {
            out.println(indent + "its last output:");
            details.forEach(line -> out.println(indent + "| " + line));
        }
    }
}
