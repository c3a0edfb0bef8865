package dev.belay.versys.picture;

import dev.belay.versys.picture.ChannelDrawing.Arrow;
import dev.belay.versys.picture.ChannelDrawing.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts runs of releases together that nobody needs to see one by one: neighbours of a series about
/// which nothing is to be said, and which all have the same next hop, or each the one after it.
final class Folding {
    /// Fewer are drawn as they are.
    private static final int FEWEST = 3;

    private final Map<String, String> next = new HashMap<>();
    private final Map<String, Integer> incoming = new HashMap<>();
    private final Set<String> noted = new HashSet<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Folding(ChannelDrawing drawing) {
        for (Arrow arrow : drawing.arrows()) {
            if (arrow.kind().equals("next")) {
                next.put(arrow.from(), arrow.to());
                incoming.merge(arrow.to(), 1, Integer::sum);
            } else {
                noted.add(arrow.from());
                noted.add(arrow.to());
            }
        }
    }

    static ChannelDrawing fold(ChannelDrawing drawing) {
        Folding folding = new Folding(drawing);
        Map<String, List<Node>> lanes = new LinkedHashMap<>();
        drawing.nodes()
                .forEach(node ->
                        lanes.computeIfAbsent(node.lane(), _ -> new ArrayList<>()).add(node));
        lanes.values().forEach(folding::lane);
        Set<Arrow> arrows = new LinkedHashSet<>();
        for (Arrow arrow : drawing.arrows()) {
            String from = folding.names.getOrDefault(arrow.from(), arrow.from());
            String to = folding.names.getOrDefault(arrow.to(), arrow.to());
            if (!from.equals(to)) {
                arrows.add(new Arrow(from, to, arrow.kind(), arrow.words()));
            }
        }
        return new ChannelDrawing(drawing.title(), folding.nodes, List.copyOf(arrows));
    }

    private void lane(List<Node> lane) {
        List<Node> run = new ArrayList<>();
        for (Node node : lane) {
            if (!run.isEmpty() && !joins(run, node)) {
                end(run);
            }
            run.add(node);
        }
        end(run);
    }

    private boolean joins(List<Node> run, Node node) {
        Node last = run.getLast();
        if (!isPlain(last) || !isPlain(node)) {
            return false;
        }
        boolean follows = node.version().equals(next.get(last.version()));
        boolean alike =
                !isTarget(last)
                        && !isTarget(node)
                        && next.getOrDefault(last.version(), "")
                                .equals(next.getOrDefault(node.version(), ""));
        boolean chain = run.size() > 1 && isTarget(last);
        return run.size() == 1 ? follows || alike : chain ? follows : alike;
    }

    private boolean isTarget(Node node) {
        return incoming.containsKey(node.version());
    }

    private boolean isPlain(Node node) {
        return node.kind().equals("release")
                && node.share() >= 1
                && node.words().isEmpty()
                && !noted.contains(node.version())
                && incoming.getOrDefault(node.version(), 0) <= 1;
    }

    private void end(List<Node> run) {
        if (run.size() < FEWEST) {
            nodes.addAll(run);
        } else {
            Node first = run.getFirst();
            String name = first.version() + " … " + run.getLast().version();
            List<String> versions = run.stream().map(Node::version).toList();
            versions.forEach(version -> names.put(version, name));
            nodes.add(
                    new Node(
                            name,
                            first.lane(),
                            "fold",
                            1,
                            run.stream().mapToInt(Node::hosts).sum(),
                            isTarget(run.getLast()) ? "one after the other" : "",
                            versions));
        }
        run.clear();
    }
}
