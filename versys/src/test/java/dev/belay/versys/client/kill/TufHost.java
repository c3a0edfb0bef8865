package dev.belay.versys.client.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A metadata directory and a target directory, and processes of `tuf-client` that work on them.
final class TufHost {
    final Path store;
    final Path targets;
    private final LiveRepository repository;

    TufHost(Path directory, LiveRepository repository) throws IOException {
        this.store = Files.createDirectories(directory.resolve("metadata"));
        this.targets = Files.createDirectories(directory.resolve("targets"));
        this.repository = repository;
        Files.write(store.resolve("root.json"), repository.firstRoot());
    }

    /// A `tuf-client download` of both targets.
    Process start(Path log, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-XX:-UsePerfData", // else the JVM itself writes and unlinks a file
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.belay.versys.cli.TufClientMain",
                        "--metadata-dir=" + store,
                        "--metadata-url=" + repository.url("metadata/"),
                        "--target-dir=" + targets,
                        "--target-base-url=" + repository.url("targets/"),
                        "--target-name=" + LiveRepository.SMALL,
                        "--target-name=" + LiveRepository.LARGE,
                        "download"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /// A whole run that must succeed.
    void succeed(Path log) throws Exception {
        int status = start(log).waitFor();
        assertThat(status).as(Files.readString(log)).isZero();
    }

    /// The versions of everything kept, by role; each file must be whole.
    TreeMap<String, Long> versions() throws IOException {
        TreeMap<String, Long> versions = new TreeMap<>();
        for (String role : LiveRepository.ROLES) {
            Path file = store.resolve(role + ".json");
            if (Files.exists(file)) {
                versions.put(role, parse(role, Files.readAllBytes(file)).version());
            }
        }
        return versions;
    }

    static RoleMetadata parse(String role, byte[] bytes) {
        return switch (role) {
            case "root" -> SignedFile.root(bytes).signed();
            case "timestamp" -> SignedFile.timestamp(bytes).signed();
            case "snapshot" -> SignedFile.snapshot(bytes).signed();
            default -> SignedFile.targets(bytes).signed();
        };
    }

    /// What lies in a directory under names that somebody may take for trusted or finished.
    static Map<String, byte[]> visible(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : list(directory)) {
            String name = file.getFileName().toString();
            if (!name.startsWith(".")) {
                files.put(name, Files.readAllBytes(file));
            }
        }
        return files;
    }

    /// Names of leftovers: anything hidden but the lock's directory.
    List<String> leftovers() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path directory : List.of(store, targets)) {
            for (Path file : list(directory)) {
                String name = file.getFileName().toString();
                boolean lock = directory.equals(store) && name.equals(".belay");
                if (name.startsWith(".") && !lock) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
