package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import dev.belay.versys.testing.Strace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real `supervisor update` at system calls that change files, while somebody uses the
/// product, and lets the next command take over, each that an admin might type in turn. The
/// product's migration changes SQLite and plain files, which it does not force to the disk. After
/// that the host is on the old or the new release, whole and healthy, no acknowledged visit is lost
/// that nobody agreed to lose, and the next update works.
///
/// `-Dbelay.points=60` says how many, `-Dbelay.seed=7` repeats a run. With `-Dbelay.power.image`
/// and `-Dbelay.power.mount`, a file with a file system and where it is mounted, the power is cut
/// at the same moments: `scripts/crash-sweep.sh --power`.
@Tag("slow")
class ProcessCrashTest {
    private static final int POINTS = Integer.getInteger("belay.points", 20);
    private static final long SEED = Long.getLong("belay.seed", 20261121);
    private static final List<String> CHANGING =
            List.of(
                    "write",
                    "pwrite64",
                    "copy_file_range",
                    "ftruncate",
                    "fsync",
                    "fdatasync",
                    "rename",
                    "unlink",
                    "rmdir",
                    "mkdir",
                    "symlink",
                    "link",
                    "chmod",
                    "fchmodat",
                    "fchown",
                    "utimensat");

    private final Optional<PowerCut> power =
            Optional.ofNullable(System.getProperty("belay.power.image"))
                    .map(image ->
                            new PowerCut(
                                    Path.of(image),
                                    Path.of(System.getProperty("belay.power.mount"))));

    @TempDir Path directory;
    private VendorSite site;
    private ShopHost prepared;
    private String backup;
    private List<String> oldRows;

    private record Point(String call, int count) {}

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aCrashAtAnyChangeLeavesTheOldOrTheNewReleaseAndLosesNothing() throws Exception {
        assumeTrue(Strace.possible(), "strace and leave to trace are needed");
        prepare();
        Deque<Point> points = points();
        System.out.printf("%d points in an undisturbed update%n", points.size());
        Map<String, Integer> ended = new TreeMap<>();
        int struck = 0;
        int missed = 0;
        while (struck < POINTS && !points.isEmpty()) {
            Point point = points.pop();
            Optional<Point> again =
                    struck % 4 == 3 ? Optional.ofNullable(points.pollLast()) : Optional.empty();
            NextCommand command = NextCommand.values()[struck % NextCommand.values().length];
            ShopHost host = host("host");
            try {
                Optional<String> release = crash(host, point, again, command);
                release.ifPresent(version -> ended.merge(version, 1, Integer::sum));
                struck += release.isPresent() ? 1 : 0;
                missed += release.isPresent() ? 0 : 1;
                if (release.isPresent() && struck % 20 == 0) {
                    System.out.printf("%d of %d%n", struck, POINTS);
                }
            } finally {
                host.stop();
                DurableFiles.deleteTree(host.home().root());
            }
        }
        System.out.printf(
                "%d %s: 0 unrecoverable, 0 mixed, 0 lost acknowledged writes; ended on %s; %d calls"
                        + " did not come%n",
                struck, power.isPresent() ? "power cuts" : "kills", ended, missed);
        assertThat(struck).isPositive();
        assertThat(missed).isLessThanOrEqualTo(struck);
    }

    private void prepare() throws Exception {
        site = new VendorSite(directory.resolve("vendor"));
        site.publish("1.0.0", "none", "ok");
        prepared = ShopHost.of(site, directory.resolve("prepared"));
        // a supervisor that is traced is slow, a machine that runs other tests too
        Files.writeString(
                prepared.home().settings(), "health: {within: 2m}\n", StandardOpenOption.APPEND);
        prepared.start();
        prepared.visit(5);
        prepared.stop();
        backup =
                prepared.parts(() -> false)
                        .backups()
                        .createWithProgram(Deployment.installed(prepared.home()), "test", true)
                        .id();
        oldRows = prepared.rows();
        site.publish("2.0.0", "1.0.0", "ok");
    }

    /// Where the host is on the disk whose power is cut, if it is to be.
    private ShopHost host(String name) throws Exception {
        Path home = power.map(PowerCut::mount).orElse(directory).resolve(name);
        DurableFiles.copyTree(prepared.home().root(), home, CopyFilter.ALL, CopyVisitor.NONE);
        if (power.isPresent()) {
            power.get().sync();
        }
        return new ShopHost(home, site.bundles());
    }

    private static List<String> update(ShopHost host) {
        return SupervisorCommand.line("update", "--yes", "--home=" + host.home().root());
    }

    /// Runs a command with `strace` in front of it, which lets go of the programs that it starts:
    /// the product outlives its supervisor.
    private int traced(List<String> strace, List<String> command) throws Exception {
        List<String> line = new ArrayList<>(strace);
        line.addAll(List.of("-b", "execve"));
        line.addAll(command);
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start()
                .waitFor();
    }

    /// What the last traced command said.
    private Path said() {
        return directory.resolve("said");
    }

