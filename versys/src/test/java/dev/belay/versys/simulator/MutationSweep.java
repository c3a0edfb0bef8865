package dev.belay.versys.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.Fetcher.Arriving;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.JsonParser;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Changes every metadata file and a bundle in every way it knows, and counts what a fresh host
/// takes over all the same. `MutationSweep [STEP]`: only every STEP-th byte, 1 for all.
///
/// Accepted means that the host trusts signed content which nobody signed, or has other bytes than
/// the signed ones. A change beside the signed content (white space, the case of a hex digit in a
/// signature) is counted as equivalent.
public final class MutationSweep {
    private static final int BUNDLE_BYTES = 1 << 20;
    private static final String PATH = "shop/releases/1.0/shop-1.0-any.tgz";

    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final Map<String, byte[]> signedContent = new LinkedHashMap<>();
    private final int step;

    /// The outcome of a sweep.
    public record Counts(long mutants, long accepted, long equivalent, List<String> examples) {
        Counts plus(Counts other) {
            List<String> all = new ArrayList<>(examples);
            all.addAll(other.examples);
            return new Counts(
                    mutants + other.mutants,
                    accepted + other.accepted,
                    equivalent + other.equivalent,
                    all.subList(0, Math.min(all.size(), 5)));
        }
    }

    private static final Counts NONE = new Counts(0, 0, 0, List.of());

    public MutationSweep(int step, int bundleBytes) {
        this.step = step;
        byte[] bundle = new byte[bundleBytes];
        new Random(1).nextBytes(bundle);
        repository.delegate("targets", "shop-releases", true, "shop/releases/*/*");
        repository.addTarget("shop-releases", PATH, bundle);
        repository.publishRoot();
        repository.bump("targets");
        repository.publish();
        for (String name : metadataFiles()) {
            signedContent.put(name, signed(repository.file(name)));
        }
        SimulatedHost healthy = new SimulatedHost(repository);
        if (healthy.find(PATH).isEmpty()) {
            throw new IllegalStateException("the healthy repository must work");
        }
    }

