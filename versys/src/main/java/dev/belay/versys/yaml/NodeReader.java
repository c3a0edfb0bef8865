package dev.belay.versys.yaml;

import dev.belay.versys.yaml.YamlNode.Mapping;
import dev.belay.versys.yaml.YamlNode.Pair;
import dev.belay.versys.yaml.YamlNode.Scalar;
import dev.belay.versys.yaml.YamlNode.ScalarType;
import dev.belay.versys.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// Builds nodes from the parser's events. Works on events and not on snakeyaml's own composed tree
/// because only events still show tags and aliases as written, and because depth can be limited
/// before anything recurses.
final class NodeReader {
    private static final int MAX_DEPTH = 64;
    private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

    private final Problems problems;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    /// The single document of the text; empty if there is none or it is unusable.
    Optional<YamlNode> read(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(YamlDocument.MAX_BYTES)
                        .setUseMarks(true)
                        .build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        Optional<YamlNode> document = Optional.empty();
        boolean seen = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() != Event.ID.DocumentStart) {
                continue;
            }
            if (seen) {
                problem(event, "", "a second document starts here", "keep one document per file");
                return Optional.empty();
            }
            seen = true;
            document = node(events.next(), events, "", 0);
        }
        return document;
    }

    private Optional<YamlNode> node(
            Event event, Iterator<Event> events, String pointer, int depth) {
        refuseDecoration(event, pointer);
        if (event instanceof ScalarEvent scalar) {
            return Optional.of(scalar(scalar, pointer));
        }
        if (!(event instanceof CollectionStartEvent)) {
            return Optional.empty();
        }
        if (depth >= MAX_DEPTH) {
            problem(event, pointer, "nested deeper than " + MAX_DEPTH, "flatten the document");
            skip(events);
            return Optional.empty();
        }
        return Optional.of(
                event instanceof MappingStartEvent
                        ? mapping(event, events, pointer, depth)
                        : sequence(event, events, pointer, depth));
    }

    private Mapping mapping(Event start, Iterator<Event> events, String pointer, int depth) {
        List<Pair> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.MappingEnd;
                event = events.next()) {
            if (!(event instanceof ScalarEvent)) {
                problem(event, pointer, "a key must be plain text", "write key: value");
            }
            Optional<YamlNode> key = node(event, events, pointer, depth + 1);
            String name = key.isPresent() && key.get() instanceof Scalar it ? it.text() : "?";
            String below = pointer.isEmpty() ? name : pointer + "." + name;
            Optional<YamlNode> value = node(events.next(), events, below, depth + 1);
            if (!(key.isPresent() && key.get() instanceof Scalar found) || value.isEmpty()) {
                continue;
            }
            Scalar place =
                    new Scalar(found.line(), found.column(), below, found.text(), found.type());
            if (names.add(name)) {
                entries.add(new Pair(place, value.get()));
            } else {
                problems.at(place, "the key is there twice", "keep one of them");
            }
        }
        Mark mark = mark(start);
        return new Mapping(mark.getLine() + 1, mark.getColumn() + 1, pointer, entries);
    }

    private Sequence sequence(Event start, Iterator<Event> events, String pointer, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.SequenceEnd;
                event = events.next()) {
            node(event, events, pointer + "[" + items.size() + "]", depth + 1)
                    .ifPresent(items::add);
        }
        Mark mark = mark(start);
        return new Sequence(mark.getLine() + 1, mark.getColumn() + 1, pointer, items);
    }

    private static Scalar scalar(ScalarEvent event, String pointer) {
        Mark mark = mark(event);
        return new Scalar(
                mark.getLine() + 1,
                mark.getColumn() + 1,
                pointer,
                event.getValue(),
                event.isPlain() ? type(event.getValue()) : ScalarType.TEXT);
    }

    private static ScalarType type(String plain) {
        Tag tag = RESOLVER.resolve(plain, true);
        if (tag.equals(Tag.INT)) {
            return ScalarType.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarType.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarType.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? ScalarType.NULL : ScalarType.TEXT;
    }

    private void refuseDecoration(Event event, String pointer) {
        if (event instanceof AliasEvent) {
            problem(event, pointer, "aliases are not allowed", "write the value out");
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problem(event, pointer, "anchors are not allowed", "remove it");
        }
        boolean tagged =
                event instanceof ScalarEvent scalar
                        ? scalar.getTag().isPresent()
                        : event instanceof CollectionStartEvent start && start.getTag().isPresent();
        if (tagged) {
            problem(event, pointer, "tags are not allowed", "remove it");
        }
    }

    /// Passes over the rest of the collection that has just started.
    private static void skip(Iterator<Event> events) {
        for (int open = 1; open > 0; ) {
            switch (events.next().getEventId()) {
                case MappingStart, SequenceStart -> open++;
                case MappingEnd, SequenceEnd -> open--;
                default -> {}
            }
        }
    }

    private void problem(Event event, String pointer, String message, String fix) {
        Mark mark = mark(event);
        problems.add(
                new YamlProblem(mark.getLine() + 1, mark.getColumn() + 1, pointer, message, fix));
    }

    private static Mark mark(Event event) {
        return event.getStartMark()
                .orElseThrow(() -> new IllegalStateException("marks are switched on"));
    }
}
