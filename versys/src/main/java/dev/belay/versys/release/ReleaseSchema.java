package dev.belay.versys.release;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.belay.versys.yaml.YamlNode;
import dev.belay.versys.yaml.YamlNode.Mapping;
import dev.belay.versys.yaml.YamlNode.Scalar;
import dev.belay.versys.yaml.YamlNode.Sequence;
import dev.belay.versys.yaml.YamlProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The published JSON Schema of release.yaml (draft 2020-12), loaded at its first use.
final class ReleaseSchema {
    private static final String RESOURCE = "release.schema.json";

    private ReleaseSchema() {}

    private static final class Loaded {
        static final Schema SCHEMA = load();

        private static Schema load() {
            try (InputStream in = ReleaseSchema.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(RESOURCE + " is not in the program");
                }
                String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(json, InputFormat.JSON);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// What the schema refuses at places where nothing is known to be wrong yet.
    static List<YamlProblem> check(Mapping root, List<YamlProblem> known) {
        List<YamlProblem> found = new ArrayList<>();
        for (Error error : Loaded.SCHEMA.validate(json(root))) {
            YamlNode node = locate(root, error.getInstanceLocation());
            boolean silent =
                    known.stream().noneMatch(problem -> related(problem.pointer(), node.pointer()));
            if (silent) {
                found.add(
                        new YamlProblem(
                                node.line(),
                                node.column(),
                                node.pointer(),
                                error.getMessage(),
                                "see docs/format/release.md"));
            }
        }
        return found;
    }

    /// Whether one place lies in the other: the schema reports a wrong item also at its list.
    private static boolean related(String a, String b) {
        return a.startsWith(b) || b.startsWith(a);
    }

    private static YamlNode locate(YamlNode root, NodePath path) {
        YamlNode at = root;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            switch (at) {
                case Mapping mapping -> at = mapping.value(String.valueOf(step)).orElse(at);
                case Sequence sequence -> {
                    int index = Integer.parseInt(String.valueOf(step));
                    at = index < sequence.items().size() ? sequence.items().get(index) : at;
                }
                case Scalar _ -> {
                    return at;
                }
            }
        }
        return at;
    }

    private static JsonNode json(YamlNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (node) {
            case Mapping mapping -> {
                ObjectNode object = factory.objectNode();
                mapping.entries().forEach(e -> object.set(e.name(), json(e.value())));
                yield object;
            }
            case Sequence sequence -> {
                ArrayNode array = factory.arrayNode();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Scalar scalar -> scalar(scalar, factory);
        };
    }

    private static JsonNode scalar(Scalar scalar, JsonNodeFactory factory) {
        return switch (scalar.type()) {
            case TEXT -> factory.stringNode(scalar.text());
            case BOOLEAN -> factory.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NULL -> factory.nullNode();
            case INTEGER ->
                    scalar.text().matches("[-+]?[0-9]{1,100}")
                            ? factory.numberNode(new BigInteger(scalar.text()))
                            : factory.numberNode(0L);
            // only its being a fraction matters to the schema; .inf has no JSON form
            case DECIMAL -> factory.numberNode(new BigDecimal("0.5"));
        };
    }
}
