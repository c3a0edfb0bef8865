package dev.belay.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// `update-server` as a process of its own, to be killed.
final class ServerProcess {
    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /// Starts it and waits until it answers.
    ///
    /// @param data its data directory; what it says on standard error goes beside it
    static ServerProcess start(Path data, int port) throws IOException {
        Path errors = data.resolveSibling(data.getFileName() + ".stderr");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "--data",
                                data.toString(),
                                "--listen",
                                "127.0.0.1:" + port,
                                "--json")
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = out.readLine();
        if (ready == null) {
            throw new IOException("update-server did not start: " + Files.readString(errors));
        }
        return new ServerProcess(
                process, URI.create(JsonMapper.shared().readTree(ready).path("url").asString()));
    }

    URI uri() {
        return uri;
    }

    /// SIGKILL; returns when it is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
