package dev.belay.supervisor.cli;

import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.merge.ConfigChange;
import dev.belay.supervisor.offer.ChainHop;
import dev.belay.supervisor.offer.ChainPlan;
import dev.belay.supervisor.offer.Forecast;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.words.Bytes;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// Plans and outcomes as text.
final class Printing {
    /// Decisions about whole files, which need no line of their own.
    private static final Map<String, String> WHOLE_FILE =
            Map.of(
                    ConfigChange.TAKEN,
                    "unchanged on this host, the new default is taken",
                    ConfigChange.ADDED,
                    "new in this release",
                    ConfigChange.REMOVED,
                    "unchanged on this host and no longer shipped, removed");

    private Printing() {}

    static void plan(PrintWriter out, ChainPlan plan) {
        out.printf(
                "%s %s -> %s from channel %s, %d hop(s)%n",
                plan.product(), plan.from(), plan.target(), plan.channel(), plan.hops().size());
        plan.hops().forEach(hop -> hop(out, hop));
        if (!plan.localChanges().isEmpty()) {
            out.printf(
                    "%d program file(s) were changed locally: %s; those that the vendor did not change"
                            + " are kept, the others saved in local-changes, and what is missing"
                            + " comes back%n",
                    plan.localChanges().size(), String.join(", ", plan.localChanges()));
        }
        plan.awaits().ifPresent(action -> out.println("It stops there. " + action.message()));
        if (plan.hops().size() > 1) {
            out.println(
                    switch (plan.onFailure()) {
                        case STOP -> "If a later hop fails, the last good release stays.";
                        case RETURN ->
                                "If a later hop fails, everything goes back to "
                                        + plan.from()
                                        + ".";
                    });
        }
        Forecast forecast = plan.forecast();
        out.println("Forecast (" + forecast.basis() + ")");
        row(out, "download", Bytes.words(forecast.downloadBytes()));
        row(
                out,
                "disk",
                Bytes.words(forecast.diskBytes())
                        + " of "
                        + Bytes.words(forecast.freeBytes())
                        + " free");
        row(out, "time", "about " + Times.seconds(forecast.time()));
        row(out, "without service", "about " + Times.seconds(forecast.downtime()));
        out.flush();
    }

    static void warnings(PrintWriter out, List<String> warnings) {
        warnings.forEach(warning -> out.println("warning: " + warning));
    }

    private static void hop(PrintWriter out, ChainHop hop) {
        out.printf("%d. %s -> %s%n", hop.number(), hop.from(), hop.to());
        if (!hop.why().isEmpty()) {
            out.println("   why: " + hop.why());
        }
        hop.notes().lines().filter(l -> !l.isBlank()).forEach(l -> out.println("   | " + l));
        config(out, hop.config());
    }

    /// Files with the same single decision share a line; the others are told one by one.
    private static void config(PrintWriter out, List<ConfigChange> changes) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (ConfigChange change : changes) {
            if (change.conflicts().isEmpty()
                    && change.decisions().size() == 1
                    && WHOLE_FILE.containsKey(change.decisions().getFirst())) {
                alike.computeIfAbsent(change.decisions().getFirst(), _ -> new ArrayList<>())
                        .add(change.path());
            } else {
                out.println("   config " + change.path());
                change.decisions().forEach(d -> out.println("     " + d));
                change.conflicts().forEach(c -> out.println("     conflict: " + c));
            }
        }
        alike.forEach((decision, paths) ->
                out.println(
                        "   config, "
                                + (paths.size() == 1 ? "1 file " : paths.size() + " files ")
                                + WHOLE_FILE.get(decision)
                                + ": "
                                + String.join(", ", paths)));
    }

    private static void row(PrintWriter out, String name, String value) {
        out.printf("  %-17s%s%n", name, value);
    }

    /// A value as `--json` answers.
    static void json(PrintWriter out, Object value) {
        out.println(Json.pretty(value));
        out.flush();
    }

    static void outcome(CommandLine command, boolean json, Outcome outcome) {
        PrintWriter out = command.getOut();
        if (json) {
            json(out, outcome);
            return;
        }
        PrintWriter err = command.getErr();
        switch (outcome) {
            case Outcome.NothingToDo nothing -> out.println(nothing.message());
            case Outcome.NoWay none ->
                    CommandRunner.failed(err, none.message(), List.of(), none.help());
            case Outcome.PlanChanged changed ->
                    CommandRunner.failed(err, changed.message(), List.of(), changed.help());
            case Outcome.Done done -> {
                out.println(done.message());
                figures(out, done.figures());
            }
            case Outcome.RolledBack back -> {
                CommandRunner.failed(err, back.message(), back.details(), back.help());
                figures(out, back.figures());
            }
            case Outcome.NotRolledBack stuck ->
                    CommandRunner.failed(err, stuck.message(), stuck.details(), stuck.help());
        }
        out.flush();
        err.flush();
    }

    private static void figures(PrintWriter out, Outcome.RunFigures figures) {
        for (Outcome.HopFigures hop : figures.hops()) {
            out.printf(
                    "%s -> %s: %s, of which %s without service%n",
                    hop.from(),
                    hop.to(),
                    Times.seconds(hop.duration()),
                    Times.seconds(hop.downtime()));
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
}
