package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.DurableLog;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.SupervisorVendor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An installed supervisor, its real launcher, and releases of itself from a signed repository.
@Tag("slow")
class SelfUpdateTest {
    @TempDir Path directory;
    private SupervisorVendor vendor;
    private Home installation;
    private ShopHost host;

    @BeforeEach
    void anInstalledSupervisorAndAHome() throws Exception {
        ShopVendor shop = new ShopVendor(directory.resolve("repository"));
        shop.release("1.0.0", "none", "ok");
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
        vendor = new SupervisorVendor(directory.resolve("vendor"));
        Path bundle = vendor.publish("0.1.0", "<0.1.0", "0.1.0", "");
        installation = new Home(directory.resolve("opt"));
        Path tuf = installation.tuf();
        DurableFiles.createDirectories(tuf, DurableFiles.PRIVATE_DIRECTORY);
        Files.createDirectories(installation.releases());
        Files.copy(vendor.root(), tuf.resolve("root.json"));
        Files.writeString(
                installation.root().resolve("self-update.yaml"),
                "product: supervisor\nserver: " + vendor.uri() + "\nchannel: stable\n");
        new Stager(installation)
                .stage(
                        "supervisor",
                        Version.of("0.1.0"),
                        bundle,
                        Digest.sha256(Files.readAllBytes(bundle)),
                        _ -> {});
        installation.switchTo(Version.of("0.1.0"));
    }

    @AfterEach
    void endEverything() {
        vendor.close();
    }

    @Test
    void movesToTheNextReleaseAndBack() throws Exception {
        says(ExitCode.DONE, "nothing newer", "self-update");
        vendor.publish("0.2.0", ">=0.1.0 <0.2.0", "0.2.0", "");
        says(ExitCode.UPDATE_AVAILABLE, "0.2.0 is available", "self-update", "--check");
        says(ExitCode.DONE, "supervisor 0.2.0 is current; 0.1.0 stays", "self-update");
        assertThat(installation.current()).isSymbolicLink();
        says(ExitCode.DONE, "supervisor 0.2.0", "--version");
        says(ExitCode.DONE, "installed: 1.0.0", "status");

        says(ExitCode.DONE, "0.1.0 is current again", "self-update", "--back");
        says(ExitCode.DONE, "supervisor 0.1.0", "--version");
        says(ExitCode.DONE, "0.2.0 is current again", "self-update", "--back");
        vendor.publish("0.3.0", "0.2.0", "0.3.0", "");
        says(ExitCode.DONE, "supervisor 0.3.0 is current", "self-update");
        assertThat(installation.release(Version.of("0.2.0"))).isDirectory();
        assertThat(installation.release(Version.of("0.1.0"))).doesNotExist();
    }

    @Test
    void aReleaseThatDoesNotWorkHereIsNotSwitchedToAndNotTriedAgain() throws Exception {
        String[][] broken = {
            {"0.2.0", "0.2.0", "exit 3", "ended with status 3"},
            {"0.2.1", "0.9.9", "", "did not say \"supervisor 0.2.1\""},
            {"0.2.2", "0.2.2", "[ \"${1:-}\" != status ] || exit 4", "ended with status 4"},
            {"0.2.3", "0.2.3", "case $0 in */current/*) exit 5;; esac", "ended with status 5"},
        };
        for (String[] release : broken) {
            vendor.publish(release[0], "0.1.0", release[1], release[2]);
            says(ExitCode.FAILED, release[3], "self-update");
            assertThat(Files.readSymbolicLink(installation.current()))
                    .isEqualTo(Path.of("releases/0.1.0"));
            says(ExitCode.DONE, "supervisor 0.1.0", "--version");
        }
        says(ExitCode.REFUSED, "supervisor self-update --retry-rejected 0.2.", "self-update");
        assertThat(installation.root().resolve("previous")).doesNotExist();
    }

