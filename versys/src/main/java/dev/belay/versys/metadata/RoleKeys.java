package dev.belay.versys.metadata;

import java.util.HashSet;
import java.util.List;

/// Who may sign a role: key ids and how many of them must (TUF 1.0 §4.3).
///
/// @param keyIds distinct; ids without a key are allowed and never verify
/// @param threshold at least 1
public record RoleKeys(List<String> keyIds, int threshold) {
    public RoleKeys {
        keyIds = List.copyOf(keyIds);
    }

    static RoleKeys parse(MetadataFields fields) {
        List<String> keyIds = fields.strings("keyids");
        if (new HashSet<>(keyIds).size() != keyIds.size()) {
            throw fields.wrong("keyids", "a list without repetition");
        }
        long threshold = fields.integer("threshold", 1);
        if (threshold > Integer.MAX_VALUE) {
            throw fields.wrong("threshold", "an integer of at least 1");
        }
        return new RoleKeys(keyIds, (int) threshold);
    }
}
