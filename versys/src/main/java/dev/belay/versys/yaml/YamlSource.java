package dev.belay.versys.yaml;

import java.util.List;
import java.util.stream.Collectors;

/// The text of a document under its file name, to show problems at their place.
///
/// @param fileName as the reader knows it, for example `release.yaml`
/// @param lines the text, without line ends
public record YamlSource(String fileName, List<String> lines) {
    private static final int WIDEST = 160;

    public YamlSource {
        lines = List.copyOf(lines);
    }

    static YamlSource of(String fileName, String text) {
        return new YamlSource(fileName, text.lines().toList());
    }

    /// `file:line:column: pointer: message; fix`, then the source line and a caret below the place.
    public String render(YamlProblem problem) {
        String head =
                fileName + ":" + problem.line() + ":" + problem.column() + ": " + problem.words();
        if (problem.line() < 1 || problem.line() > lines.size()) {
            return head;
        }
        String line = lines.get(problem.line() - 1);
        int length = line.codePointCount(0, line.length());
        int before = Math.min(problem.column() - 1, length);
        if (before >= WIDEST) {
            return head;
        }
        String shown = line.substring(0, line.offsetByCodePoints(0, Math.min(length, WIDEST)));
        // tabs stay tabs, so that the caret stands where the terminal put the character
        String indent =
                line.codePoints()
                        .limit(before)
                        .mapToObj(point -> point == '\t' ? "\t" : " ")
                        .collect(Collectors.joining());
        return head + "\n  " + shown + "\n  " + indent + "^";
    }

    /// All problems, one after the other.
    public String render(List<YamlProblem> problems) {
        return problems.stream().map(this::render).collect(Collectors.joining("\n"));
    }
}
