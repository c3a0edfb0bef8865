package dev.belay.versys.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.graph.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// Somebody of the vendor of `shop` who types commands in a directory of his own, and hosts that
/// start from the root in it.
public final class VendorAtWork {
    private static final String CHANNEL = "shop/channels/stable.json";
    private final Path directory;
    private final String name;
    private String said = "";

    /// @param directory for everything that is not the repository
    public VendorAtWork(Path directory) {
        this(directory, "vendor");
    }

    /// @param name of who it is, and of the vendor's directory
    public VendorAtWork(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    public Path home() {
        return directory.resolve(name);
    }

    /// Runs a command that must end with 0.
    ///
    /// @return what it said
    public String must(String... words) {
        assertThat(versys(words)).as("%s: %s", String.join(" ", words), said).isZero();
        return said;
    }

    /// Runs a command with this vendor's directory.
    ///
    /// @return the exit status; [#said] has the words
    public int versys(String... words) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        List<String> all = new ArrayList<>(Arrays.asList(words));
        if (all.stream().noneMatch(word -> word.startsWith("--dir="))) {
            all.add("--dir=" + home());
        }
        int status = line.execute(all.toArray(String[]::new));
        said = out.toString();
        return status;
    }

    public String said() {
        return said;
    }

    /// A bundle for all platforms that every earlier version may take.
    public Path bundle(String version, byte[] program) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-" + version));
        Files.write(tree.resolve("program"), program);
        String yaml =
                "product: shop\nversion: %s\nplatform: any\nupgrade: {from: \"<%s\"}\n"
                        .formatted(version, version);
        Path bundle = directory.resolve("shop-" + version + ".tgz");
        new BundleWriter(tree, yaml.getBytes(UTF_8), Optional.empty(), _ -> FileClass.PROGRAM)
                .writeTo(bundle);
        return bundle;
    }

    public Path bundle(String version) throws IOException {
        return bundle(version, version.getBytes(UTF_8));
    }

    /// What a host sees: verifies the metadata, then downloads and verifies the newest bundle.
    ///
    /// @param host its name: a host keeps what it has seen
    /// @return the versions in `stable`
    public List<String> versions(URI repository, String host) throws IOException {
        TargetSource source = host(repository, host);
        Optional<TargetSource.Target> document = source.find(CHANNEL);
        if (document.isEmpty()) {
            return List.of();
        }
        List<String> versions =
                Channel.parse(source.read(document.get(), 1_000_000)).releases().stream()
                        .map(release -> release.version().text())
                        .toList();
        String newest = versions.getLast();
        Path file = directory.resolve(host).resolve(newest + ".tgz");
        source.download(
                source.find("shop/releases/%s/shop-%s-any.tgz".formatted(newest, newest))
                        .orElseThrow(),
                file,
                (done, total) -> {});
        Files.delete(file);
        return versions;
    }

    /// A host as it is after a refresh.
    public TargetSource host(URI repository, String host) throws IOException {
        Path state = directory.resolve(host).resolve("tuf");
        if (Files.notExists(state)) {
            Repositories.trust(
                    Files.createDirectories(state),
                    Files.readAllBytes(home().resolve("root.json")));
        }
        TargetSource source =
                Repositories.open(
                        RepositoryLocation.below(repository), state, InstantSource.system());
        source.refresh();
        return source;
    }
}
