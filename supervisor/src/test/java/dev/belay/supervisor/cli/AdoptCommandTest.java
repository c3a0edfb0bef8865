package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.supervisor.testing.VendorSite;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.testing.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `supervisor adopt`, `install` and their answer file, against a vendor's server.
class AdoptCommandTest {
    @TempDir Path directory;
    private VendorSite site;
    private Path installed;
    private Path home;
    private Path answers;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aShopUnpackedByHand() throws Exception {
        site = new VendorSite(Files.createDirectory(directory.resolve("vendor")));
        site.publish("1.0.0", "none", "ok");
        site.publish("2.0.0", "1.0.0", "ok");
        installed = directory.resolve("opt");
        home = directory.resolve("home");
        DurableFiles.copyTree(
                site.bundles().resolveSibling("tree-1.0.0"),
                installed,
                CopyFilter.ALL,
                CopyVisitor.NONE);
        Path properties = installed.resolve("conf/shop.properties");
        Files.writeString(
                properties,
                Files.readString(properties).replace("port=1", "port=" + FreePort.next()));
        answers = directory.resolve("answers.yaml");
        Files.writeString(
                answers,
                """
                directory: %s
                home: %s
                server: "%s"
                product: shop
                root: %s
                """
                        .formatted(installed, home, site.uri(), site.root()));
    }

    @AfterEach
    void nothingIsLeftRunning() {
        if (Files.exists(home)) {
            new ShopHost(home, site.bundles()).stop();
        }
        site.close();
    }

    @Test
    void oneAnswerFileAdoptsAndOneCommandUndoes() throws Exception {
        SortedMap<String, String> asItWas = image();
        assertThat(run("adopt", "--answers", answers.toString(), "--dry-run")).isZero();
        assertThat(out.toString())
                .contains(installed + " is shop 1.0.0", "configuration: conf", "data: data");
        assertThat(image()).isEqualTo(asItWas);

        assertThat(run("adopt", "--answers=" + answers, "--yes")).isZero();
        assertThat(out.toString())
                .contains(
                        "shop 1.0.0 is adopted in " + home + " and healthy", "supervisor unadopt");
        ShopHost host = new ShopHost(home, site.bundles());
        host.visit(1);
        assertThat(run("update", "--yes", "--home=" + home)).isZero();
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(run("unadopt", "--home=" + home)).isEqualTo(ExitCode.REFUSED.status());
        assertThat(run("rollback", "--yes", "--home=" + home)).isZero();
        assertThat(run("unadopt", "--home=" + home)).isZero();
        assertThat(out.toString()).contains("start it as before", "is kept in " + home);
        assertThat(new Home(home).installed()).isEmpty();
        assertThat(TreeImage.of(installed, _ -> true))
                .isEqualTo(new java.util.TreeMap<>(below(asItWas, "opt")));
    }

    private static SortedMap<String, String> below(SortedMap<String, String> all, String tree) {
        SortedMap<String, String> below = new java.util.TreeMap<>();
        all.forEach((path, what) -> {
            if (path.equals(tree) || path.startsWith(tree + "/")) {
                below.put(path.equals(tree) ? "" : path.substring(tree.length() + 1), what);
            }
        });
        return below;
    }

    @Test
    void theSameFileInstalls() throws Exception {
        assertThat(run("install", "--answers", answers.toString(), "--version=1.0.0", "--no-start"))
                .isZero();
        assertThat(out.toString()).contains("shop 1.0.0 is installed in " + home);
        assertThat(run("adopt", "--answers", answers.toString(), "--yes"))
                .isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("1.0.0 is installed in this home already");
    }

    @Test
    void aWrongAnswerIsNamedWithItsPlace() throws Exception {
        Files.writeString(answers, "chanel: beta\nno-start: [1]\n");
        assertThat(run("install", "--answers", answers.toString()))
                .isEqualTo(ExitCode.USAGE.status());
        assertThat(err.toString())
                .contains("answers.yaml:1:1: chanel: no option of supervisor install is called")
                .contains("answers.yaml:2:11: no-start: must be a plain value");
        Files.writeString(answers, "home: " + home + "\n");
        assertThat(run("install", "--answers", answers.toString()))
                .isEqualTo(ExitCode.USAGE.status());
        assertThat(err.toString()).contains("--server");
        assertThat(home).doesNotExist();
    }

    @Test
    void anInstallationInTheWayOfANewHomeIsToBeAdopted() throws Exception {
        assertThat(run("install", "--answers", answers.toString(), "--home=" + installed))
                .isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString())
                .contains("is not empty", "supervisor adopt " + installed + " --home DIR");
        assertThat(run("adopt", "--answers", answers.toString(), "--home=" + installed + "/home"))
                .isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("would lie in what is adopted");
        assertThat(installed.resolve("home")).doesNotExist();
        assertThat(installed.resolve(".supervisor")).doesNotExist();
    }

    private SortedMap<String, String> image() throws IOException {
        return TreeImage.of(directory, path -> !path.startsWith("vendor"));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int status = line.execute(words);
        Stream.of(out, err).forEach(text -> System.out.print(text));
        return status;
    }
}
