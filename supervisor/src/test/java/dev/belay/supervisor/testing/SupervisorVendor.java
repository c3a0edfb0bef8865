package dev.belay.supervisor.testing;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.belay.versys.cli.Main;
import dev.belay.versys.console.CommandRunner;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The vendor of the supervisor itself: a signed repository with releases that hold the real
/// launcher and this build's classes, behind a web server.
public final class SupervisorVendor implements AutoCloseable {
    private final Path directory;
    private final HttpServer server;
    private final Standstill standstill = new Standstill();

    /// @param directory an empty directory for everything the vendor has
    public SupervisorVendor(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("web"));
        versys(
                "init",
                "--product=supervisor",
                "--channel=stable",
                "--to=" + directory.resolve("web/repository"),
                "--solo",
                "--no-passphrase");
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        0,
                        "/",
                        SimpleFileServer.createFileHandler(
                                directory.resolve("web").toAbsolutePath()),
                        standstill);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Has it stop to answer.
    public Standstill standstill() {
        return standstill;
    }

    public Path root() {
        return directory.resolve("vendor/root.json");
    }

    /// Packs and publishes a release.
    ///
    /// @param from versions that may move here
    /// @param says the version that it gives as its own
    /// @param before lines of shell that its launcher begins with
    /// @return the bundle
    public Path publish(String version, String from, String says, String before)
            throws IOException {
        Path tree = directory.resolve("tree-" + version);
        launcher(tree, before);
        Path own = tree.resolve("version/dev/belay/supervisor/status/version");
        Files.createDirectories(own.getParent());
        Files.writeString(own, says + "\n");
        jar(tree);
        Path yaml =
                Files.writeString(
                        directory.resolve(version + ".yaml"),
                        "product: supervisor\nversion: %s\nplatform: any\nupgrade: {from: '%s'}\n"
                                .formatted(version, from));
        Path bundle = directory.resolve("supervisor-" + version + ".tgz");
        run("pack", "--release=" + yaml, "--tree=" + tree, "--output=" + bundle);
        versys(
                "publish",
                bundle.toString(),
                "--channel=stable",
                "--accept-finding=stranded,second-head");
        return bundle;
    }

    private static void launcher(Path tree, String before) throws IOException {
        Path program = tree.resolve("bin/supervisor");
        Files.createDirectories(program.getParent());
        Files.writeString(
                program,
                Files.readString(Path.of("src/main/dist/bin/supervisor"))
                        .replace("set -eu\n", "set -eu\n" + before + "\n"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// A jar that stands for those of the build: it leads to the classes of this test run.
    private static void jar(Path tree) throws IOException {
        Files.createDirectories(tree.resolve("lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.concat(
                                        Stream.of("../version/"),
                                        Stream.of(
                                                        System.getProperty("java.class.path")
                                                                .split(File.pathSeparator))
                                                .map(part -> Path.of(part).toUri().toString()))
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(tree.resolve("lib/supervisor.jar")), manifest)
                .close();
    }

    private void versys(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--dir=" + directory.resolve("vendor"));
        run(all.toArray(String[]::new));
    }

    private static void run(String... words) {
        int status = CommandRunner.run(new Main(), words);
        if (status != 0) {
            throw new IllegalStateException("versys " + String.join(" ", words) + ": " + status);
        }
    }

    @Override
    public void close() {
        standstill.end();
        server.stop(0);
    }
}
