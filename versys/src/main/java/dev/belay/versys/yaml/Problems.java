package dev.belay.versys.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects every problem of one document, so that an author sees all of them at once.
public final class Problems {
    private final List<YamlProblem> found = new ArrayList<>();

    /// Adds a problem at a node.
    public void at(YamlNode node, String message, String fix) {
        found.add(new YamlProblem(node.line(), node.column(), node.pointer(), message, fix));
    }

    /// Adds a problem at a place that has no node.
    public void add(YamlProblem problem) {
        found.add(problem);
    }

    /// Whether nothing was found.
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// Everything found, in file order.
    public List<YamlProblem> inFileOrder() {
        if (found.isEmpty()) {
            return List.of(); // nearly always; a comparator costs more to link than a file to read
        }
        return found.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt(YamlProblem::line)
                                .thenComparingInt(YamlProblem::column))
                .toList();
    }
}
