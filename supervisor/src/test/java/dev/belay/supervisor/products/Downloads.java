package dev.belay.supervisor.products;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What tests fetch of Maven Central and npm, once: into the directory where the scripts keep the
/// Tomcats, by the ordinary clients. A test that cannot have it is skipped and says why.
final class Downloads {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIRECTORY = ROOT.resolve("target/downloads");

    private Downloads() {}

    /// The binary distribution of a Maven artifact.
    ///
    /// @param sha512 of the archive, in hex
    static Path tarball(String group, String artifact, String version, String sha512)
            throws Exception {
        String name = artifact + "-" + version + "-bin.tar.gz";
        Path file = DIRECTORY.resolve(name);
        if (!Files.exists(file)) {
            fetch(
                    name,
                    ROOT,
                    "mvn",
                    "-q",
                    "-B",
                    "-N",
                    "dependency:copy",
                    "-Dartifact=" + group + ":" + artifact + ":" + version + ":tar.gz:bin",
                    "-DoutputDirectory=" + DIRECTORY);
        }
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
        if (!HexFormat.of().formatHex(digest).equals(sha512)) {
            Files.delete(file);
            throw new IllegalStateException(name + " is not what was published");
        }
        return file;
    }

    /// The tree that `npm ci` makes of a lock file, which has the digest of every package.
    ///
    /// @return an archive of it
    static Path npm(String name, String version, String lock) throws Exception {
        Path archive = DIRECTORY.resolve(name + "-" + version + "-npm.tar");
        if (!Files.exists(archive)) {
            Files.createDirectories(DIRECTORY);
            Path tree = Files.createTempDirectory(DIRECTORY, name);
            try {
                Files.writeString(tree.resolve("package-lock.json"), lock);
                Files.writeString(
                        tree.resolve("package.json"),
                        "{\"dependencies\":{\"" + name + "\":\"" + version + "\"}}\n");
                fetch(name + " " + version, tree, "npm", "ci", "--ignore-scripts", "--no-audit");
                Path whole = Path.of(archive + ".new");
                run(tree, "tar", "cf", whole.toString(), ".");
                Files.move(whole, archive, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                run(DIRECTORY, "rm", "-rf", tree.toString());
            }
        }
        return archive;
    }

    /// Unpacks an archive.
    static void unpack(Path archive, Path tree, String... options) throws Exception {
        Files.createDirectories(tree);
        List<String> line = new ArrayList<>(List.of("tar", "xf", archive.toString()));
        line.addAll(List.of(options));
        run(tree, line.toArray(String[]::new));
    }

    private static void fetch(String what, Path directory, String... line) throws Exception {
        System.out.println("fetching " + what);
        try {
            run(directory, line);
        } catch (IOException e) {
            abort("skipped: " + what + " cannot be fetched: " + e.getMessage());
        }
    }

    private static void run(Path directory, String... line) throws Exception {
        Process process =
                new ProcessBuilder(line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(line[0] + " says: " + said.lines().limit(3).toList());
        }
    }
}
