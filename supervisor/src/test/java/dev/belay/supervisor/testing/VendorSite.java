package dev.belay.supervisor.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.digest.Digest;
import dev.belay.versys.cli.Main;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import dev.belay.versys.signing.KeyStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// A vendor with keys of its own who publishes with `versys` into a directory, and a web server in
/// front of that directory that also has the event stream of an update server.
public final class VendorSite implements AutoCloseable {
    private final Path directory;
    private final ShopVendor shop;
    private final HttpServer server;
    private final Standstill standstill = new Standstill();
    private volatile String dripping = "";
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();

    /// @param directory an empty directory for everything the vendor has
    public VendorSite(Path directory) throws IOException {
        this.directory = directory;
        this.shop = new ShopVendor(directory.resolve("bundles"));
        versys(
                "init",
                "--product=shop",
                "--channel=stable",
                "--to=" + directory.resolve("repository"),
                "--solo",
                "--no-passphrase");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/repository/", this::file).getFilters().add(standstill);
        server.createContext("/api/v1/products/shop/channels/stable/events", this::events);
        server.createContext("/api/v1/products/shop/reports", exchange -> answer(exchange, 202))
                .getFilters()
                .add(standstill);
        server.start();
    }

    /// Its address.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// From now on, files whose name ends like this come byte by byte; none if it is empty.
    public void drip(String ending) {
        dripping = ending;
    }

    /// Has it stop to answer.
    public Standstill standstill() {
        return standstill;
    }

    /// The root that hosts start from.
    public Path root() {
        return directory.resolve("vendor/root.json");
    }

    /// Makes a release and publishes it, without telling anybody.
    ///
    /// @param from may leave nobody a way to the release; the tests go there by name
    /// @param behaviour see [ShopServer]
    public void publish(String version, String from, String behaviour) throws IOException {
        shop.release(version, from, behaviour);
        String bundle = "shop/releases/" + version + "/shop-" + version + "-any.tgz";
        versys(
                "publish",
                directory.resolve("bundles").resolve(bundle).toString(),
                "--channel=stable",
                "--accept-finding=stranded,second-head");
    }

    /// The bundles and their channel, unsigned.
    public Path bundles() {
        return directory.resolve("bundles");
    }

    /// The directory with metadata/ and targets/.
    public Path repository() {
        return directory.resolve("repository");
    }

    /// Replaces the vendor's root key.
    public void rotateRoot() {
        versys("key", "rotate", "root", "--no-passphrase");
    }

    /// Writes an offline file with the way to the newest release, or to that one.
    public void export(String from, Path file, String... to) {
        List<String> words =
                new ArrayList<>(List.of("export", "--channel=stable", "--from=" + from));
        words.add("--output=" + file);
        for (String version : to) {
            words.add("--to=" + version);
        }
        versys(words.toArray(String[]::new));
    }

    /// Makes an offline file what it will be in some days: its timestamp has expired.
    public void age(Path offlineFile, Instant expired) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(offlineFile)) {
            Path timestamp = zip.getPath("metadata/timestamp.json");
            TimestampMetadata now = SignedFile.timestamp(Files.readAllBytes(timestamp)).signed();
            long snapshot = now.snapshot().version();
            byte[] named = Files.readAllBytes(zip.getPath("metadata", snapshot + ".snapshot.json"));
            Files.write(
                    timestamp,
                    Drafts.sign(
                            Drafts.timestamp(now.version(), expired, snapshot, named),
                            List.of(key("online"))));
        }
    }

    /// Has the channel say what a program before 0.2 wrote: no bytes of its bundles.
    public void forgetBytes() throws IOException {
        Path metadata = repository().resolve("metadata");
        TimestampMetadata timestamp =
                SignedFile.timestamp(Files.readAllBytes(metadata.resolve("timestamp.json")))
                        .signed();
        long version = timestamp.snapshot().version();
        SignedFile<SnapshotMetadata> snapshot =
                SignedFile.snapshot(
                        Files.readAllBytes(metadata.resolve(version + ".snapshot.json")));
        long role = snapshot.signed().fileOf("shop-channel-stable").orElseThrow().version();
        SignedFile<TargetsMetadata> channel =
                SignedFile.targets(
                        Files.readAllBytes(metadata.resolve(role + ".shop-channel-stable.json")));
        String path = "shop/channels/stable.json";
        Path channels = repository().resolve("targets/shop/channels");
        String digest = channel.signed().targets().get(path).digests().getFirst().hex();
        byte[] old =
                Files.readString(channels.resolve(digest + ".stable.json"))
                        .replace("\"format\":2", "\"format\":1")
                        .replaceAll(",\"sha256\":\"[0-9a-f]*\"", "")
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(channels.resolve(Digest.sha256(old).hex() + ".stable.json"), old);

        Instant later = Instant.now().plus(Duration.ofDays(1));
        byte[] signed =
                Drafts.sign(
                        Drafts.nextTargets(
                                channel,
                                later,
                                Map.of(path, Drafts.target(old.length, Digest.sha256(old)))),
                        List.of(key("shop-channel-stable")));
        Files.write(metadata.resolve((role + 1) + ".shop-channel-stable.json"), signed);
        Map<String, JsonValue> files =
                new HashMap<>(
                        ((JsonValue.JsonObject) snapshot.signedObject().members().get("meta"))
                                .members());
        files.put("shop-channel-stable.json", Drafts.metaFile(role + 1, signed));
        byte[] next =
                Drafts.sign(Drafts.snapshot(version + 1, later, files), List.of(key("online")));
        Files.write(metadata.resolve((version + 1) + ".snapshot.json"), next);
        Files.write(
                metadata.resolve("timestamp.json"),
                Drafts.sign(
                        Drafts.timestamp(timestamp.version() + 1, later, version + 1, next),
                        List.of(key("online"))));
    }

    private SigningKey key(String name) {
        return new KeyStore(directory.resolve("vendor/keys")).open(name, _ -> new char[0]);
    }

    /// How many hosts follow the event stream.
    public int listeners() {
        return listeners.size();
    }

    /// Tells those who listen that the channel changed.
    public void announce() throws IOException {
        for (OutputStream listener : listeners) {
            write(listener, "id: 2\nevent: channel\ndata: {}\n\n");
        }
    }

    @Override
    public void close() {
        standstill.end();
        closed.countDown();
        server.stop(0);
    }

    private void versys(String... words) {
        String[] all =
                Stream.concat(
                                Stream.of(words),
                                Stream.of("--dir", directory.resolve("vendor").toString()))
                        .toArray(String[]::new);
        int status = CommandRunner.run(new Main(), all);
        if (status != 0) {
            throw new IllegalStateException("versys " + String.join(" ", words) + ": " + status);
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
        if (!Files.isRegularFile(file)) {
            answer(exchange, 404);
            return;
        }
        exchange.sendResponseHeaders(200, Files.size(file));
        try (OutputStream out = exchange.getResponseBody()) {
            if (dripping.isEmpty() || !file.toString().endsWith(dripping)) {
                Files.copy(file, out);
                return;
            }
            for (byte one : Files.readAllBytes(file)) {
                out.write(one);
                out.flush();
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            write(out, ": hello\n\n");
            listeners.add(out);
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
