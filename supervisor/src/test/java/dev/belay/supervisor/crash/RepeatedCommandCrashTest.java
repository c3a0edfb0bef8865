package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DiskModel;
import dev.belay.packaging.durable.DiskTree;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.RecordingDisk;
import dev.belay.supervisor.adopt.Adoption;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.Installation;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that need no journal, because the same command may be repeated whatever was left of
/// it: after a kill and after a power cut at any change that they make.
@Tag("slow")
class RepeatedCommandCrashTest {
    private static final Version ONE = Version.of("1.0.0");
    private static final int STATES = Integer.getInteger("belay.states", 640) / 8;
    private static final long SEED = Long.getLong("belay.seed", 20261122);
    @TempDir Path directory;
    private Path root;
    private Path byHand;

    /// A command as a person types it, and what must be so when it has ended.
    private interface Act {
        void on(HostParts parts) throws IOException;
    }

    @BeforeEach
    void anEmptyHomeAndAnInstallationByHand() throws Exception {
        directory = directory.toRealPath();
        root = directory.resolve("home");
        new ShopVendor(directory.resolve("repository")).release("1.0.0", "none", "ok");
        byHand = directory.resolve("tree-1.0.0");
        Files.writeString(byHand.resolve("data/orders"), "4711\n");
        Files.writeString(byHand.resolve("conf/shop.properties"), "# mine\nport=17\n");
        Home home = new Home(root);
        home.create();
        Files.writeString(
                home.settings(), "product: shop\nserver: http://127.0.0.1:1\nchannel: stable\n");
    }

    @Test
    void anInstallationIsRepeated() throws Exception {
        Act install =
                parts -> new Installation(parts).install(Optional.of(ONE), EventListener.NONE);
        SortedMap<String, String> whole = afterAll(install);
        atEveryMoment(
                install,
                parts -> {
                    if (parts.home().installed().isEmpty()) {
                        install.on(parts);
                    }
                    assertThat(image(parts.home())).isEqualTo(whole);
                });
    }

    @Test
    void anAdoptionIsRepeatedAndLeavesWhatItCopies() throws Exception {
        SortedMap<String, String> original = TreeImage.of(byHand, _ -> true);
        SortedMap<String, String> whole = afterAll(this::adopt);
        atEveryMoment(
                this::adopt,
                parts -> {
                    assertThat(TreeImage.of(byHand, _ -> true)).isEqualTo(original);
                    if (parts.home().installed().isEmpty()) {
                        adopt(parts);
                    }
                    assertThat(image(parts.home())).isEqualTo(whole);
                });
    }

    @Test
    void anAdoptionThatIsUndoneKeepsWhatTheHomeHad() throws Exception {
        adopt(parts());
        Files.writeString(parts().home().data().resolve("data/orders"), "written since\n");
        atEveryMoment(
                Adoption::undo,
                parts -> {
                    if (Files.exists(parts.home().adoption())) {
                        Adoption.undo(parts);
                    }
                    assertThat(parts.home().installed()).isEmpty();
                    try (var entries = Files.list(root)) {
                        Path kept =
                                entries.filter(e ->
                                                e.getFileName().toString().startsWith("adopted"))
                                        .findFirst()
                                        .orElseThrow();
                        assertThat(kept.resolve("data/data/orders")).hasContent("written since");
                        assertThat(kept.resolve("config/conf/shop.properties")).isNotEmptyFile();
                    }
                });
    }

    @Test
    void aBackupIsThereAndWholeOrNotListed() throws Exception {
        new Installation(parts()).install(Optional.of(ONE), EventListener.NONE);
        SortedMap<String, String> whole = image(parts().home());
        Act backUp =
                parts ->
                        parts.backups()
                                .createWithProgram(
                                        Deployment.installed(parts.home()), "test", true);
        atEveryMoment(
                backUp,
                parts -> {
                    backUp.on(parts);
                    BackupRepository backups = parts.backups().repository();
                    List<Backup> listed = backups.list();
                    assertThat(listed).hasSizeBetween(1, 2);
                    for (Backup backup : listed) {
                        assertThat(backups.verify(backup.id(), BackupListener.NONE).problems())
                                .isEmpty();
                    }
                    assertThat(image(parts.home())).isEqualTo(whole);
                });
    }

    private void adopt(HostParts parts) {
        Adoption adoption = new Adoption(parts, byHand);
        adoption.carryOut(adoption.survey(Optional.of(ONE)), EventListener.NONE);
    }

    private HostParts parts() {
        return new ShopHost(root, directory.resolve("repository")).parts(() -> false);
    }

    private static SortedMap<String, String> image(Home home) throws IOException {
        // what a killed writer leaves beside a file is removed by a later run
        return TreeImage.of(
                home.root(), path -> !path.startsWith(".supervisor") && !path.endsWith(".tmp"));
    }

    /// What the command leaves when nothing happens to it; the home is as before then.
    private SortedMap<String, String> afterAll(Act act) throws IOException {
        Path kept = directory.resolve("kept");
        DurableFiles.copyTree(root, kept, CopyFilter.ALL, CopyVisitor.NONE);
        act.on(parts());
        SortedMap<String, String> whole = image(parts().home());
        DurableFiles.deleteTree(root);
        DurableFiles.move(kept, root);
        return whole;
    }

    private void atEveryMoment(Act act, Act judged) throws IOException {
        DiskModel model;
        try (RecordingDisk disk = new RecordingDisk(root)) {
            act.on(parts());
            model = disk.model();
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int last = model.changes().size();
        judge(model.forced(), last, judged); // what it said must stand
        for (int state = 1; state < STATES; state++) {
            int n = random.nextInt(last + 1);
            DiskModel cut = model.upTo(n);
            DiskTree tree =
                    switch (state % 3) {
                        case 0 -> cut.everything();
                        case 1 -> cut.forced();
                        default -> cut.reordered(random.nextLong());
                    };
            judge(tree, n, judged);
        }
        System.out.printf("%d states of %d changes%n", STATES, last);
    }

    private void judge(DiskTree tree, int n, Act judged) throws IOException {
        DurableFiles.deleteTree(root);
        tree.without(".supervisor/lock.json", ".supervisor/staging.lock.json").writeTo(root);
        try {
            judged.on(parts());
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("after change " + n + " of the command", failure);
        }
    }
}
