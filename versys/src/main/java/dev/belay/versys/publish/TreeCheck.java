package dev.belay.versys.publish;

import dev.belay.versys.release.Layout;
import dev.belay.versys.yaml.NearestWord;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.YamlDocument;
import dev.belay.versys.yaml.YamlNode;
import dev.belay.versys.yaml.YamlNode.Mapping;
import dev.belay.versys.yaml.YamlNode.Scalar;
import dev.belay.versys.yaml.YamlNode.Sequence;
import dev.belay.versys.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a tree has what its release.yaml names: otherwise hosts would find out.
final class TreeCheck {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    private static final Pattern CONFIG_VALUE = Pattern.compile("\\{config:([^:}]+):");
    private static final int MAX_PORT = 65535;
    private final Mapping root;
    private final Layout layout;
    private final Path tree;
    private final Problems problems = new Problems();

    private TreeCheck(Mapping root, Layout layout, Path tree) {
        this.root = root;
        this.layout = layout;
        this.tree = tree;
    }

    /// @param document a release.yaml that is right by itself
    /// @throws TreeMismatchException with everything that is not there, in its place
    static void require(YamlDocument document, Layout layout, Path tree) {
        TreeCheck check = new TreeCheck(document.root().orElseThrow(), layout, tree);
        check.paths();
        check.programs();
        check.at("health").ifPresent(check::health);
        check.urls();
        List<YamlProblem> found = check.problems.inFileOrder();
        if (!found.isEmpty()) {
            throw new TreeMismatchException(document.source(), found);
        }
    }

    private void paths() {
        for (Scalar path : items(at("layout", "config"))) {
            // a configuration file that is not shipped has no default to merge with
            if (!Files.exists(place(path)) || otherKind(path)) {
                missing("layout.config", path);
            }
        }
        for (Scalar path : items(at("layout", "data"))) {
            // data may well be made by the product itself; what looks like a slip is refused
            Optional<String> near =
                    Files.exists(place(path))
                            ? Optional.empty()
                            : NearestWord.of(name(path), names(name(path)));
            if (Files.exists(place(path)) ? otherKind(path) : near.isPresent()) {
                missing("layout.data", path);
            }
        }
    }

    private static List<Scalar> items(Optional<YamlNode> list) {
        return list.filter(Sequence.class::isInstance).map(Sequence.class::cast).stream()
                .flatMap(sequence -> sequence.items().stream())
                .map(item ->
                        item instanceof Mapping pairs ? pairs.value("path").orElse(item) : item)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .toList();
    }

    private static String name(Scalar path) {
        return path.text().replaceFirst("/$", "");
    }

    private Path place(Scalar path) {
        return tree.resolve(name(path));
    }

    private boolean otherKind(Scalar path) {
        return path.text().endsWith("/") != Files.isDirectory(place(path));
    }

    /// What the author may have meant: the same first letter, and no path that is declared itself.
    private List<String> names(String slip) {
        try (Stream<Path> entries = Files.list(tree)) {
            return entries.map(entry -> tree.relativize(entry).toString())
                    .filter(name -> name.charAt(0) == slip.charAt(0))
                    .filter(name -> layout.configOf(name).isEmpty() && !layout.isData(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + tree, e);
        }
    }

    private void missing(String key, Scalar path) {
        problems.at(
                path,
                key
                        + " names \""
                        + path.text()
                        + "\", which is not a "
                        + (path.text().endsWith("/") ? "directory" : "file")
                        + " in "
                        + tree,
                "correct it (a directory ends in /), or add it to the tree");
    }

    private void programs() {
        at("service", "run").ifPresent(this::program);
        at("hooks")
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .ifPresent(hooks -> hooks.entries().forEach(hook -> program(hook.value())));
    }

    /// A name without a slash may be one on PATH; what is in data or scratch may be made later.
    private void program(YamlNode command) {
        List<Scalar> words = items(Optional.of(command));
        if (words.isEmpty()) {
            return;
        }
        Scalar program = words.getFirst();
        String path = program.text();
        Path file = tree.resolve(path);
        boolean shipped =
                path.indexOf('/') > 0
                        && layout.configOf(path).isEmpty()
                        && !layout.isData(path)
                        && !layout.isScratch(path);
        if (shipped && !Files.isRegularFile(file)) {
            problems.at(
                    program,
                    "the program \"" + path + "\" is not in " + tree,
                    "correct the path, or add it to the tree");
        } else if (shipped && !Files.isExecutable(file)) {
            problems.at(
                    program,
                    "the program \"" + path + "\" may not be executed",
                    "chmod +x " + file);
        }
    }

    private void health(YamlNode node) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> health(entry.value()));
            case Sequence sequence -> sequence.items().forEach(this::health);
            case Scalar scalar -> {
                Matcher value = CONFIG_VALUE.matcher(scalar.text());
                while (value.find()) {
                    if (!Files.isRegularFile(tree.resolve(value.group(1)))) {
                        problems.at(
                                scalar,
                                "the file "
                                        + value.group(1)
                                        + " of a placeholder is not in "
                                        + tree,
                                "correct the path, or add it to the tree");
                    }
                }
            }
        }
    }

    private void urls() {
        at("health", "http").ifPresent(this::url);
        at("upgrade", "conditions")
                .filter(Sequence.class::isInstance)
                .map(Sequence.class::cast)
                .ifPresent(conditions -> {
                    for (YamlNode condition : conditions.items()) {
                        if (condition instanceof Mapping pairs) {
                            pairs.value("url").ifPresent(this::url);
                        }
                    }
                });
    }

    /// What a placeholder stands for cannot be known here, nor what follows one at the beginning.
    private void url(YamlNode node) {
        if (node instanceof Scalar scalar && !scalar.text().startsWith("{") && !usable(scalar)) {
            problems.at(
                    scalar,
                    "\"" + scalar.text() + "\" is no http or https URL",
                    "write for example https://example.org/page");
        }
    }

    private static boolean usable(Scalar scalar) {
        try {
            URI url = new URI(PLACEHOLDER.matcher(scalar.text()).replaceAll("1"));
            return url.getScheme() != null
                    && url.getScheme().matches("https?")
                    && url.getHost() != null
                    && url.getPort() <= MAX_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Optional<YamlNode> at(String... keys) {
        Optional<YamlNode> node = Optional.of(root);
        for (String key : keys) {
            node =
                    node.filter(Mapping.class::isInstance)
                            .flatMap(mapping -> ((Mapping) mapping).value(key));
        }
        return node;
    }
}
