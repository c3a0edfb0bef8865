package dev.belay.server.catalog;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The signed parts of the metadata files in the server's own repository.
///
/// They are not verified again: our own client accepted them before they were committed, and hosts
/// verify what they get. What is read here is for people and for hints.
final class SignedFiles {
    private static final Pattern ROOT = Pattern.compile("([1-9][0-9]{0,9})\\.root\\.json");
    private final Path directory;

    SignedFiles(Path directory) {
        this.directory = directory;
    }

    boolean hasTimestamp() {
        return Files.exists(directory.resolve("timestamp.json"));
    }

    /// One signed file.
    record Signed(JsonNode content) {
        long version() {
            return content.path("version").asLong();
        }

        Instant expires() {
            return Instant.parse(content.path("expires").asString());
        }

        /// The version that this file (a timestamp or a snapshot) gives for another.
        long versionOf(String file) {
            return content.path("meta").path(file).path("version").asLong();
        }

        List<PublishedTarget> targets() {
            return content.path("targets").properties().stream()
                    .map(entry ->
                            new PublishedTarget(
                                    entry.getKey(),
                                    entry.getValue().path("length").asLong(),
                                    entry.getValue().path("hashes").path("sha256").asString("")))
                    .toList();
        }
    }

    Signed timestamp() {
        return read("timestamp.json");
    }

    Signed versioned(String role, long version) {
        return read(version + "." + encode(role) + ".json");
    }

    Signed newestRoot() {
        try (var files = Files.list(directory)) {
            long newest =
                    files.map(file -> ROOT.matcher(String.valueOf(file.getFileName())))
                            .filter(Matcher::matches)
                            .mapToLong(match -> Long.parseLong(match.group(1)))
                            .max()
                            .orElse(0);
            return versioned("root", newest);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Signed read(String name) {
        try {
            return new Signed(
                    JsonMapper.shared()
                            .readTree(Files.readAllBytes(directory.resolve(name)))
                            .path("signed"));
        } catch (IOException | JacksonException e) {
            throw unreadable(e);
        }
    }

    /// Percent-encoding as TUF clients do it for role names: all but letters, digits and `_.-~`.
    private static String encode(String role) {
        return URLEncoder.encode(role, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static BelayException unreadable(Exception e) {
        return new BelayException(
                "repository-unreadable",
                "The published metadata of this server cannot be read; nothing was changed.",
                "Restore the repository directory of the server from its backup.",
                e);
    }
}
