package dev.belay.versys.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.cli.VendorAtWork;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.client.TransferLimits;
import dev.belay.versys.client.TrustStore;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.signing.RoleNames;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The table of stolen keys in `docs/trust.md` is what happens: for each row a thief with these
/// keys tries every column, against a real repository and the client of real hosts.
class StolenKeysTest {
    private static final byte[] FOREIGN = "somebody else's program".getBytes(UTF_8);
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");
    private static final Map<String, String> KEYS =
            Map.of(
                    "root", "root",
                    "targets", "targets",
                    "releases", "shop-releases",
                    "stable", "shop-channel-stable",
                    "dev", "shop-channel-dev",
                    "online", "online");

    @TempDir static Path directory;
    private static VendorAtWork vendor;
    private static Channel stable;
    private static Channel dev;
    private static int attempts;

    /// What a thief tries.
    ///
    /// @param wanted target bytes by path by role
    /// @param onlyOwn signed by no stolen key, but by one that he brings
    /// @param begin the repository that he spoils
    /// @param later how much later a host looks
    /// @param success what he wants a host to do
    private record Attack(
            Map<String, Map<String, byte[]>> wanted,
            boolean onlyOwn,
            String begin,
            Duration later,
            Success success) {
        Attack(Map<String, Map<String, byte[]>> wanted, Success success) {
            this(wanted, false, "new", Duration.ZERO, success);
        }
    }

    @FunctionalInterface
    private interface Success {
        boolean of(TargetSource host) throws IOException;
    }

    @BeforeAll
    static void publish() throws IOException {
        vendor = new VendorAtWork(directory);
        vendor.must(
                "init",
                "--product=shop",
                "--channel=dev",
                "--channel=stable",
                "--solo",
                "--no-passphrase",
                "--to=" + directory.resolve("web"));
        vendor.must("publish", vendor.bundle("1.0.0").toString(), "--channel=dev");
        vendor.must("promote", "1.0.0", "--from=dev", "--to=stable");
        copy("web", "old");
        vendor.must("publish", vendor.bundle("1.1.0").toString(), "--channel=dev");
        vendor.must("promote", "1.1.0", "--from=dev", "--to=stable");
        vendor.must("publish", vendor.bundle("1.2.0").toString(), "--channel=dev");
        copy("web", "new");
        Repositories.trust(
                directory.resolve("host/tuf"),
                Files.readAllBytes(vendor.home().resolve("root.json")));
        TargetSource host = host("new", "host", Duration.ZERO);
        stable = channel(host, "stable");
        dev = channel(host, "dev");
    }

    /// The columns, in the words of the table.
    private static Map<String, Attack> attacks() {
        Map<String, Attack> all = new LinkedHashMap<>();
        String text = new String(stable.toJson(), UTF_8);
        Artifact first = artifact(stable, "1.0.0").orElseThrow();
        Channel other =
                Channel.parse(
                        text.replace(
                                        first.sha256().orElseThrow().hex(),
                                        Digest.sha256(FOREIGN).hex())
                                .replace(
                                        "\"length\":" + first.length(),
                                        "\"length\":" + FOREIGN.length)
                                .getBytes(UTF_8));
        all.put(
                "other bytes",
                new Attack(
                        wanted(other, Map.of(first.targetPath(), FOREIGN)),
                        host -> runs(host, "stable", "1.0.0")));
        String path = RoleNames.bundlePath("shop", "6.6.6", "any");
        Release own =
                new ReleaseBuilder(Version.of("6.6.6"))
                        .platform(
                                "any",
                                new Artifact(
                                        path,
                                        FOREIGN.length,
                                        0,
                                        Optional.of(Digest.sha256(FOREIGN))))
                        .build();
        all.put(
                "own program",
                new Attack(
                        wanted(
                                ChannelEditor.addRelease(stable, own).channel(),
                                Map.of(path, FOREIGN)),
                        host -> runs(host, "stable", "6.6.6")));
        all.put(
                "signed release",
                new Attack(
                        wanted(
                                ChannelEditor.promote(
                                                dev, stable, Version.of("1.2.0"), Optional.empty())
                                        .channel(),
                                Map.of()),
                        host -> bytes(host, "stable", "1.2.0").isPresent()));
        Map<String, Map<String, byte[]>> without =
                wanted(
                        ChannelEditor.withdraw(stable, Version.of("1.0.0"), Notice.of("gone"))
                                .channel(),
                        Map.of());
        Success withdrawn =
                host ->
                        channel(host, "stable")
                                .release(Version.of("1.0.0"))
                                .orElseThrow()
                                .availability()
                                .withdrawn()
                                .isPresent();
        all.put("withdraw", new Attack(without, withdrawn));
        all.put(
                "own program on `dev`",
                new Attack(
                        wanted(ChannelEditor.addRelease(dev, own).channel(), Map.of(path, FOREIGN)),
                        host -> runs(host, "dev", "6.6.6")));
        all.put(
                "go back",
                new Attack(
                        Map.of(),
                        false,
                        "old",
                        Duration.ZERO,
                        host -> channel(host, "stable").release(Version.of("1.1.0")).isEmpty()));
        all.put("freeze", new Attack(Map.of(), false, "new", Duration.ofDays(20), host -> true));
        all.put("own keys", new Attack(without, true, "new", Duration.ZERO, withdrawn));
        return all;
    }

