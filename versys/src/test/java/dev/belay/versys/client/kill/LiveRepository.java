package dev.belay.versys.client.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.digest.Digest;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A repository behind a real web server that moves on: new roots, rotated keys, new versions of
/// every role, new bytes of the same targets. Remembers everything it has ever served.
final class LiveRepository implements AutoCloseable {
    static final String SMALL = "shop/channels/stable.json";
    static final String LARGE = "shop/releases/newest.tgz";
    static final List<String> ROLES =
            List.of("root", "timestamp", "snapshot", "targets", "shop-channel", "shop-releases");
    private static final int LARGE_BYTES = 1_500_000;
    private static final String NEVER = "2200-01-01T00:00:00Z";

    /// Told of each request before it is answered and when half of the answer is out.
    interface Watcher {
        void at(int request, boolean half);
    }

    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final Random random;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> history = new HashSet<>();
    private int moves;
    private int requests;
    private Watcher watcher = (request, half) -> {};

    LiveRepository(long seed) throws IOException {
        random = new Random(seed);
        repository.delegate("targets", "shop-channel", false, "shop/channels/*");
        repository.delegate("targets", "shop-releases", true, "shop/releases/*");
        ROLES.forEach(role -> repository.role(role).put("expires", NEVER));
        moveOn();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    byte[] firstRoot() {
        return repository.firstRoot();
    }

    String url(String below) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + below;
    }

    /// Makes a role so long that a client needs much memory for it.
    synchronized void grow(String role, int bytes) {
        repository.role(role).put("x-filler", "x".repeat(bytes));
    }

    /// The next state, as a whole: half of the time with a new root, by turns with other keys.
    synchronized void moveOn() {
        moves++;
        repository.addTarget("shop-channel", SMALL, ("{\"moves\":" + moves + "}").getBytes());
        byte[] large = new byte[LARGE_BYTES];
        random.nextBytes(large);
        repository.addTarget("shop-releases", LARGE, large);
        if (moves % 2 == 1) {
            SimulatedKey oldRootKey = repository.key("root");
            repository.rotate(
                    List.of("root", "timestamp", "snapshot", "targets").get(moves / 2 % 4));
            repository.publishRoot(oldRootKey);
        }
        List.of("targets", "shop-channel", "shop-releases").forEach(repository::bump);
        repository.publish();
        repository.files.forEach((name, bytes) -> history.add(Digest.sha256(bytes).hex()));
    }

    /// Whether exactly these bytes were served at some time.
    synchronized boolean everHad(byte[] bytes) {
        return history.contains(Digest.sha256(bytes).hex());
    }

    /// A copy of all that is served now.
    synchronized Map<String, byte[]> files() {
        return new HashMap<>(repository.files);
    }

    /// The newest file of a role or, with `targets/` in front, of a target.
    synchronized byte[] newest(String name) {
        return name.equals("root")
                ? repository.file(repository.role("root").get("version") + ".root.json")
                : repository.file(name.startsWith("targets/") ? name : name + ".json");
    }

    /// Counts requests from zero again and tells the watcher of them.
    synchronized void watch(Watcher next) {
        requests = 0;
        watcher = next;
    }

    synchronized int requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body;
        int request;
        Watcher told;
        synchronized (this) {
            request = requests++;
            told = watcher;
            body = repository.files.get(name(exchange.getRequestURI().getPath()));
        }
        told.at(request, false);
        try (exchange) {
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            told.at(request, true);
            exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
        } catch (IOException e) {
            // the client was killed
        }
    }

    private static String name(String path) {
        return path.replaceFirst("^/metadata/", "").replaceFirst("^/targets/", "targets/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