    public static void main(String... args) throws Exception {
        long start = System.nanoTime();
        int step = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        MutationSweep sweep = new MutationSweep(step, BUNDLE_BYTES);
        boolean noneAccepted = print("metadata, bytes", sweep.metadataBytes());
        noneAccepted &= print("metadata, structure", sweep.metadataStructure());
        noneAccepted &= print("bundle, bytes", sweep.bundleBytes());
        System.out.printf("in %d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        System.exit(noneAccepted ? 0 : 1);
    }

    private static boolean print(String what, Counts counts) {
        System.out.printf(
                "%-20s %,9d mutants: %d accepted, %,d equivalent%n",
                what, counts.mutants(), counts.accepted(), counts.equivalent());
        counts.examples().forEach(System.out::println);
        return counts.accepted() == 0;
    }

    private static List<String> metadataFiles() {
        return List.of(
                "2.root.json",
                "timestamp.json",
                "2.snapshot.json",
                "2.targets.json",
                "1.shop-releases.json");
    }

    private static byte[] signed(byte[] file) {
        return CanonicalJson.encode(JsonParser.parseObject(file).members().get("signed"));
    }

    /// All of it.
    public Counts run() throws Exception {
        return metadataBytes().plus(metadataStructure()).plus(bundleBytes());
    }

    private Counts metadataBytes() throws Exception {
        return inThreads(metadataFiles().stream().map(name -> () -> bytes(name)));
    }

    private Counts metadataStructure() throws Exception {
        return inThreads(metadataFiles().stream().map(name -> () -> structure(name)));
    }

    private Counts bundleBytes() throws Exception {
        int slices = Runtime.getRuntime().availableProcessors() * 4;
        return inThreads(IntStream.range(0, slices).mapToObj(first -> () -> bundle(first, slices)));
    }

    /// On as many threads as there are processors.
    private static Counts inThreads(Stream<Callable<Counts>> parts) throws Exception {
        Counts total = NONE;
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<Counts> part : threads.invokeAll(parts.toList())) {
                total = total.plus(part.get());
            }
        }
        return total;
    }

    /// Every bit flipped; every byte removed, doubled and cut at.
    private Counts bytes(String name) {
        byte[] original = repository.file(name);
        Counts counts = NONE;
        for (int at = 0; at < original.length; at += step) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = original.clone();
                flipped[at] ^= (byte) (1 << bit);
                counts = counts.plus(judge(name, flipped, "bit " + bit + " of byte " + at));
            }
            counts =
                    counts.plus(
                            judge(name, spliced(original, at, at + 1, 0), "without byte " + at));
            counts =
                    counts.plus(
                            judge(name, spliced(original, at, at, 1), "byte " + at + " doubled"));
            counts = counts.plus(judge(name, Arrays.copyOf(original, at), "cut at byte " + at));
        }
        return counts;
    }

    private static byte[] spliced(byte[] original, int end, int resume, int repeat) {
        byte[] result = new byte[end + repeat + original.length - resume];
        System.arraycopy(original, 0, result, 0, end);
        if (repeat > 0) {
            result[end] = original[end];
        }
        System.arraycopy(original, resume, result, end + repeat, original.length - resume);
        return result;
    }

    /// Every value of the tree replaced by others, every member removed or repeated, and every file
    /// exchanged for another role's.
    private Counts structure(String name) {
        Counts counts = NONE;
        String text = new String(repository.file(name), UTF_8);
        for (String mutant : TreeMutations.of(text)) {
            counts = counts.plus(judge(name, mutant.getBytes(UTF_8), "tree: " + mutant));
        }
        for (String other : metadataFiles()) {
            if (!other.equals(name)) {
                counts = counts.plus(judge(name, repository.file(other), "is " + other));
            }
        }
        return counts;
    }

    private Counts judge(String name, byte[] mutant, String what) {
        SimulatedHost host =
                new SimulatedHost(
                        (address, offset, max) ->
                                address.endsWith("/" + name)
                                        ? Optional.of(served(mutant, max))
                                        : untouched(address, max),
                        repository.firstRoot());
        try {
            host.refresh().find(PATH);
        } catch (UntrustedException e) {
            return new Counts(1, 0, 0, List.of());
        }
        String role = name.replaceAll("^\\d+\\.|\\.json$", "");
        boolean same = Arrays.equals(signed(host.trusted.get(role)), signedContent.get(name));
        return new Counts(
                1, same ? 0 : 1, same ? 1 : 0, same ? List.of() : List.of(name + ": " + what));
    }

    private static Arriving served(byte[] bytes, long max) {
        return new Arriving(0, new LimitedInputStream(new ByteArrayInputStream(bytes), max));
    }

    /// The simulator logs requests and is not made for many threads.
    private Optional<Arriving> untouched(String address, long max) {
        byte[] bytes =
                repository.files.get(
                        address.startsWith(ReleaseRepositorySimulator.METADATA)
                                ? address.substring(ReleaseRepositorySimulator.METADATA.length())
                                : "targets/"
                                        + address.substring(
                                                ReleaseRepositorySimulator.TARGETS.length()));
        return Optional.ofNullable(bytes).map(found -> served(found, max));
    }

    /// Every byte of the bundle changed, one at a time.
    private Counts bundle(int first, int slices) {
        String name =
                repository.files.keySet().stream()
                        .filter(file -> file.matches("targets/.*/[0-9a-f]{64}\\..*"))
                        .findFirst()
                        .orElseThrow();
        byte[] bundle = repository.file(name);
        SimulatedHost host =
                new SimulatedHost(
                        (address, offset, max) ->
                                address.startsWith(ReleaseRepositorySimulator.TARGETS)
                                        ? Optional.of(served(bundle, max))
                                        : untouched(address, max),
                        repository.firstRoot());
        TufClient client = host.refresh();
        Target target = client.find(PATH).orElseThrow();
        Counts counts = NONE;
        for (long at = (long) first * step; at < bundle.length; at += (long) slices * step) {
            bundle[(int) at] ^= (byte) (1 << (at % 8));
            long accepted = 0;
            try {
                client.read(target, bundle.length);
                accepted = 1;
            } catch (UntrustedException e) {
                // as it must be
            }
            bundle[(int) at] ^= (byte) (1 << (at % 8));
            counts =
                    counts.plus(
                            new Counts(
                                    1,
                                    accepted,
                                    0,
                                    accepted == 0 ? List.of() : List.of("bundle byte " + at)));
        }
        return counts;
    }
}
