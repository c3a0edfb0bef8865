package dev.belay.supervisor.service;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.settings.Settings;
import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.release.Service;
import dev.belay.versys.release.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// The product of one release on this host: what its release.yaml and the admin's settings together
/// say about starting it, stopping it and asking how it is.
public final class Product {
    private static final Duration HOOK_DEADLINE = Duration.ofMinutes(30);
    private static final Duration DEFAULT_STOP = Duration.ofSeconds(30);
    private final Home home;
    private final Settings settings;
    private final Deployment deployment;
    private final Template.Lookup lookup;
    private final Programs programs;
    private final ServiceControl control;

    /// @param lookup finds values of the live configuration for health checks
    /// @param programs how all of it is run
    public Product(
            Home home,
            Settings settings,
            Deployment deployment,
            Template.Lookup lookup,
            InstantSource clock,
            Programs programs) {
        this.home = home;
        this.settings = settings;
        this.deployment = deployment;
        this.lookup = lookup;
        this.programs = programs;
        this.control = programs.service(home, deployment.descriptor().service(), clock);
    }

    /// The release.
    public Deployment deployment() {
        return deployment;
    }

    /// Starts it; a release without a service has nothing to start.
    public void start() {
        if (deployment.descriptor().service().isPresent()) {
            control.start(launch(command()));
        }
    }

    /// Stops it and waits until it is gone.
    public void stop() {
        control.stop(
                deployment.descriptor().service().map(Service::stopTimeout).orElse(DEFAULT_STOP));
    }

    /// Whether it runs.
    public ServiceStatus status() {
        return control.status();
    }

    /// Waits until it is healthy.
    ///
    /// @throws ProgramFailure `health-…`, `product-died` or `interrupted`
    public void requireHealthy(BooleanSupplier aborted) {
        if (deployment.descriptor().service().isEmpty()) {
            return;
        }
        if (health(aborted) instanceof HealthResult.Unhealthy(String kind, String message)) {
            throw new ProgramFailure(
                    kind,
                    deployment.version() + " " + message,
                    logHint(),
                    control.lastOutput(),
                    null);
        }
    }

    /// Has the release look, before anything stops, whether it could run here.
    ///
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`
    public void preflight() {
        hook("preflight", deployment.descriptor().hooks().preflight());
    }

    /// Whether the release wants to do something before it is stopped to be left.
    public boolean hasPreBackup() {
        return deployment.descriptor().hooks().preBackup().isPresent();
    }

    /// Has the release do that, while it still runs.
    ///
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`
    public void preBackup() {
        hook("pre-backup", deployment.descriptor().hooks().preBackup());
    }

    /// Has the release bring config and data to its form.
    ///
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`
    public void migrate() {
        hook("migrate", deployment.descriptor().hooks().migrate());
    }

    /// What the release wants to be done once it is healthy.
    ///
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`
    public void postStart() {
        hook("post-start", deployment.descriptor().hooks().postStart());
    }

    /// Whether the release wants to do something once it is installed for good.
    public boolean hasPostCommit() {
        return deployment.descriptor().hooks().postCommit().isPresent();
    }

    /// Has the release do that.
    ///
    /// @throws ProgramFailure `hook-failed` or `hook-timeout`
    public void postCommit() {
        hook("post-commit", deployment.descriptor().hooks().postCommit());
    }

    private void hook(String name, Optional<List<String>> command) {
        command.ifPresent(line -> {
            programs.hook(name, launch(line), HOOK_DEADLINE);
            makeDurable(home.config());
            makeDurable(home.data());
        });
    }

    /// What a hook wrote is relied on as soon as it has ended, and few hooks force it to the disk.
    private static void makeDurable(Path tree) {
        try {
            DurableFiles.syncTreeInUse(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("what a hook wrote cannot be made durable", e);
        }
    }

    /// How long it is on probation after an update; zero for not at all.
    public Duration probation() {
        return settings.health()
                .probation()
                .or(() -> deployment.descriptor().health().map(HealthCheck::probation))
                .orElse(Duration.ZERO);
    }

    private HealthResult health(BooleanSupplier aborted) {
        Optional<HealthCheck> check = settings.health().over(deployment.descriptor().health());
        return programs.health(control, () -> asked(check, new HealthProbe(control, aborted)));
    }

    private HealthResult asked(Optional<HealthCheck> declared, HealthProbe probe) {
        if (declared.isEmpty()) {
            return probe.awaitAlive();
        }
        HealthCheck check = declared.get();
        try {
            return probe.await(asker(check.question()), check, check.within());
        } catch (IllegalArgumentException e) {
            return new HealthResult.Unhealthy(
                    "health-address",
                    "cannot be asked: its configuration makes no address for the health check.");
        }
    }

    private HealthAsker asker(HealthQuestion question) {
        return switch (question) {
            case HealthQuestion.Http http -> new HttpAsker(http, this::filled);
            case HealthQuestion.Tcp(Template address) -> new TcpAsker(filled(address));
            case HealthQuestion.Command(List<String> command) -> new CommandAsker(launch(command));
            case HealthQuestion.Log(Pattern pattern) -> new LogAsker(this::output, pattern);
        };
    }

    private String output() {
        return control instanceof OwnProcess own ? own.output() : "";
    }

    /// Where the health check asks, if that is an address.
    public Optional<InetSocketAddress> healthAddress() {
        return settings.health()
                .over(deployment.descriptor().health())
                .flatMap(check ->
                        switch (check.question()) {
                            case HealthQuestion.Http http -> address(filled(http.url()));
                            case HealthQuestion.Tcp(Template tcp) ->
                                    address("tcp://" + filled(tcp));
                            case HealthQuestion.Command _, HealthQuestion.Log _ -> Optional.empty();
                        });
    }

    private static Optional<InetSocketAddress> address(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() == null || uri.getPort() < 1
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
        } catch (URISyntaxException e) {
            return Optional.empty(); // the health check will say so
        }
    }

    private String filled(Template template) {
        return template.fill(deployment.version(), lookup);
    }

    private List<String> command() {
        return deployment.descriptor().service().orElseThrow() instanceof Service.Run run
                ? run.run()
                : List.of("systemctl");
    }

    /// The account the product runs as; empty for the supervisor's own.
    public Optional<String> user() {
        return settings.service()
                .user()
                .or(() ->
                        deployment.descriptor().service().orElse(null) instanceof Service.Run run
                                ? run.user()
                                : Optional.empty());
    }

    /// The whole environment of the product's programs.
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(ProductEnvironment.clean());
        if (deployment.descriptor().service().orElse(null) instanceof Service.Run run) {
            environment.putAll(run.environment());
        }
        environment.putAll(settings.service().environment());
        environment.put("BELAY_HOME", home.root().toString());
        environment.put("BELAY_VERSION", deployment.version().text());
        environment.put("BELAY_RELEASE", deployment.directory().toString());
        if (TransactionId.CURRENT.isBound()) {
            environment.put(TransactionProcesses.VARIABLE, TransactionId.CURRENT.get());
        }
        return environment;
    }

    private Launch launch(List<String> command) {
        return new Launch(
                deployment.version().text(),
                deployment.directory(),
                command,
                environment(),
                user());
    }

    private String logHint() {
        return deployment.descriptor().service().orElse(null) instanceof Service.Systemd systemd
                ? "See what it wrote: journalctl -u " + systemd.unit()
                : "See what it wrote: " + home.productLog();
    }
}
