package dev.belay.versys.client;

import dev.belay.packaging.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Turns role names and target paths, which a repository chooses, into parts of addresses and into
/// file names that cannot leave their directory.
final class SafeNames {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    /// What RFC 3986 allows in a path besides: sub-delims, `:`, `@`, and the separator.
    private static final String PATH = UNRESERVED + "!$&'()*+,;=:@/";

    /// Most file systems allow 255 bytes; some room is left for an extension.
    private static final int MAX_FILE_NAME = 240;

    private SafeNames() {}

    /// A role name as one part of an address.
    static String encodedRole(String role) {
        return encode(role, UNRESERVED);
    }

    /// A target path as parts of an address; slashes stay.
    static String encodedTargetPath(String path) {
        return encode(path, PATH);
    }

    /// A file name of a role or target path: one part, never hidden, never too long.
    static String fileName(String name) {
        String encoded = encode(name, UNRESERVED);
        String visible = encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
        return visible.length() <= MAX_FILE_NAME
                ? visible
                : "sha256-" + Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /// `base` and a name below it, whether or not the base ends in a slash.
    static String join(String base, String encodedName) {
        return base.endsWith("/") ? base + encodedName : base + "/" + encodedName;
    }

    private static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && kept.indexOf(octet) >= 0) {
                out.append((char) octet);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }
}
