package dev.belay.supervisor.products;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.belay.versys.cli.Main;
import dev.belay.versys.console.CommandRunner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The vendor of a real product: packs and publishes with `versys`, in front of a web server.
final class ProductVendor implements AutoCloseable {
    private final RealProduct product;
    private final Path directory;
    private final HttpServer server;

    /// @param directory an empty directory for everything the vendor has
    ProductVendor(RealProduct product, Path directory) throws Exception {
        this.product = product;
        this.directory = Files.createDirectories(directory);
        versys(
                "init",
                "--product=" + product.name(),
                "--channel=stable",
                "--to=" + directory.resolve("web/repository"),
                "--solo",
                "--no-passphrase");
        server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        directory.resolve("web"),
                        SimpleFileServer.OutputLevel.NONE);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Path root() {
        return directory.resolve("vendor/root.json");
    }

    /// Packs a release and publishes it.
    ///
    /// @param version what it says it is
    /// @param content the version that is really in it: if that is another one, it never becomes
    ///   healthy
    /// @param from range of the versions that may be updated to it
    void publish(String version, String content, String from) throws Exception {
        Path tree = directory.resolve(content);
        if (!Files.exists(tree)) {
            product.unpack(content, tree);
        }
        Path yaml = directory.resolve("release.yaml");
        Files.writeString(yaml, product.releaseYaml(version, from));
        Path bundle = directory.resolve(version + ".tgz");
        versys("pack", "--release=" + yaml, "--tree=" + tree, "--output=" + bundle);
        versys("publish", bundle.toString(), "--channel=stable");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void versys(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("pack")) {
            all.add("--dir=" + directory.resolve("vendor"));
        }
        int status = CommandRunner.run(new Main(), all.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("versys " + String.join(" ", words) + ": " + status);
        }
    }
}