    private static Map<String, Map<String, byte[]>> wanted(
            Channel document, Map<String, byte[]> bundles) {
        String name = document.name();
        Map<String, Map<String, byte[]>> wanted = new LinkedHashMap<>();
        if (!bundles.isEmpty()) {
            wanted.put("shop-releases", bundles);
        }
        wanted.put(
                RoleNames.channel("shop", name),
                Map.of(RoleNames.channelPath("shop", name), document.toJson()));
        return wanted;
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsWhatAThiefOfTheseKeysCanDo() throws IOException {
        Map<String, Attack> attacks = attacks();
        return rows().entrySet().stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.getKey().toString(),
                                () -> {
                                    List<String> does = new ArrayList<>();
                                    for (Attack attack : attacks.values()) {
                                        does.add(succeeds(row.getKey(), attack) ? "yes" : "–");
                                    }
                                    assertThat(String.join(" | ", does))
                                            .as("%s %s", row.getKey(), attacks.keySet())
                                            .isEqualTo(String.join(" | ", row.getValue()));
                                }));
    }

    @Test
    void everyKeyAndEveryPairOfKeysHasItsRow() throws IOException {
        Set<Set<String>> expected = new LinkedHashSet<>();
        for (String one : KEYS.keySet()) {
            for (String two : KEYS.keySet()) {
                expected.add(new TreeSet<>(List.of(one, two)));
            }
            expected.add(new TreeSet<>(List.of("releases", "dev", "online", one)));
        }
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /// Cells by the names of the stolen keys.
    private static Map<Set<String>, List<String>> rows() throws IOException {
        Map<Set<String>, List<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/trust.md"))) {
            if (line.startsWith("| stolen |")) {
                inside = true;
                assertThat(cells(line)).containsExactlyElementsOf(attacks().keySet());
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("| ---")) {
                Set<String> keys = new TreeSet<>();
                NAME.matcher(line).results().forEach(name -> keys.add(name.group(1)));
                rows.put(keys, cells(line));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
        return cells.subList(2, cells.size());
    }

    /// Tries it in every way that there is: the old files as they are, what he can sign, or more
    /// than that; by the honest server, or shown to hosts directly.
    private static boolean succeeds(Set<String> keys, Attack attack) throws IOException {
        for (boolean also : new boolean[] {false, true}) {
            for (boolean honest : new boolean[] {false, true}) {
                if (attempt(keys, attack, also, honest)) {
                    return true;
                }
            }
        }
        return unchanged(attack);
    }

    private static boolean attempt(Set<String> keys, Attack attack, boolean also, boolean honest)
            throws IOException {
        String web = "web-" + ++attempts;
        copy(attack.begin(), web);
        Path onlineKeys = vendor.home().resolve("keys");
        Thief thief =
                new Thief(
                        directory.resolve(web),
                        onlineKeys,
                        new TreeSet<>(keys.stream().map(KEYS::get).toList()));
        Map<String, byte[]> forged = thief.forge(attack.wanted(), also, attack.onlyOwn());
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        attack.wanted().values().forEach(blobs::putAll);
        try {
            if (honest) {
                thief.upload(forged, blobs.values(), onlineKeys);
            } else {
                thief.show(forged, blobs, Instant.now().plus(attack.later()));
            }
        } catch (BelayException refused) {
            return false;
        }
        return seenBy("host-" + attempts, web, attack);
    }

    private static boolean unchanged(Attack attack) throws IOException {
        return seenBy("host-" + ++attempts, attack.begin(), attack);
    }

    private static boolean seenBy(String host, String web, Attack attack) throws IOException {
        copy("host", host);
        try {
            return attack.success().of(host(web, host, attack.later()));
        } catch (BelayException refused) {
            return false;
        }
    }

    private static TargetSource host(String web, String host, Duration later) throws IOException {
        Path state = directory.resolve(host);
        Files.createDirectories(state.resolve("seen"));
        TargetSource source =
                Repositories.open(
                        RepositoryLocation.below(directory.resolve(web).toUri()),
                        new TrustStore(state.resolve("tuf"), Optional.of(state.resolve("seen"))),
                        () -> Instant.now().plus(later),
                        TransferLimits.DEFAULT);
        source.refresh();
        return source;
    }

    private static Channel channel(TargetSource host, String name) throws IOException {
        return Channel.parse(
                host.read(host.find(RoleNames.channelPath("shop", name)).orElseThrow(), 1_000_000));
    }

    private static Optional<Artifact> artifact(Channel channel, String version) {
        return channel.release(Version.of(version)).flatMap(release -> release.artifact("any"));
    }

    private static boolean runs(TargetSource host, String channel, String version)
            throws IOException {
        return bytes(host, channel, version)
                .filter(read -> Arrays.equals(read, FOREIGN))
                .isPresent();
    }

    /// What a host would install.
    private static Optional<byte[]> bytes(TargetSource host, String channel, String version)
            throws IOException {
        Optional<Artifact> artifact = artifact(channel(host, channel), version);
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        Optional<TargetSource.Target> target = host.find(artifact.get().targetPath());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        artifact.get().requireSigned(target.get().length(), target.get().digests());
        return Optional.of(host.read(target.get(), 1_000_000));
    }

    private static void copy(String from, String to) throws IOException {
        Path source = directory.resolve(from);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path each : all.toList()) {
                Path target = directory.resolve(to).resolve(source.relativize(each).toString());
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
