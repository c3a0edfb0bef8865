package dev.belay.supervisor.products;

import dev.belay.supervisor.status.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A product as its makers publish it, and how it is used.
interface RealProduct {
    /// Its name in release.yaml.
    String name();

    /// The release that hosts have and the real one after it.
    List<String> versions();

    /// The steps that its update is killed in if not in all.
    Set<Step> steps();

    /// Makes the tree that its vendor would pack, of what was fetched.
    void unpack(String version, Path tree) throws Exception;

    /// What its admin changes after the installation: its ports, and something of their own.
    ///
    /// @param conf the live configuration
    /// @param port where it is to take requests
    void edit(Path conf, int port) throws IOException;

    /// Whether what the admin changed is there.
    boolean edited(Path conf, int port) throws IOException;

    /// Whether the configuration has what only the newer release's default has.
    boolean migrated(Path conf) throws IOException;

    /// What supervisor.yaml says for it, line by line.
    List<String> settings(int port);

    /// Which version answers.
    String version(int port) throws IOException, InterruptedException;

    /// Gives it something to keep; returns once the product has said yes.
    ///
    /// @throws IOException if it did not
    void put(int port, String item) throws IOException, InterruptedException;

    /// All that it keeps.
    Set<String> items(int port) throws IOException, InterruptedException;

    /// The release.yaml of docs/products.md, for any version of it.
    ///
    /// @param from range of the versions that may be updated to it
    default String releaseYaml(String version, String from) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "products.md"));
        Matcher block =
                Pattern.compile("(?s)```yaml\n(product: " + name() + "\n.*?)```").matcher(page);
        if (!block.find()) {
            throw new IllegalStateException("docs/products.md has no release.yaml of " + name());
        }
        return block.group(1)
                .replaceFirst("(?m)^version: .*$", "version: " + version)
                .replaceFirst("(?m)^upgrade: .*$", "upgrade: {from: \"" + from + "\"}");
    }

    /// Changes a file, in which the text must be.
    static void replace(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(old)) {
            throw new IllegalStateException(file + " has no " + old);
        }
        Files.writeString(file, text.replace(old, now));
    }
}
