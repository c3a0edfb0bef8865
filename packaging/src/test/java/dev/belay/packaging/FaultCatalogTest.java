package dev.belay.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/faults.md` promises behaviour and names the tests that provoke it. A promise without its
/// test is a defect.
class FaultCatalogTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d\\d) \\|.*\\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /// The areas of the catalogue and how many rows each has.
    private static final Map<String, Integer> AREAS =
            Map.ofEntries(
                    Map.entry("T", 20),
                    Map.entry("A", 16),
                    Map.entry("P", 6),
                    Map.entry("C", 13),
                    Map.entry("D", 14),
                    Map.entry("B", 11),
                    Map.entry("M", 8),
                    Map.entry("H", 5),
                    Map.entry("N", 6),
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
            Matcher named = TEST.matcher(tests);
            if (!named.find()) {
                defects.add(id + " names no `Class.method`: " + tests);
                return;
            }
            do {
                String source = sources.getOrDefault(named.group(1), "");
                if (!source.contains("void " + named.group(2) + "(")) {
                    defects.add(id + " names a test that is not there: " + named.group());
                }
            } while (named.find());
        });
        assertThat(defects).isEmpty();
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