    @Test
    void isRefusedWhileAnUpdateIsUnderWayOrWasInterrupted() throws Exception {
        vendor.publish("0.2.0", "0.1.0", "0.2.0", "");
        try (HomeLock _ = HomeLock.take(host.home(), "supervisor update")) {
            says(ExitCode.LOCKED, "supervisor update", "self-update");
        }
        try (DurableLog journal = DurableLog.open(host.home().journal().resolve("t.log"))) {
            journal.append(
                    "{\"record\":\"run-begun\",\"at\":\"2026-11-20T09:00:00Z\","
                            + "\"transaction\":\"t\",\"chain\":[\"1.0.0\",\"2.0.0\"]}");
        }
        says(ExitCode.REFUSED, "An earlier run on this home was interrupted", "self-update");
        Files.delete(host.home().journal().resolve("t.log"));
        says(ExitCode.DONE, "supervisor 0.2.0 is current", "self-update");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp.json", "supervisor-0.2.0-any.tgz"})
    void whileItWaitsForTheServerTheProductIsStartedAndStopped(String file) throws Exception {
        vendor.publish("0.2.0", "0.1.0", "0.2.0", "");
        vendor.standstill().begin(file);
        Process update = builder("self-update").start();
        vendor.standstill().awaitRequest();
        says(ExitCode.DONE, "process ", "start");
        says(ExitCode.DONE, "stopped", "stop");
        says(ExitCode.DONE, "state:     idle", "status");
        assertThat(update.isAlive()).isTrue();
        vendor.standstill().end();
        assertThat(update.waitFor(2, TimeUnit.MINUTES)).isTrue();
        says(ExitCode.DONE, "supervisor 0.2.0", "--version");
    }

    @Test
    void c07AKilledSelfUpdateLeavesTheOldOrTheNewSupervisor() throws Exception {
        vendor.publish("0.2.0", "0.1.0", "0.2.0", "");
        List<Callable<Boolean>> moments =
                List.of(
                        () -> logged("downloading"),
                        () -> logged("unpacking"),
                        () -> installation.has(Version.of("0.2.0")),
                        () -> installation.installed().orElseThrow().text().equals("0.2.0"));
        for (Callable<Boolean> moment : moments) {
            Files.deleteIfExists(installation.events());
            Process update = builder("self-update").start();
            await().atMost(Duration.ofSeconds(120)).until(() -> !update.isAlive() || moment.call());
            SupervisorCommand.kill(update);
            String installed = installation.installed().orElseThrow().text();
            says(ExitCode.DONE, "supervisor " + installed, "--version");
            says(ExitCode.DONE, "installed: 1.0.0", "status");
        }
        assertThat(run("self-update").status()).isZero();
        says(ExitCode.DONE, "supervisor 0.2.0", "--version");
    }

    private boolean logged(String words) throws IOException {
        Path log = installation.events();
        return Files.exists(log) && Files.readString(log).contains(words);
    }

    @Test
    void saysWhatItNeeds() throws Exception {
        SupervisorCommand checkout = SupervisorCommand.run("self-update");
        assertThat(checkout.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(checkout.output()).contains("was not started from an installation");
        says(ExitCode.REFUSED, "There is no earlier supervisor", "self-update", "--back");
        Files.delete(installation.root().resolve("self-update.yaml"));
        says(ExitCode.REFUSED, "self-update.yaml", "self-update");
    }

    private void says(ExitCode status, String words, String... command) throws Exception {
        SupervisorCommand ended = run(command);
        assertThat(ended.output()).contains(words).doesNotContain("\tat ");
        assertThat(ended.status()).as(ended.output()).isEqualTo(status.status());
    }

    /// The command as an admin calls it: by the link.
    private SupervisorCommand run(String... words) throws IOException, InterruptedException {
        Process process = builder(words).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new SupervisorCommand(process.waitFor(), output);
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>();
        command.add(installation.current().resolve("bin/supervisor").toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
        builder.environment().put("BELAY_JIT_LEVEL", "1");
        builder.environment().put("BELAY_HOME", host.home().root().toString());
        return builder;
    }
}
