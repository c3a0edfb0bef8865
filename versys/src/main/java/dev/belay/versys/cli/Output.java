package dev.belay.versys.cli;

import dev.belay.versys.publish.ChannelPublisher.Outcome;
import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How results are printed.
final class Output {
    private Output() {}

    static void json(PrintWriter out, Map<String, ?> result) {
        out.println(JsonMapper.shared().writeValueAsString(result));
    }

    /// The end of a publication. What changed has been said before, unless it was to be JSON.
    static int published(PrintWriter out, VendorOptions options, Outcome outcome) {
        if (options.json) {
            json(
                    out,
                    Map.of(
                            "changes", outcome.changes(),
                            "words", options.said(),
                            "snapshot", outcome.snapshotVersion()));
        } else if (!outcome.changes().isEmpty() && outcome.snapshotVersion() > 0) {
            out.println("Published; hosts see it as snapshot " + outcome.snapshotVersion() + ".");
        }
        return 0;
    }
}
