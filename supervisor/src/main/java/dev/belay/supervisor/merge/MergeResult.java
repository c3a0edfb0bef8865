package dev.belay.supervisor.merge;

import java.util.List;
import java.util.Optional;

/// What a merge decided.
///
/// @param content the merged file; empty when the file is to be absent afterwards
/// @param decisions every choice that was made, in file order, for the plan, the page and the bug
///   report
/// @param conflicts places that both sides changed differently: the admin's value stands in
///   `content`, and the caller saves the vendor's file beside it
public record MergeResult(
        Optional<byte[]> content, List<Decision> decisions, List<Conflict> conflicts) {
    /// One choice: at `location` (for example `Server/Service/Connector[1]/@port`) the value of
    /// `from` was taken.
    public record Decision(String location, Side from, String words) {}

    /// Both sides changed `location` differently. Values are empty where a side removed it.
    public record Conflict(
            String location,
            Optional<String> base,
            Optional<String> local,
            Optional<String> incoming) {}

    /// Which side a value came from.
    public enum Side {
        /// The admin's file.
        LOCAL,
        /// The new release's default.
        INCOMING
    }

    public MergeResult {
        decisions = List.copyOf(decisions);
        conflicts = List.copyOf(conflicts);
    }
}
