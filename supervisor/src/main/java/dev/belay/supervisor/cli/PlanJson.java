package dev.belay.supervisor.cli;

import dev.belay.supervisor.transaction.ChainPlan;
import dev.belay.supervisor.transaction.Forecast;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.ManualAction;
import java.util.LinkedHashMap;
import java.util.Map;

/// A chain plan for `--json`.
final class PlanJson {
    private PlanJson() {}

    static Map<String, Object> of(ChainPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("product", plan.product());
        json.put("channel", plan.channel());
        json.put("from", plan.from().text());
        json.put("to", plan.target().text());
        json.put("hops", plan.hops().stream().map(PlanJson::hop).toList());
        json.put("local-changes", plan.localChanges());
        json.put("awaits", plan.awaits().map(PlanJson::action).orElse(null));
        json.put("forecast", forecast(plan.forecast()));
        return json;
    }

    private static Map<String, Object> action(ManualAction action) {
        return Map.of("before", action.before().text(), "action", action.words());
    }

    private static Map<String, Object> hop(HopPlan hop) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", hop.from().text());
        json.put("to", hop.to().text());
        json.put("why", hop.why());
        json.put("notes", hop.notes());
        json.put("bundle", hop.bundle());
        json.put("digest", hop.digest().toString());
        json.put("bundle-bytes", hop.bundleBytes());
        json.put("unpacked-bytes", hop.unpackedBytes());
        json.put("config", hop.config());
        return json;
    }

    private static Map<String, Object> forecast(Forecast forecast) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("download-bytes", forecast.downloadBytes());
        json.put("disk-bytes", forecast.diskBytes());
        json.put("free-bytes", forecast.freeBytes());
        json.put("seconds", forecast.time().toMillis() / 1000.0);
        json.put("downtime-seconds", forecast.downtime().toMillis() / 1000.0);
        json.put("basis", forecast.basis());
        return json;
    }
}
