package dev.belay.versys.graph;

import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.TokenStreamLocation;

/// The ranges met while reading. The scheme, and the names that an opaque scheme orders, are known
/// only at the end, so ranges are remembered with their places and parsed then.
final class RangeChecks {
    private final Map<String, TokenStreamLocation> places = new LinkedHashMap<>();

    String range(DocumentReader in) {
        String text = in.string();
        if (!places.containsKey(text)) {
            places.put(text, in.location());
        }
        return text;
    }

    String rangeOrKeyword(DocumentReader in) {
        return Reserved.isKeyword(in.string()) ? in.string() : range(in);
    }

    Map<String, VersionRange> parse(VersionScheme scheme) {
        Map<String, VersionRange> parsed = HashMap.newHashMap(places.size());
        places.forEach((text, where) -> {
            try {
                parsed.put(text, VersionRange.parse(text, scheme));
            } catch (IllegalArgumentException e) {
                throw new InvalidChannelException(
                        "The channel document is wrong at " + where + ": " + e.getMessage() + ".",
                        e);
            }
        });
        return parsed;
    }
}
