package dev.belay.supervisor.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LiveConfigValues;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.DirectorySource;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// A host with a real product on it, its admin, who types commands, and its users.
final class ProductHost implements AutoCloseable {
    private final RealProduct product;
    private final Home home;
    private final int port;
    private final Set<String> acknowledged = new TreeSet<>();
    private int next;

    /// Installs the oldest release, which the admin edits, and starts it.
    ProductHost(RealProduct product, ProductVendor vendor, Path directory) throws Exception {
        this.product = product;
        this.home = new Home(directory);
        this.port = freePort();
        succeed(
                "install",
                "--server=" + vendor.address(),
                "--product=" + product.name(),
                "--root=" + vendor.root(),
                "--version=" + product.versions().getFirst(),
                "--no-start");
        product.edit(conf(), port);
        List<String> settings = new ArrayList<>(Files.readAllLines(home.settings()));
        settings.add("report: false");
        settings.addAll(product.settings(port));
        Files.write(home.settings(), settings);
        succeed("start");
    }

    private Path conf() {
        return home.config().resolve("conf");
    }

    /// What the admin types.
    SupervisorCommand type(String... words) throws Exception {
        return SupervisorCommand.run(line(words));
    }

    /// The same, which must end well.
    void succeed(String... words) throws Exception {
        SupervisorCommand done = type(words);
        assertThat(done.status()).as(String.join(" ", words) + ": " + done.output()).isZero();
    }

    private String[] line(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--home=" + home.root());
        return line.toArray(String[]::new);
    }

    /// Gives the product something to keep, as soon as it answers.
    ///
    /// @return whether it said yes; false if it ended before that
    boolean use() {
        String item = "item-" + next++;
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> put(item) || !status().service().running());
        return acknowledged.contains(item);
    }

    private boolean put(String item) throws InterruptedException {
        try {
            product.put(port, item);
            acknowledged.add(item);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// All that was given to it and that it has said yes to.
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /// What the product has is all that its users count on from now on.
    void settle() throws Exception {
        acknowledged.clear();
        acknowledged.addAll(product.items(port));
    }

    HostStatus status() throws IOException {
        return new HostUpdates(parts()).status();
    }

    /// Whether something was taken out of use and kept.
    boolean hasKeptAside() throws IOException {
        return parts().backups().repository().list().stream()
                .anyMatch(backup -> backup.kind() == Backup.Kind.SET_ASIDE);
    }

    /// Starts an update, also to what was rejected, and kills it when a step begins.
    ///
    /// @return the step that it was in when it died; empty if that step did not come
    Optional<Step> killIn(Step step, Path log) throws Exception {
        List<String> words = new ArrayList<>(List.of("update", "--yes"));
        status().rejected().forEach(release -> words.add("--retry-rejected=" + release.version()));
        int before = steps().size();
        Process update = SupervisorCommand.start(log, line(words.toArray(String[]::new)));
        long read = 0;
        while (update.isAlive()) {
            long length = home.events().toFile().length();
            List<Step> begun = length > read ? steps() : List.of();
            if (begun.stream().skip(before).anyMatch(step::equals)) {
                SupervisorCommand.kill(update);
                return Optional.of(steps().getLast());
            }
            read = length;
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return Optional.empty();
    }

    private List<Step> steps() {
        return Files.exists(home.events())
                ? new EventLog(home.events())
                        .read().stream()
                                .filter(Event.StepBegun.class::isInstance)
                                .map(event -> ((Event.StepBegun) event).step())
                                .toList()
                : List.of();
    }

    /// Checks that it is at rest, whole, healthy, of one version, and has at least that.
    ///
    /// @return the version
    String requireWhole(Set<String> items, String what) throws Exception {
        HostStatus status = status();
        assertThat(status.state()).as(what).isEqualTo(HostStatus.State.IDLE);
        if (!status.service().running()) {
            succeed("start");
        }
        String version = status.installed().text();
        await().atMost(60, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(product.version(port)).as(what).isEqualTo(version));
        assertThat(product.items(port)).as(what).containsAll(items);
        assertThat(product.edited(conf(), port)).as(what).isTrue();
        assertThat(product.migrated(conf()))
                .as(what)
                .isEqualTo(version.equals(product.versions().getLast()));
        assertThat(LocalChanges.of(Deployment.installed(home)).all()).as(what).isEmpty();
        return version;
    }

    private HostParts parts() throws IOException {
        Settings settings =
                Settings.parse(Files.readAllBytes(home.settings()), home.settings().toString());
        return new HostParts(
                home,
                settings,
                () -> new DirectorySource(home.root()),
                new HomeBackups(home, settings, InstantSource.system()),
                new LiveConfigValues(home),
                _ -> false,
                InstantSource.system(),
                () -> false,
                "test",
                Programs.OF_HOST);
    }

    @Override
    public void close() throws IOException {
        new ProductControl(parts()).stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
