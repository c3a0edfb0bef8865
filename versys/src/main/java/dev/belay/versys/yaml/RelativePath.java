package dev.belay.versys.yaml;

import java.util.Optional;

/// Paths inside a release as people write them: relative, with `/`, normalised.
public final class RelativePath {
    private RelativePath() {}

    /// Why a path is unsafe or not normalised; empty if it is fine. A `/` at the end is fine: it
    /// says directory.
    public static Optional<String> complaint(String path) {
        String body = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (body.isEmpty()) {
            return Optional.of("is empty");
        }
        if (body.startsWith("/") || body.matches("[A-Za-z]:.*")) {
            return Optional.of("is absolute");
        }
        if (body.indexOf('\\') >= 0) {
            return Optional.of("has a backslash");
        }
        if (body.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character");
        }
        for (String part : body.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("has an empty, \".\" or \"..\" part");
            }
        }
        return body.equals(".release") || body.startsWith(".release/")
                ? Optional.of("lies in .release, which belongs to Belay")
                : Optional.empty();
    }
}
