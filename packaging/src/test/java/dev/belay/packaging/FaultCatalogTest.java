package dev.belay.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/faults.md` and `docs/trust.md` promise behaviour and name the tests that provoke it. A
/// promise without its test is a defect.
class FaultCatalogTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d\\d) \\|.*\\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    /// The areas of the catalogue and how many rows each has.
    private static final Map<String, Integer> AREAS =
            Map.ofEntries(
                    Map.entry("T", 22),
                    Map.entry("A", 16),
                    Map.entry("P", 6),
                    Map.entry("C", 15),
                    Map.entry("D", 14),
                    Map.entry("B", 11),
                    Map.entry("M", 8),
                    Map.entry("H", 7),
                    Map.entry("K", 4),
                    Map.entry("N", 8),
                    Map.entry("S", 16),
                    Map.entry("R", 4));

    @Test
    void everyRowNamesTestsThatExistOrIsMarkedLater() throws IOException {
        Map<String, String> sources = testSources();
        List<String> defects = new ArrayList<>();
        rows().forEach((id, tests) -> {
            if (tests.equals("later")) {
                return;
            }
            if (!TEST.matcher(tests).find()) {
                defects.add(id + " names no `Class.method`: " + tests);
            }
            missing(tests, sources).forEach(name -> defects.add(id + " names " + name));
        });
        assertThat(defects).isEmpty();
    }

    @Test
    void everyTestThatThePageOnTrustNamesExists() throws IOException {
        String page = Files.readString(PROJECT.resolve("docs/trust.md"));
        assertThat(TEST.matcher(page).results()).hasSizeGreaterThan(10);
        assertThat(missing(page, testSources())).isEmpty();
    }

    /// The tests that a text names and that are not there.
    private static List<String> missing(String text, Map<String, String> sources) {
        return TEST.matcher(text)
                .results()
                .filter(named ->
                        !sources.getOrDefault(named.group(1), "")
                                .contains(" " + named.group(2) + "("))
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void noRowOfTheCatalogueIsMissing() throws IOException {
        List<String> expected = new ArrayList<>();
        AREAS.forEach((area, count) -> {
            for (int number = 1; number <= count; number++) {
                expected.add("%s%02d".formatted(area, number));
            }
        });
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new HashMap<>();
        for (String line : Files.readAllLines(PROJECT.resolve("docs/faults.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2).strip());
            }
        }
        return rows;
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("packaging", "versys", "supervisor", "update-server")) {
            Path tests = PROJECT.resolve(module).resolve("src/test/java");
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
