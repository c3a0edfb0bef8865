package dev.belay.versys.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON form of an answer, as `versys plan --json` prints it and the update server serves it:
/// `{outcome, hops:[{version, why, notes, risks, required-stop, manual-action}], reasons:[{kind,
/// release, message, url, until}]}`. What is absent is left out.
public final class PlanJson {
    private PlanJson() {}

    /// The answer as maps and lists, in that order of fields, for any JSON writer.
    public static Map<String, Object> of(PlanResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", result.outcome());
        List<Object> hops = new ArrayList<>();
        for (PlannedHop hop : result.hops()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("version", hop.version().text());
            each.put("why", hop.why());
            if (!hop.notes().isEmpty()) {
                each.put("notes", hop.notes());
            }
            each.put("risks", hop.risks());
            each.put("required-stop", hop.requiredStop());
            hop.manualAction().ifPresent(action -> each.put("manual-action", action));
            hops.add(each);
        }
        json.put("hops", hops);
        List<Object> reasons = new ArrayList<>();
        for (Reason reason : result.reasons()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("kind", reason.kind());
            reason.release().ifPresent(release -> each.put("release", release.text()));
            each.put("message", reason.message());
            reason.url().ifPresent(url -> each.put("url", url));
            reason.until().ifPresent(until -> each.put("until", until.toString()));
            reasons.add(each);
        }
        json.put("reasons", reasons);
        return json;
    }
}
