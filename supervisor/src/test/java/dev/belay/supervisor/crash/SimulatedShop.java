package dev.belay.supervisor.crash;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.service.HealthResult;
import dev.belay.supervisor.service.Launch;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.service.ServiceControl;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.versys.release.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The shop without a process, so that thousands of runs fit in minutes. Its process is a file in
/// the home, which is gone after a power cut. Its data are rows, each with the version of its form;
/// a migration rewrites them in place and forces nothing. It refuses to be started on a home that
/// is not whole, by an [Error], which no supervisor catches.
final class SimulatedShop implements Programs {
    /// Stands for the process; relative to the home.
    static final String PROCESS = "process";

    private static final Path CONFIG = Path.of("config/conf/shop.properties");
    private static final Path FORMAT = Path.of("data/data/format");
    private static final Path ROWS = Path.of("data/data/rows");
    private final Map<String, String> configs = new ConcurrentHashMap<>();
    private Runnable moment = () -> {};

    /// It was started on something that is not one version.
    static final class NotWhole extends Error {
        private static final long serialVersionUID = 1;

        NotWhole(String message) {
            super(message);
        }
    }

    /// @param between runs between the writes of a migration
    void eachMoment(Runnable between) {
        moment = between;
    }

    /// The configuration with which each version was started first.
    Map<String, String> configs() {
        return Map.copyOf(configs);
    }

    /// The version whose process runs.
    static Optional<String> running(Home home) {
        return read(home.root().resolve(PROCESS));
    }

    /// Puts rows into a home that has none.
    static void fill(Home home, String version, List<String> rows) throws IOException {
        Files.writeString(home.root().resolve(FORMAT), version);
        for (String row : rows) {
            add(home, version, row);
        }
    }

    /// What the running shop does when somebody buys something.
    static void add(Home home, String version, String row) throws IOException {
        Path file = home.root().resolve(ROWS);
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + row + "@" + version + "\n");
    }

    /// The file with the rows.
    static Path rowsOf(Home home) {
        return home.root().resolve(ROWS);
    }

    /// The rows in a file, without the version of their form.
    static List<String> rows(Path file) throws IOException {
        return Files.readString(file).lines().map(line -> line.replaceFirst("@.*", "")).toList();
    }

    /// What of a home does not belong to a version; empty if it is whole.
    static Optional<String> fault(Home home, String version) {
        String format = read(home.root().resolve(FORMAT)).orElse("missing");
        if (!format.equals(version)) {
            return Optional.of("the data of " + version + " have the form " + format);
        }
        String rows = read(home.root().resolve(ROWS)).orElse("missing");
        Optional<String> row = rows.lines().filter(line -> !line.endsWith("@" + version)).findAny();
        if (row.isPresent()) {
            return Optional.of("the data of " + version + " have the row " + row.get());
        }
        String config = read(home.root().resolve(CONFIG)).orElse("missing");
        return config.contains("since." + version + "=yes")
                ? Optional.empty()
                : Optional.of("the configuration of " + version + " is: " + config);
    }

    /// The configuration in use.
    static String config(Home home) {
        return read(home.root().resolve(CONFIG)).orElse("missing");
    }

    @Override
    public ServiceControl service(Home home, Optional<Service> declared, InstantSource clock) {
        return new Simulated(home);
    }

    private final class Simulated implements ServiceControl {
        private final Home home;
        private final Path process;

        Simulated(Home home) {
            this.home = home;
            this.process = home.root().resolve(PROCESS);
        }

        @Override
        public void start(Launch launch) {
            if (read(process).filter(launch.version()::equals).isPresent()) {
                return;
            }
            fault(home, launch.version())
                    .ifPresent(fault -> {
                        throw new NotWhole(launch.version() + " was started, but " + fault);
                    });
            configs.putIfAbsent(launch.version(), config(home));
            write(process, launch.version());
        }

        @Override
        public void stop(Duration patience) {
            try {
                Files.deleteIfExists(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String lastOutput() {
            return "";
        }

        @Override
        public ServiceStatus status() {
            return Files.exists(process)
                    ? new ServiceStatus.Running("simulated", Instant.EPOCH)
                    : new ServiceStatus.Stopped(ServiceStatus.Cause.CRASHED, "simulated");
        }

        private String behaviour() {
            Path release = home.releases().resolve(read(process).orElse("none"));
            return read(release.resolve("lib/behaviour")).orElse("gone").strip();
        }
    }

    @Override
    public HealthResult health(ServiceControl service, Supplier<HealthResult> asking) {
        String behaviour = ((Simulated) service).behaviour();
        return behaviour.equals("ok")
                ? new HealthResult.Healthy(Duration.ZERO)
                : new HealthResult.Unhealthy("health-timeout", "is " + behaviour);
    }

    @Override
    public void hook(String name, Launch launch, Duration deadline) {
        if (!name.equals("migrate")) {
            return;
        }
        Path home = Path.of(String.valueOf(launch.environment().get("BELAY_HOME")));
        String behaviour = read(launch.directory().resolve("lib/behaviour")).orElse("gone").strip();
        migrate(home.resolve(ROWS), launch.version(), behaviour.equals("bad-migration"));
        moment.run();
        write(home.resolve(FORMAT), launch.version());
        moment.run();
    }

    private void migrate(Path file, String version, boolean fails) {
        List<String> lines = read(file).orElse("").lines().toList();
        StringBuilder migrated = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            migrated.append(lines.get(i).replaceFirst("@.*", "@" + version)).append('\n');
            List<String> rest = lines.subList(i + 1, lines.size());
            write(file, migrated + String.join("\n", rest));
            moment.run();
            if (fails) {
                throw new ProgramFailure(
                        "hook-failed", "The migrate hook failed.", "Nothing helps.", "", null);
            }
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BelayException("test", "cannot write " + file, "", e);
        }
    }
}
