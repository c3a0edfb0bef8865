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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A vendor of `shop` alone, with channels `dev` and `stable` in a directory, and a host.
abstract class VendorCommands {
    @TempDir Path directory;
    Path vendor;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void init() {
        vendor = directory.resolve("vendor");
        assertThat(
                        versys(
                                "init",
                                "--product",
                                "shop",
                                "--channel",
                                "dev",
                                "--channel",
                                "stable",
                                "--to",
                                directory.resolve("web").toString(),
                                "--solo",
                                "--no-passphrase"))
                .isZero();
    }

    final int versys(String command, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of(more));
        args.addAll(List.of("--dir", vendor.toString()));
        return line.execute(args.toArray(String[]::new));
    }

    final int versysAs(Path person, String command, String... more) {
        Path before = vendor;
        vendor = person;
        try {
            return versys(command, more);
        } finally {
            vendor = before;
        }
    }

    final Path bundle(String version, String from, String content) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree-" + version + content));
        Files.writeString(tree.resolve("program"), content);
        String yaml =
                """
                product: shop
                version: %s
                platform: any
                upgrade:
                  from: "%s"
                """
                        .formatted(version, from);
        Path bundle = directory.resolve("shop-" + version + content + ".tgz");
        new BundleWriter(
                        tree,
                        yaml.getBytes(UTF_8),
                        Optional.of("**new**".getBytes(UTF_8)),
                        path -> FileClass.PROGRAM)
                .writeTo(bundle);
        return bundle;
    }

    final TargetSource host() throws Exception {
        Path store = directory.resolve("store");
        if (Files.notExists(store)) {
            Repositories.trust(store, Files.readAllBytes(vendor.resolve("root.json")));
        }
        TargetSource host =
                Repositories.open(
                        RepositoryLocation.below(directory.resolve("web").toUri()),
                        store,
                        InstantSource.system());
        host.refresh();
        return host;
    }

    final Channel channel(String name) throws Exception {
        TargetSource host = host();
        return Channel.parse(
                host.read(host.find("shop/channels/" + name + ".json").orElseThrow(), 1_000_000));
    }
}
