package dev.belay.packaging.bundle;

import dev.belay.packaging.digest.Digest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The fields of one object in `files` while they are read; then exactly the fields of its type
/// must be there.
final class ManifestFileFields {
    private static final Set<String> TEXTS =
            Set.of("path", "type", "mode", "sha256", "class", "link");

    private final Map<String, String> texts = new HashMap<>();
    private long size = -1;

    void size(long value) {
        size = value;
    }

    void text(String key, String value) {
        if (!TEXTS.contains(key)) {
            throw new IllegalArgumentException("the key " + key + " is unknown");
        }
        texts.put(key, value);
    }

    BundleFile file() {
        return switch (text("type")) {
            case "file" -> {
                requireOnly(true, "path", "type", "class", "mode", "sha256");
                yield new BundleFile.RegularFile(
                        path(),
                        fileClass(),
                        executable(),
                        size,
                        new Digest(Digest.Algorithm.SHA256, text("sha256")));
            }
            case "directory" -> {
                requireOnly(false, "path", "type", "class", "mode");
                if (!executable()) {
                    throw new IllegalArgumentException("a directory has the mode 755");
                }
                yield new BundleFile.Directory(path(), fileClass());
            }
            case "symlink" -> {
                requireOnly(false, "path", "type", "class", "link");
                yield new BundleFile.Symlink(path(), fileClass(), text("link"));
            }
            default -> throw new IllegalArgumentException("the type " + text("type"));
        };
    }

    private void requireOnly(boolean sized, String... keys) {
        if (sized != (size >= 0) || !texts.keySet().equals(new HashSet<>(Arrays.asList(keys)))) {
            throw new IllegalArgumentException("a " + text("type") + " has other keys");
        }
    }

    private String text(String key) {
        String value = texts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the key " + key + " is missing");
        }
        return value;
    }

    private BundlePath path() {
        return BundlePath.of(text("path"));
    }

    private boolean executable() {
        return switch (text("mode")) {
            case "755" -> true;
            case "644" -> false;
            default -> throw new IllegalArgumentException("the mode " + text("mode"));
        };
    }

    private FileClass fileClass() {
        return switch (text("class")) {
            case "program" -> FileClass.PROGRAM;
            case "config" -> FileClass.CONFIG;
            case "data" -> FileClass.DATA;
            default -> throw new IllegalArgumentException("the class " + text("class"));
        };
    }
}
