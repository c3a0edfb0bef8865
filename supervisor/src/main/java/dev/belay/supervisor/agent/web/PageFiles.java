package dev.belay.supervisor.agent.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of the admin page. A closed list read at the start: no request can name another file.
final class PageFiles {
    /// @param type value of `Content-Type`
    record PageFile(String type, String text) {}

    private static final String FOLDER = "/dev/belay/supervisor/agent/page/";

    private final Map<String, PageFile> files =
            Stream.of(
                            "index.html",
                            "locked.html",
                            "style.css",
                            "locked.css",
                            "icon.svg",
                            "belay-update.js",
                            "api.js",
                            "dom.js",
                            "feed.js",
                            "format.js",
                            "markdown.js",
                            "progress.js",
                            "session.js",
                            "stream.js",
                            "view-history.js",
                            "view-overview.js",
                            "view-plan.js",
                            "view-progress.js")
                    .collect(Collectors.toUnmodifiableMap(name -> name, PageFiles::load));

    Optional<PageFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static PageFile load(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + name + " is not packaged");
            }
            return new PageFile(type(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }
}
