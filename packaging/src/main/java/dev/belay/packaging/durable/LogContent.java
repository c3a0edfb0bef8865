package dev.belay.packaging.durable;

import java.util.List;

/// What a [DurableLog] file holds.
///
/// @param records the JSON texts up to the first line that does not verify, oldest first
/// @param soundBytes length of the part that verifies
/// @param lostBytes length of what follows it
/// @param tail what kind of end that is
public record LogContent(List<String> records, long soundBytes, long lostBytes, Tail tail) {
    /// How a log ends.
    public enum Tail {
        /// After a whole record.
        CLEAN,
        /// In bytes that are no record: an append was interrupted before it was acknowledged. The
        /// records before it are all that was ever acknowledged.
        TORN,
        /// In bytes that are no record, with sound records after them. No interrupted append leaves
        /// this; the file was damaged later, and records may be missing.
        DAMAGED
    }

    public LogContent {
        records = List.copyOf(records);
    }
}
