package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `tuf-client` against a small repository that Belay did not make: all three key types,
/// thresholds, sha512, unknown members, a role name with a space
/// (src/test/resources/foreign-repository).
class TufClientMainTest {
    private static final Path REPOSITORY = Path.of("src/test/resources/foreign-repository");
    @TempDir Path directory;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;
    private Path metadata;
    private Path targets;

    @BeforeEach
    void serve() throws IOException {
        metadata = directory.resolve("metadata");
        targets = Files.createDirectories(directory.resolve("targets"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String raw = exchange.getRequestURI().getRawPath();
                    requests.add(raw.replaceFirst("^/enc%20oded/", ""));
                    Path file =
                            REPOSITORY.resolve(
                                    exchange.getRequestURI()
                                            .getPath()
                                            .replaceFirst("^/enc oded/", ""));
                    boolean known = raw.startsWith("/enc%20oded/") && Files.isRegularFile(file);
                    byte[] body = known ? Files.readAllBytes(file) : new byte[0];
                    exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/enc%20oded/" + path;
    }

    private int run(String... args) {
        err.reset();
        return TufClientMain.run(new PrintStream(err, true, StandardCharsets.UTF_8), args);
    }

    private int init() {
        return run(
                "--metadata-dir",
                metadata.toString(),
                "init",
                REPOSITORY.resolve("metadata/1.root.json").toString());
    }

    private int download(String... names) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--metadata-url",
                                url("metadata/"),
                                "--metadata-dir",
                                metadata.toString()));
        for (String name : names) {
            args.addAll(List.of("--target-name", name));
        }
        args.addAll(
                List.of(
                        "--target-dir=" + targets,
                        "--target-base-url",
                        url("targets"),
                        "download"));
        return run(args.toArray(String[]::new));
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void initCopiesTheRootAndAsksNobody() throws Exception {
        assertThat(init()).isZero();
        assertThat(metadata.resolve("root.json"))
                .hasSameBinaryContentAs(REPOSITORY.resolve("metadata/1.root.json"));
        assertThat(names(metadata)).containsExactly("root.json");
        assertThat(requests).isEmpty();
    }

    @Test
    void refreshAsksForEachFileOnceAndKeepsTheBytes() throws Exception {
        init();
        assertThat(
                        run(
                                "--metadata-url",
                                url("metadata"),
                                "--metadata-dir",
                                metadata.toString(),
                                "refresh"))
                .isZero();
        assertThat(requests)
                .containsExactly(
                        "metadata/2.root.json",
                        "metadata/timestamp.json",
                        "metadata/4.snapshot.json",
                        "metadata/2.targets.json");
        assertThat(names(metadata))
                .containsExactly("root.json", "snapshot.json", "targets.json", "timestamp.json");
        assertThat(metadata.resolve("snapshot.json"))
                .hasSameBinaryContentAs(REPOSITORY.resolve("metadata/4.snapshot.json"));
        requests.clear();
        assertThat(
                        run(
                                "--metadata-url",
                                url("metadata/"),
                                "--metadata-dir",
                                metadata.toString(),
                                "refresh"))
                .isZero();
        assertThat(requests).containsExactly("metadata/2.root.json", "metadata/timestamp.json");
    }

    @Test
    void downloadsOnceAndLeavesAnUntouchedArtifactAlone() throws Exception {
        init();
        assertThat(download("dir/hello.txt")).isZero();
        assertThat(requests.get(4)).isEqualTo("metadata/3.team%20%28a%29.json");
        assertThat(requests.get(5)).matches("targets/dir/[0-9a-f]{64}\\.hello\\.txt");
        assertThat(names(targets)).containsExactly("dir%2Fhello.txt");
        assertThat(names(metadata)).contains("team%20%28a%29.json");
        Path artifact = targets.resolve("dir%2Fhello.txt");
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(artifact, longAgo);
        requests.clear();
        assertThat(download("dir/hello.txt", "dir/hello.txt")).isZero();
        assertThat(Files.getLastModifiedTime(artifact)).isEqualTo(longAgo);
        assertThat(requests).containsExactly("metadata/2.root.json", "metadata/timestamp.json");
    }

    @Test
    void stopsAtTheFirstTargetThatIsNotThere() throws Exception {
        init();
        assertThat(download("dir/missing.txt", "dir/hello.txt")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no trusted role signs dir/missing.txt");
        assertThat(names(targets)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "refresh",
                "--metadata-dir M",
                "--metadata-dir M what",
                "--metadata-dir M refresh",
                "--metadata-dir M init",
                "--metadata-dir M init missing-file",
                "--metadata-dir M --unknown x refresh",
                "--metadata-dir M --metadata-url",
                "--metadata-dir M --metadata-url http://127.0.0.1:1/ refresh",
                "--metadata-dir M --metadata-url U download",
                "--metadata-dir M --metadata-url U --target-name a download",
                "--metadata-dir M --metadata-url U --target-name a --target-dir T download",
                "--metadata-dir M refresh more",
            })
    void everyOtherUseFailsWithOne(String line) {
        String[] args = line.replace("M", directory.resolve("m").toString()).split(" ");
        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: ");
    }
}
