package dev.belay.supervisor.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.ForeignTree.Part;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.Installation;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation that an admin made by hand, and changed, becomes a home.
class AdoptionTest {
    private static final Version ONE = Version.of("1.0.0");
    @TempDir Path directory;
    private ShopVendor vendor;
    private Path installed;
    private SortedMap<String, String> asItWas;

    @BeforeEach
    void aShopUnpackedByHandAndUsed() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("0.9.0", "none", "ok");
        vendor.release("1.0.0", "0.9.0", "ok");
        vendor.release("2.0.0", "1.0.0", "ok");
        installed = directory.toRealPath().resolve("opt");
        DurableFiles.copyTree(
                directory.resolve("tree-1.0.0"), installed, CopyFilter.ALL, CopyVisitor.NONE);
        write("conf/shop.properties", "# mine\nport=17\ncolour=blue\nroot=" + installed + "\n");
        write("data/orders", "4711\n");
        write("logs/shop.log", "hello\n");
        write("work/cache", "nobody's\n");
        write("lib/behaviour", "slow\n");
        write("lib/driver.jar", "a driver\n");
        Files.setPosixFilePermissions(
                installed.resolve("lib/version"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(installed.resolve("data/README"));
        asItWas = image(installed);
    }

    @Test
    void theReleaseIsRecognisedAndEverythingIsListed() throws Exception {
        AdoptionPlan plan = adoption("home").survey(Optional.empty());
        assertThat(plan.version()).isEqualTo(ONE);
        assertThat(plan.config()).extracting(Part::path).containsExactly("conf");
        assertThat(plan.data()).extracting(Part::path).containsExactly("data", "logs");
        assertThat(plan.program().changed()).containsExactly("lib/behaviour");
        assertThat(plan.program().modes()).containsExactly("lib/version");
        assertThat(plan.program().added()).containsExactly("lib/driver.jar");
        assertThat(plan.program().missing()).isEmpty();
        assertThat(plan.namingItself()).containsExactly("conf/shop.properties");
        assertThat(new Home(directory.resolve("home")).installed()).isEmpty();
        assertThat(image(installed)).isEqualTo(asItWas);
    }

    @Test
    void theHomeHasWhatTheInstallationHadWhichStays() throws Exception {
        Home home = adopt("home");
        assertThat(home.installed()).contains(ONE);
        assertAdopted(home);
        assertThat(home.current().resolve("work")).isEmptyDirectory();
        assertThat(home.current().resolve("conf/shop.properties"))
                .hasContent(Files.readString(installed.resolve("conf/shop.properties")));
        assertThat(image(installed)).isEqualTo(asItWas);
    }

    @Test
    @Tag("slow")
    void aKillAnywhereLeavesTheInstallationWholeAndIsGoneOnFrom() throws Throwable {
        int cuts = 0;
        for (boolean going = true; going; cuts++) {
            String name = "home-" + cuts;
            AdoptionPlan plan = adoption(name).survey(Optional.empty());
            going = Killed.at(cuts, () -> adoption(name).carryOut(plan, EventListener.NONE));
            Home home = new Home(directory.resolve(name));
            assertThat(image(installed)).as("act %d", cuts).isEqualTo(asItWas);
            if (home.installed().isEmpty()) {
                write("data/orders", "4711\n" + cuts + "\n"); // it is in use again
                asItWas = image(installed);
                adopt(name);
            }
            assertThat(home.installed()).as("act %d", cuts).contains(ONE);
            assertAdopted(home);
            DurableFiles.deleteTree(home.root());
        }
        assertThat(cuts).isGreaterThan(100);
    }

    @Test
    void whatWasCutOffIsGivenUpWithoutATrace() throws Throwable {
        AdoptionPlan plan = adoption("home").survey(Optional.empty());
        HostParts parts = parts("home");
        assertThat(Killed.at(150, () -> adoption("home").carryOut(plan, EventListener.NONE)))
                .isTrue();
        assertThat(parts.home().adoption()).exists();
        assertThatThrownBy(
                        () -> new Installation(parts).install(Optional.of(ONE), EventListener.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("adoption of " + installed);
        assertThat(Adoption.undo(parts).kept()).isEmpty();
        assertThat(parts.home().release(ONE)).doesNotExist();
        new Installation(parts).install(Optional.of(ONE), EventListener.NONE);
        assertThat(parts.home().current().resolve("lib/behaviour")).hasContent("ok");
        assertThat(image(installed)).isEqualTo(asItWas);
    }

    @Test
    @Tag("slow")
    void undoneAnywhereTheHomeIsOutOfUseAndWhatItHadIsKept() throws Throwable {
        int cuts = 0;
        for (boolean going = true; going; cuts++) {
            String name = "home-" + cuts;
            Home home = adopt(name);
            Files.writeString(home.data().resolve("data/orders"), "written since\n");
            HostParts parts = parts(name);
            going = Killed.at(cuts, () -> Adoption.undo(parts));
            Path kept =
                    going && Files.exists(home.adoption())
                            ? Adoption.undo(parts).kept().orElseThrow()
                            : adopted(home);
            assertThat(home.installed()).as("act %d", cuts).isEmpty();
            assertThat(kept.resolve("data/data/orders")).hasContent("written since");
            assertThat(kept.resolve("config/conf/shop.properties")).isRegularFile();
            assertThat(image(installed)).isEqualTo(asItWas);
            adopt(name);
            assertAdopted(home);
            assertThat(kept.resolve("data/data/orders")).hasContent("written since");
            DurableFiles.deleteTree(home.root());
        }
        assertThat(cuts).isGreaterThan(10);
    }

    private static Path adopted(Home home) throws IOException {
        try (var entries = Files.list(home.root())) {
            return entries.filter(e -> e.getFileName().toString().startsWith("adopted-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aChangedInstallationIsNotCopiedAsIfItWereTheOneThatWasShown() throws Exception {
        Adoption adoption = adoption("home");
        AdoptionPlan plan = adoption.survey(Optional.empty());
        write("data/orders", "4711\n4712\n");
        assertThatThrownBy(() -> adoption.carryOut(plan, EventListener.NONE))
                .hasMessageContaining("not as it was when the adoption was prepared");
        assertThat(new Home(directory.resolve("home")).installed()).isEmpty();
    }

    @Test
    void aProductThatRunsThereIsNotAdopted() throws Exception {
        Process sleeping = new ProcessBuilder("sleep", "600").directory(installed.toFile()).start();
        try {
            refused("still runs in " + installed + ": process " + sleeping.pid());
        } finally {
            sleeping.destroyForcibly().waitFor();
        }
    }

    @Test
    void linksThatLeadOutAreNamed() throws Exception {
        Files.createSymbolicLink(installed.resolve("data/inside"), Path.of("../conf"));
        Files.createSymbolicLink(installed.resolve("data/orders-old"), Path.of("/srv/old"));
        Files.createSymbolicLink(installed.resolve("data/up"), Path.of("../../elsewhere"));
        refused("data/orders-old -> /srv/old", "data/up -> ../../elsewhere");
    }

    @Test
    void whatIsNoReleaseOfTheVendorIsRefused() throws Exception {
        for (String file : new String[] {"bin/shop", "lib/version", "lib/behaviour"}) {
            write(file, "something else\n");
        }
        refused("is none of the channel's releases", "program files are missing or different");
    }

    @Test
    void aHomeIsNotAdoptedAgain() throws Exception {
        Home home = adopt("home");
        installed = home.root();
        assertThatThrownBy(() -> adoption("other").survey(Optional.empty()))
                .hasMessageContaining("belongs to the home of a supervisor already");
        installed = home.current();
        assertThatThrownBy(() -> adoption("other").survey(Optional.empty()))
                .hasMessageContaining("belongs to the home of a supervisor already");
    }

    @Test
    void aReleaseThatWasInstalledSinceStandsInTheWayOfUndoing() throws Exception {
        Home home = adopt("home");
        HostParts parts = parts("home");
        DurableFiles.copyTree(
                home.release(ONE),
                home.release(Version.of("2.0.0")),
                CopyFilter.ALL,
                CopyVisitor.NONE);
        home.switchTo(Version.of("2.0.0"));
        assertThatThrownBy(() -> Adoption.undo(parts))
                .hasMessageContaining("2.0.0 was installed since");
        assertThat(home.installed()).contains(Version.of("2.0.0"));
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> adoption("home").survey(Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("Nothing was changed");
    }

    private void assertAdopted(Home home) throws IOException {
        assertThat(home.config().resolve("conf/shop.properties"))
                .hasSameTextualContentAs(installed.resolve("conf/shop.properties"));
        assertThat(home.data().resolve("data/orders"))
                .hasSameTextualContentAs(installed.resolve("data/orders"));
        assertThat(home.data().resolve("data/README")).doesNotExist();
        assertThat(home.data().resolve("logs/shop.log")).hasContent("hello");
        assertThat(home.current().resolve("lib/behaviour")).hasContent("slow");
        assertThat(home.current().resolve("lib/driver.jar")).hasContent("a driver");
        assertThat(Files.isExecutable(home.current().resolve("lib/version"))).isTrue();
        for (Path copy : new Path[] {home.config(), home.data()}) {
            assertThat(image(copy).keySet()).noneMatch(path -> path.contains(".belay-"));
        }
    }

    private Home adopt(String home) throws IOException {
        Adoption adoption = adoption(home);
        adoption.carryOut(adoption.survey(Optional.empty()), EventListener.NONE);
        return new Home(directory.resolve(home));
    }

    private Adoption adoption(String home) throws IOException {
        return new Adoption(parts(home), installed);
    }

    private HostParts parts(String name) throws IOException {
        ShopHost host = new ShopHost(directory.resolve(name), directory.resolve("repository"));
        host.home().create();
        if (!Files.exists(host.home().settings(), LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(
                    host.home().settings(),
                    "product: shop\nserver: http://127.0.0.1:1\nchannel: stable\n");
        }
        return host.parts(() -> false);
    }

    private void write(String path, String text) throws IOException {
        Path file = installed.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static SortedMap<String, String> image(Path tree) throws IOException {
        return TreeImage.of(tree, _ -> true);
    }
}
