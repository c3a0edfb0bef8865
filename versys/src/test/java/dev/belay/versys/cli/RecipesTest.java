package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every document and every answer in `docs/recipes.md` is what the command says, and the linter
/// finds no fault in the documents.
class RecipesTest {
    private static final Pattern RECIPE =
            Pattern.compile(
                    "^## ([^\n]*)\n.*?```json\n(.*?)```\n```plan\n(.*?)```",
                    Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir Path directory;

    @TestFactory
    Stream<DynamicTest> recipes() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "recipes.md"));
        List<DynamicTest> tests = new ArrayList<>();
        Matcher recipe = RECIPE.matcher(page);
        while (recipe.find()) {
            Path file = directory.resolve(tests.size() + ".json");
            Files.writeString(file, recipe.group(2));
            recipe.group(3)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line ->
                            tests.add(
                                    DynamicTest.dynamicTest(
                                            recipe.group(1) + ": " + line,
                                            () -> check(file, line))));
        }
        assertThat(tests).hasSizeGreaterThan(25);
        return tests.stream();
    }

    private static void check(Path file, String line) {
        String[] halves = line.split("=>");
        List<String> arguments =
                new ArrayList<>(List.of("plan", "--channel-file", file.toString(), "--json"));
        arguments.addAll(List.of(halves[0].strip().split(" +")));
        JsonNode answer = JsonMapper.shared().readTree(run(0, arguments));
        List<String> said = new ArrayList<>(List.of(answer.get("outcome").asString()));
        if (said.getFirst().equals("path")) {
            answer.get("hops").forEach(hop -> said.add(hop.get("version").asString()));
        } else {
            assertThat(answer.get("reasons")).isNotEmpty();
        }
        assertThat(String.join(" ", said)).isEqualTo(halves[1].strip());
    }

    static String run(int status, List<String> arguments) {
        StringWriter out = new StringWriter();
        var line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        int actual = line.execute(arguments.toArray(String[]::new));
        assertThat(actual).as("%s%n%s", arguments, out).isEqualTo(status);
        return out.toString();
    }
}
