package dev.belay.supervisor.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Products as they are in the wild, packed as `docs/products.md` says, fetched from Maven Central
/// and npm; skipped where they cannot be. The products share the steps to be killed in;
/// `-Dbelay.kills=all` kills both in every step, before each command that an admin might type, and
/// `-Dbelay.product=node-red` takes one of them.
@Tag("slow")
class RealProductsTest {
    private static final boolean ALL = "all".equals(System.getProperty("belay.kills"));
    private static final Set<Step> ONCE = Set.of(Step.DOWNLOAD, Step.UNPACK);
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("recover"),
                    List.of("start"),
                    List.of("update", "--yes"),
                    List.of("rollback", "--yes"));
    @TempDir Path directory;

    private record Point(Step step, List<String> command) {}

    static Stream<RealProduct> products() {
        String only = System.getProperty("belay.product", "");
        return Stream.of(new ActiveMq(), new NodeRed())
                .filter(product -> only.isEmpty() || only.equals(product.name()));
    }

    @ParameterizedTest
    @MethodSource("products")
    void whatTheProductWasGivenOutlivesKillsUpdatesAndAReleaseThatFails(RealProduct product)
            throws Exception {
        String old = product.versions().getFirst();
        String newest = product.versions().getLast();
        try (ProductVendor vendor = new ProductVendor(product, directory.resolve("vendor"))) {
            vendor.publish(old, old, "<" + old);
            vendor.publish(newest, newest, old);
            try (ProductHost host = new ProductHost(product, vendor, directory.resolve("host"))) {
                kills(host, product);

                assertThat(host.use()).isTrue();
                host.succeed("update", "--yes", "--retry-rejected=" + newest);
                assertThat(host.requireWhole(host.acknowledged(), "updated")).isEqualTo(newest);

                vendor.publish("99.0.0", newest, newest);
                assertThat(host.use()).isTrue();
                if (ALL) {
                    assertThat(host.killIn(Step.ROLL_BACK, log())).contains(Step.ROLL_BACK);
                    host.succeed("recover");
                    host.requireWhole(host.acknowledged(), "killed in roll-back");
                }
                SupervisorCommand failed = host.type("update", "--yes", "--retry-rejected=99.0.0");
                assertThat(failed.status()).as(failed.output()).isEqualTo(1);
                assertThat(host.requireWhole(host.acknowledged(), failed.output()))
                        .isEqualTo(newest);
                assertThat(host.status().rejected()).hasSize(1);
            }
        }
    }

    private void kills(ProductHost host, RealProduct product) throws Exception {
        Map<String, Integer> ended = new TreeMap<>();
        int killed = 0;
        for (Point point : points(product)) {
            String version = kill(host, point);
            ended.merge(version, 1, Integer::sum);
            killed++;
            if (version.equals(product.versions().getLast())) {
                assertThat(host.use()).isTrue();
                host.succeed("rollback", "--yes");
                assertThat(host.hasKeptAside()).isTrue();
                host.requireWhole(Set.of(), "taken back");
                host.settle();
            }
        }
        System.out.printf(
                "%s: %d kills: 0 unrecoverable, 0 mixed, 0 lost; ended on %s%n",
                product.name(), killed, ended);
    }

    /// Steps and commands take turns; unless all are wanted, the products share the steps.
    private static List<Point> points(RealProduct product) {
        List<Step> steps = new ArrayList<>(List.of(Step.values()));
        steps.remove(Step.ROLL_BACK);
        if (!ALL) {
            steps.retainAll(product.steps());
        }
        List<Point> points = new ArrayList<>();
        for (int round = 0; round < (ALL ? COMMANDS.size() : 1); round++) {
            for (int i = 0; i < steps.size(); i++) {
                if (round == 0 || !ONCE.contains(steps.get(i))) {
                    points.add(
                            new Point(steps.get(i), COMMANDS.get((i + round) % COMMANDS.size())));
                }
            }
        }
        return points;
    }

    /// Returns the version that the next command led to. Who types `rollback --yes` agrees to lose
    /// what was taken since the switch, which is kept; nothing else may be lost.
    private String kill(ProductHost host, Point point) throws Exception {
        assertThat(host.use()).isTrue();
        Set<String> before = host.acknowledged();
        Optional<Step> struck = host.killIn(point.step(), log());
        assertThat(struck).as("no " + point.step() + ": " + Files.readString(log())).isPresent();
        host.use();
        SupervisorCommand done = host.type(point.command().toArray(String[]::new));
        String what =
                "killed in " + struck.get().label() + ", then " + String.join(" ", point.command());
        boolean agreed = point.command().contains("rollback");
        String version =
                host.requireWhole(
                        agreed ? before : host.acknowledged(), what + ": " + done.output());
        System.out.println(what + ": " + version);
        Set<String> acknowledged = host.acknowledged();
        host.settle();
        assertThat(host.acknowledged().containsAll(acknowledged) || host.hasKeptAside())
                .as(what + ": " + done.output())
                .isTrue();
        return version;
    }

    private Path log() {
        return directory.resolve("killed.log");
    }
}