    /// Every change of an undisturbed update; the kinds take turns, since there are many more
    /// writes than renames.
    private Deque<Point> points() throws Exception {
        ShopHost host = host("counted");
        Path trace = directory.resolve("trace");
        host.start();
        assertThat(traced(Strace.counting(CHANGING, trace), update(host))).isZero();
        host.stop();
        DurableFiles.deleteTree(host.home().root());
        Random random = new Random(SEED);
        Map<String, Deque<Point>> kinds = new HashMap<>();
        new TreeMap<>(Strace.mostInOneThread(trace))
                .forEach((call, most) -> {
                    List<Point> all = new ArrayList<>();
                    for (int count = 1; count <= most; count++) {
                        all.add(new Point(call, count));
                    }
                    Collections.shuffle(all, random);
                    kinds.put(call, new ArrayDeque<>(all));
                });
        Deque<Point> points = new ArrayDeque<>();
        while (kinds.values().removeIf(Deque::isEmpty) || !kinds.isEmpty()) {
            CHANGING.stream()
                    .filter(kinds::containsKey)
                    .filter(call -> !kinds.get(call).isEmpty())
                    .forEach(call -> points.add(kinds.get(call).pop()));
        }
        return points;
    }

    /// Returns the release that the host is on at the end; empty if the call did not come.
    ///
    /// @param again where the one that takes over crashes too, if it comes that far
    private Optional<String> crash(
            ShopHost host, Point point, Optional<Point> again, NextCommand command)
            throws Exception {
        host.start();
        int before;
        Visitor seen;
        String said;
        try (Visitor visitor = Visitor.of(host)) {
            host.visit(2);
            before = visits(oldRows) + 2;
            if (!strike(host, point)) {
                return Optional.empty();
            }
            if (again.isPresent()) {
                strike(host, again.get());
            }
            said = command.run(host, backup);
            seen = visitor;
        }
        String what = point + ", " + again + ", then " + command + ": " + said;
        HostStatus status = host.updates().status();
        assertThat(status.state()).as(what).isEqualTo(HostStatus.State.IDLE);
        requireWhole(host, status, what);
        requireVisits(host, command, before, seen, what);
        String ended = status.installed().text();
        SupervisorCommand next =
                SupervisorCommand.run(
                        "update",
                        "--yes",
                        "--retry-rejected=2.0.0",
                        "--home=" + host.home().root());
        assertThat(next.status()).as(what + "\nnext: " + next.output()).isZero();
        requireWhole(host, host.updates().status(), what);
        assertThat(host.get("/health")).contains("2.0.0");
        return Optional.of(ended);
    }

    /// Returns whether the call came.
    private boolean strike(ShopHost host, Point point) throws Exception {
        int status = traced(Strace.killing(point.call(), point.count()), update(host));
        if (status == 0) {
            return false;
        }
        assertThat(status).as(point + ": " + Files.readString(said())).isEqualTo(137);
        if (power.isPresent()) {
            power.get().strike();
        }
        return true;
    }

    private static void requireWhole(ShopHost host, HostStatus status, String what)
            throws Exception {
        host.start();
        String version = status.installed().text();
        assertThat(host.get("/health")).as(what).contains(version);
        assertThat(host.rows().contains("migrated_to_2_0_0"))
                .as(what)
                .isEqualTo(version.equals("2.0.0"));
        Path format = host.home().data().resolve("data/format");
        assertThat(Files.exists(format) ? Files.readString(format) : "none")
                .as(what)
                .isEqualTo(version.equals("2.0.0") ? "2.0.0\n" : "none");
        assertThat(Files.readString(host.home().config().resolve("conf/shop.properties")))
                .as(what)
                .contains("since." + version + "=yes");
    }

    /// What somebody agreed to lose is kept where one command brings it back.
    private static void requireVisits(
            ShopHost host, NextCommand command, int before, Visitor seen, String what)
            throws Exception {
        int found = visits(host.rows());
        assertThat(found).as(what).isGreaterThanOrEqualTo(seen.sinceDrop());
        if (command != NextCommand.RESTORE) {
            assertThat(found).as(what).isGreaterThanOrEqualTo(before);
        }
        if (!command.goesBack()) {
            assertThat(found).as(what).isGreaterThanOrEqualTo(seen.most());
        } else if (found < seen.most()) {
            String aside =
                    host.parts(() -> false).backups().repository().list().stream()
                            .filter(backup -> backup.kind() == Backup.Kind.SET_ASIDE)
                            .max(Comparator.comparing(Backup::at))
                            .orElseThrow(() -> new AssertionError("nothing is kept: " + what))
                            .id();
            SupervisorCommand back =
                    SupervisorCommand.run(
                            "backup", "restore", aside, "--yes", "--home=" + host.home().root());
            assertThat(back.status()).as(what + "\nback: " + back.output()).isZero();
            assertThat(visits(host.rows())).as(what).isGreaterThanOrEqualTo(seen.most());
        }
    }

    private static int visits(List<String> rows) {
        return (int) rows.stream().filter(row -> row.endsWith(" somebody")).count();
    }
}
