package dev.belay.server.http;

import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A release of a channel as the API shows it. What is absent is left out.
final class ReleaseJson {
    private ReleaseJson() {}

    static Map<String, Object> of(Release release) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", release.version().text());
        if (!release.about().date().equals(Instant.EPOCH)) {
            json.put("date", release.about().date().toString());
        }
        json.put("required-stop", release.passage().requiredStop().isPresent());
        release.availability()
                .withdrawn()
                .ifPresent(notice -> json.put("withdrawn", notice(notice)));
        release.passage().deadEnd().ifPresent(notice -> json.put("dead-end", notice(notice)));
        if (!release.about().notes().isEmpty()) {
            json.put("notes", release.about().notes());
        }
        List<Object> platforms = new ArrayList<>();
        release.availability()
                .platforms()
                .forEach((platform, artifact) -> {
                    Map<String, Object> each = new LinkedHashMap<>();
                    each.put("platform", platform);
                    each.put("target", artifact.targetPath());
                    each.put("length", artifact.length());
                    artifact.sha256().ifPresent(digest -> each.put("sha256", digest.hex()));
                    platforms.add(each);
                });
        json.put("platforms", platforms);
        return json;
    }

    private static Map<String, Object> notice(Notice notice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("message", notice.message());
        notice.url().ifPresent(url -> json.put("url", url));
        return json;
    }
}
