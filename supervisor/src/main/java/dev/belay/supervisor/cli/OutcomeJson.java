package dev.belay.supervisor.cli;

import dev.belay.supervisor.transaction.Outcome;
import dev.belay.versys.version.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Outcomes for `--json`: `{"kind", "message", …, "hops": [{"from","to","seconds",
/// "downtime-seconds"}]}`.
final class OutcomeJson {
    private OutcomeJson() {}

    static Map<String, Object> of(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", name(outcome));
        json.put("kind", outcome.kind());
        json.put("message", outcome.message());
        switch (outcome) {
            case Outcome.NothingToDo nothing -> json.put("installed", text(nothing.installed()));
            case Outcome.NoWay none -> json.put("help", none.help());
            case Outcome.Updated updated -> {
                json.put("transaction", updated.transaction());
                json.put("from", text(updated.from()));
                json.put("installed", text(updated.to()));
                figures(json, updated.figures());
            }
            case Outcome.RolledBack back -> {
                json.put("help", back.help());
                json.put("transaction", back.transaction());
                json.put("from", text(back.from()));
                json.put("installed", text(back.now()));
                json.put("failed", text(back.failed()));
                json.put("details", back.details());
                figures(json, back.figures());
            }
            case Outcome.NotRolledBack stuck -> {
                json.put("help", stuck.help());
                json.put("transaction", stuck.transaction());
                json.put("from", text(stuck.from()));
                json.put("failed", text(stuck.failed()));
                json.put("rollback-failure", stuck.rollbackFailure());
                json.put("details", stuck.details());
                figures(json, stuck.figures());
            }
        }
        return json;
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NothingToDo _ -> "nothing-to-do";
            case Outcome.NoWay _ -> "no-way";
            case Outcome.Updated _ -> "updated";
            case Outcome.RolledBack _ -> "rolled-back";
            case Outcome.NotRolledBack _ -> "not-rolled-back";
        };
    }

    private static void figures(Map<String, Object> json, Outcome.RunFigures figures) {
        json.put("seconds", figures.duration().toMillis() / 1000.0);
        json.put("downloaded-bytes", figures.downloadedBytes());
        json.put("backup-bytes", figures.backupBytes());
        List<Map<String, Object>> hops = figures.hops().stream().map(OutcomeJson::hop).toList();
        json.put("hops", hops);
    }

    private static Map<String, Object> hop(Outcome.HopFigures hop) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", text(hop.from()));
        json.put("to", text(hop.to()));
        json.put("seconds", hop.duration().toMillis() / 1000.0);
        json.put("downtime-seconds", hop.downtime().toMillis() / 1000.0);
        return json;
    }

    private static String text(Version version) {
        return version.text();
    }
}
