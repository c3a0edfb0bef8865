package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON form of an answer, as `versys plan --json` prints it and the update server serves it:
/// `{outcome, hops:[{version, why, notes, risks, required-stop, manual-action}], reasons:[{kind,
/// release, message, url, until}]}`. Every field is there; what is absent is null.
public final class PlanJson {
    private PlanJson() {}

    /// The answer as maps and lists, in that order of fields, for any JSON writer.
    public static Map<String, Object> of(PlanResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", result.outcome());
        List<Object> hops = new ArrayList<>();
        for (PlannedHop hop : result.hops()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("version", hop.version().text());
            each.put("why", hop.why());
            each.put("notes", hop.notes());
            each.put("risks", hop.risks());
            each.put("required-stop", hop.requiredStop());
            each.put("manual-action", hop.manualAction().orElse(null));
            hops.add(each);
        }
        json.put("hops", hops);
        List<Object> reasons = new ArrayList<>();
        for (Reason reason : result.reasons()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("kind", reason.kind());
            each.put("release", reason.release().map(Version::text).orElse(null));
            each.put("message", reason.message());
            each.put("url", reason.url().orElse(null));
            each.put("until", reason.until().map(Instant::toString).orElse(null));
            reasons.add(each);
        }
        json.put("reasons", reasons);
        return json;
    }
}
