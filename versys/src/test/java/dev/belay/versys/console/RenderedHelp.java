package dev.belay.versys.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Holds the pages that a launcher shows against what the program itself answers.
public final class RenderedHelp {
    private RenderedHelp() {}

    /// Renders the help of a top command and compares every page with `--help`.
    ///
    /// @return the commands that have a page, as paths; the top one is empty
    public static List<String> check(Class<?> top, Path directory)
            throws IOException, ReflectiveOperationException {
        HelpPages.main(top.getName(), directory.toString());
        List<String> commands = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(directory)) {
            for (Path page : pages.filter(Files::isRegularFile).sorted().toList()) {
                Path command = directory.relativize(page.getParent());
                assertThat(page).hasContent(answer(top, command)).hasFileName("help.txt");
                commands.add(command.toString());
            }
        }
        return commands;
    }

    private static String answer(Class<?> top, Path command) throws ReflectiveOperationException {
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.toString()));
        words.removeIf(String::isEmpty);
        words.add("--help");
        StringWriter out = new StringWriter();
        String[] all = words.toArray(String[]::new);
        CommandLine line =
                CommandRunner.prepare(top.getDeclaredConstructor().newInstance(), false, all)
                        .setOut(new PrintWriter(out));
        assertThat(line.execute(all)).isZero();
        return out.toString();
    }
}
