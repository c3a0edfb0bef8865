package dev.belay.supervisor.testing;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.FirstDeployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LiveConfigValues;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.offer.Choices;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.StopSignal;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.settings.Settings;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.release.Template;
import dev.belay.versys.testing.FreePort;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// A host with the shop on it.
public final class ShopHost {
    /// To the newest release, or back to the one before the chain.
    public static final UpdateRequest ALL_OR_NOTHING =
            new UpdateRequest(
                    Optional.empty(),
                    Set.of(),
                    false,
                    new Choices(
                            false,
                            Set.of(),
                            Optional.empty(),
                            false,
                            Optional.of(ChainPolicy.RETURN),
                            Set.of()));

    private final Home home;
    private final Path repository;
    private final Programs programs;

    public ShopHost(Path home, Path repository) {
        this(home, repository, Programs.OF_HOST);
    }

    /// @param programs what runs instead of the shop
    public ShopHost(Path home, Path repository, Programs programs) {
        this.home = new Home(home);
        this.repository = repository;
        this.programs = programs;
    }

    /// One that follows a vendor, with the oldest release on it.
    public static ShopHost of(VendorSite site, Path home) throws IOException {
        ShopHost host = new ShopHost(home, site.bundles());
        host.install("1.0.0");
        edit(host.home.settings(), "http://127.0.0.1:1", site.uri().toString());
        DurableFiles.createDirectories(host.home.tuf(), DurableFiles.PRIVATE_DIRECTORY);
        Files.copy(site.root(), host.home.tuf().resolve("root.json"));
        return host;
    }

    public Home home() {
        return home;
    }

    /// Puts a release on the empty home and gives it a free port.
    public void install(String version) throws IOException {
        home.create();
        Files.writeString(
                home.settings(), "product: shop\nserver: http://127.0.0.1:1\nchannel: stable\n");
        TargetSource source = new DirectorySource(repository);
        TargetSource.Target target =
                source.find("shop/releases/" + version + "/shop-" + version + "-any.tgz")
                        .orElseThrow();
        Path bundle = home.cache().resolve("first.tgz");
        source.download(target, bundle, (_, _) -> {});
        new Stager(home)
                .stage("shop", Version.of(version), bundle, target.digests().getFirst(), _ -> {});
        FirstDeployment.activate(home, Version.of(version), Optional.empty());
        Files.delete(bundle);
        chooseFreePort();
    }

    /// Has a release that was just installed listen on a port of its own.
    public void chooseFreePort() throws IOException {
        edit("port=1", "port=" + FreePort.next());
    }

    /// What the admin does.
    public void edit(String old, String now) throws IOException {
        edit(home.config().resolve("conf/shop.properties"), old, now);
    }

    private static void edit(Path file, String old, String now) throws IOException {
        Files.writeString(file, Files.readString(file).replace(old, now));
    }

    public HostParts parts(StopSignal aborted) {
        return new HostParts(
                home,
                settings(),
                () -> new DirectorySource(repository),
                new HomeBackups(home, settings(), InstantSource.system()),
                this::lookup,
                _ -> false,
                InstantSource.system(),
                aborted,
                "test",
                programs);
    }

    public HostUpdates updates() {
        return new HostUpdates(parts(() -> false));
    }

    public Product product() {
        return parts(() -> false).product(Deployment.open(home, home.installed().orElseThrow()));
    }

    public void start() {
        product().start();
        product().requireHealthy(() -> false);
    }

    /// Stops whatever runs; for the end of a test.
    public void stop() {
        if (home.installed().isPresent()) {
            product().stop();
        }
    }

    /// Adds rows over HTTP.
    public void visit(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            get("/visit");
        }
    }

    public String get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// The tables and the rows of the database.
    public List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection database =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + home.data().resolve("data/shop.db"));
                Statement statement = database.createStatement()) {
            try (ResultSet tables =
                    statement.executeQuery("SELECT name FROM sqlite_master ORDER BY name")) {
                while (tables.next()) {
                    rows.add(tables.getString(1));
                }
            }
            try (ResultSet visits =
                    statement.executeQuery("SELECT rowid, who FROM visits ORDER BY rowid")) {
                while (visits.next()) {
                    rows.add(visits.getString(1) + " " + visits.getString(2));
                }
            }
        }
        return rows;
    }

    /// Configuration, data and the link, without what a running shop writes by itself.
    public SortedMap<String, String> image() throws IOException {
        return TreeImage.of(
                home.root(),
                path ->
                        !path.startsWith(".supervisor")
                                && !path.startsWith("releases")
                                && !path.endsWith("shop.log")
                                && !path.endsWith(".db-journal")
                                && !path.endsWith("/logs"));
    }

    private int port() throws IOException {
        return Integer.parseInt(lookup(new Template.ConfigValue("conf/shop.properties", "port")));
    }

    private String lookup(Template.ConfigValue wanted) {
        return new LiveConfigValues(home).value(wanted);
    }

    private Settings settings() {
        try {
            return Settings.parse(
                    Files.readString(home.settings()).getBytes(StandardCharsets.UTF_8),
                    "supervisor.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
