package dev.belay.supervisor.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// A small product: an HTTP server that counts visits in a SQLite file. It reads its version and
/// how it is to behave from its release, its port from its configuration.
///
/// `behaviour`: `ok`, `crash` (ends at once), `crash-later` (ends after its first answer),
/// `wrong-version`, `no-port` (runs, but never listens), `flaky` (answers 503 once), `redirects`
/// (answers 302), `writes-config` (adds a line to its configuration when it starts).
public final class ShopServer {
    private final String version;
    private final String behaviour;
    private final Connection database;
    private int asked;

    private ShopServer(String version, String behaviour, Connection database) {
        this.version = version;
        this.behaviour = behaviour;
        this.database = database;
    }

    /// `run`: serves. `migrate`: brings the schema to this release's.
    public static void main(String... args) throws Exception {
        Path release = Path.of("").toAbsolutePath();
        String version = Files.readString(release.resolve("lib/version")).strip();
        String behaviour = Files.readString(release.resolve("lib/behaviour")).strip();
        try (Connection database =
                DriverManager.getConnection("jdbc:sqlite:" + release.resolve("data/shop.db"))) {
            // without it a power cut may undo what was just answered with yes
            // (sqlite.org/pragma.html)
            execute(database, "PRAGMA synchronous = EXTRA");
            execute(database, "CREATE TABLE IF NOT EXISTS visits(who TEXT NOT NULL)");
            if (args[0].equals("migrate")) {
                if (behaviour.equals("bad-migration")) {
                    execute(database, "DELETE FROM visits");
                    throw new IllegalStateException("this migration is broken");
                }
                execute(
                        database,
                        "CREATE TABLE IF NOT EXISTS migrated_to_"
                                + version.replace('.', '_')
                                + "(n INT)");
                // as most migrations do it: in place, and never forced to the disk
                Files.writeString(release.resolve("data/format"), version + "\n");
                return;
            }
            if (behaviour.equals("crash")) {
                System.out.println("cannot go on: the configuration is of the wrong colour");
                System.exit(3);
            }
            if (behaviour.equals("writes-config")) {
                Files.writeString(
                        release.resolve("conf/shop.properties"),
                        "written.by=" + version + "\n",
                        StandardOpenOption.APPEND);
            }
            new ShopServer(version, behaviour, database).serve(port(release));
        }
    }

    private static int port(Path release) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(release.resolve("conf/shop.properties"))) {
            settings.load(in);
        }
        return Integer.parseInt(settings.getProperty("port"));
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void serve(int port) throws Exception {
        if (!behaviour.equals("no-port")) {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/health", this::health);
            server.createContext("/visit", this::visit);
            server.start();
        }
        Files.writeString(Path.of("logs/shop.log"), "serving\n");
        Thread.currentThread().join();
    }

    private synchronized void health(HttpExchange exchange) throws IOException {
        asked++;
        if (behaviour.equals("crash-later")) {
            System.exit(4);
        }
        boolean refuse = behaviour.equals("flaky") && asked == 2;
        String told = behaviour.equals("wrong-version") ? "0.0.1" : version;
        int good = behaviour.equals("redirects") ? 302 : 200;
        answer(exchange, refuse ? 503 : good, "{\"version\": \"" + told + "\"}");
    }

    private synchronized void visit(HttpExchange exchange) throws IOException {
        try (Statement statement = database.createStatement()) {
            statement.execute("INSERT INTO visits VALUES ('somebody')");
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM visits")) {
                rows.next();
                answer(exchange, 200, rows.getString(1));
            }
        } catch (SQLException e) {
            answer(exchange, 500, e.getMessage());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
