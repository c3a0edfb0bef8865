package dev.belay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.console.CommandRunner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/// The command, and the process that it is.
class MainTest {
    @TempDir private Path directory;

    private record Run(int status, String out, String err) {}

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Run(line.execute(args), out.toString(), err.toString());
    }

    @Test
    void aRealProcessStartsAnswersAndStopsOnSigterm() throws Exception {
        Path data = directory.resolve("data");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "--data",
                                data.toString(),
                                "--listen",
                                "127.0.0.1:0",
                                "--json")
                        .redirectError(directory.resolve("stderr").toFile())
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = out.readLine();
            assertThat(ready).as(Files.readString(directory.resolve("stderr"))).isNotNull();
            URI uri = URI.create(JsonMapper.shared().readTree(ready).path("url").asString());
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(
                                client.send(
                                                HttpRequest.newBuilder(uri.resolve("healthz"))
                                                        .build(),
                                                BodyHandlers.ofString())
                                        .body())
                        .contains("ok");
            }
            Run second = run("--data", data.toString(), "--listen", "127.0.0.1:0", "--json");
            assertThat(second.status()).isEqualTo(4);
            assertThat(second.err()).contains("data-directory-in-use");

            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            // 128 + SIGTERM: the JVM ran its shutdown hooks to the end.
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(directory.resolve("stderr")))
                .doesNotContain("Exception")
                .doesNotContain("DEBUG")
                .doesNotContain(Files.readString(data.resolve("admin-token")).strip());
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("admin-token"))).isEqualTo("rw-------");
    }

    @Test
    void theCommandAnswersWhileItRunsAndLetsGoOfEverythingWhenToldToStop() throws Exception {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(
                new PrintWriter(new StringWriter()) {
                    @Override
                    public void println(String words) {
                        said.add(words);
                    }
                });
        FutureTask<Integer> run =
                new FutureTask<>(() ->
                        line.execute(
                                "--data=" + directory,
                                "--listen=127.0.0.1:0",
                                "--public-url=https://updates.example.com/",
                                "--max-upload=1000"));
        Thread command = Thread.ofPlatform().start(run);

        assertThat(said.poll(60, TimeUnit.SECONDS))
                .contains("ready at https://updates.example.com/")
                .contains(directory.resolve("admin-token").toString());
        command.interrupt();

        assertThat(run.get()).isZero();
        TestServer.start(directory).close(); // nobody holds the directory any more
    }

    @Test
    void tokenRevokeSaysHowManyEnded() {
        TestServer.start(directory).close();
        String data = "--data=" + directory;
        assertThat(run("token", "create", data, "--product=shop").status()).isZero();
        assertThat(run("token", "create", data, "--product=shop").status()).isZero();
        assertThat(run("token", "revoke", data, "--product=shop").out())
                .contains("revoked tokens: 2");
        assertThat(run("token", "revoke", data, "--product=shop").out())
                .contains("revoked tokens: 0");
        assertThat(run("token").status()).isEqualTo(2);
    }

    @Test
    void aSecondStartKeepsTheAdminsToken() throws Exception {
        try (TestServer server = TestServer.start(directory)) {
            assertThat(server.adminToken()).startsWith("belay_");
        }
        String first = Files.readString(directory.resolve("admin-token"));
        try (TestServer server = TestServer.start(directory)) {
            assertThat(Files.readString(directory.resolve("admin-token"))).isEqualTo(first);
            assertThat(server.publisherToken("shop")).startsWith("belay_");
        }
    }

    @Test
    void tokenCreateWorksBesideARunningServer() {
        try (TestServer server = TestServer.startWithShop(directory)) {
            Run run = run("token", "create", "--data", directory.toString(), "--product", "shop");

            assertThat(run.status()).isZero();
            assertThat(
                            server.post("/api/v1/products/shop/metadata", run.out().strip(), "[]")
                                    .statusCode())
                    .isEqualTo(400);
            Run json =
                    run(
                            "token",
                            "create",
                            "--data",
                            directory.toString(),
                            "--product",
                            "shop",
                            "--json");
            assertThat(JsonMapper.shared().readTree(json.out()).path("token").asString())
                    .startsWith("belay_");
        }
    }

    @Test
    void tokenCreateSaysWhatIsWrong() {
        Run elsewhere = run("token", "create", "--data", directory.toString(), "--product", "shop");
        assertThat(elsewhere.status()).isEqualTo(4);
        assertThat(elsewhere.err()).contains("No update-server has used");

        TestServer.start(directory).close();
        Run malformed =
                run("token", "create", "--data", directory.toString(), "--product", "Shop/..");
        assertThat(malformed.status()).isEqualTo(4);
        assertThat(malformed.err()).contains("not a product name");
    }

    @Test
    void aPortInUseIsASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Run run =
                    run(
                            "--data",
                            directory.toString(),
                            "--listen",
                            "127.0.0.1:" + taken.getLocalPort());

            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err()).contains("cannot listen", "--listen").doesNotContain("\tat ");
        }
        // What had been started was stopped again: the directory is free.
        TestServer.start(directory).close();
    }

    @Test
    void anUnusableDirectoryIsASentence() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        Run run = run("--data", file.toString());

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("data directory");
    }

    @Test
    void wrongCommandLinesAreUsageErrors() {
        String data = directory.toString();
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("--data", data, "--listen", "8480").status()).isEqualTo(2);
        assertThat(run("--data", data, "--listen", "host:99999").status()).isEqualTo(2);
        assertThat(run("--data", data, "--nonsense").status()).isEqualTo(2);
        assertThat(run("token", "create", "--data", data).status()).isEqualTo(2);
        assertThat(run("--help").out()).contains("--listen", "127.0.0.1:8480");
    }

    @Test
    void s14_listensOnLoopbackUnlessTold() {
        assertThat(ServerOptions.in(directory).build().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void theDirectoryIsMadePrivateAgain() throws Exception {
        Path data = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        TestServer.start(data).close();

        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void aDamagedDatabaseIsNamed() throws Exception {
        Files.writeString(directory.resolve("server.db"), "this is no database".repeat(100));

        assertThatThrownBy(() -> TestServer.start(directory))
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("server.db");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
