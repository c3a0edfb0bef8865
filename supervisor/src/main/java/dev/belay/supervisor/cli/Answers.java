package dev.belay.supervisor.cli;

import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.YamlDocument;
import dev.belay.versys.yaml.YamlNode;
import dev.belay.versys.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// `--answers FILE`: options of a command from a YAML file, for many hosts at once. A key is the
/// name of an option without its dashes, so that whatever the command takes may stand there; `true`
/// is an option without a value. `directory` is what `adopt` adopts, so that one file serves
/// `install` and `adopt`. What follows on the command line wins.
final class Answers implements IParameterPreprocessor {
    private static final String DIRECTORY = "directory";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
            Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        List<String> given = new ArrayList<>(args);
        if (args.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--answers needs a file");
        }
        String file = args.pop();
        given.remove(given.size() - 1);
        Problems problems = new Problems();
        YamlDocument document = YamlDocument.parse(read(file, command), file);
        document.problems().forEach(problems::add);
        for (YamlNode.Pair pair :
                document.root().map(YamlNode.Mapping::entries).orElse(List.of())) {
            String name = "--" + pair.name();
            boolean known = command.optionsMap().containsKey(name) && !name.equals("--answers");
            if (!known && !pair.name().equals(DIRECTORY)) {
                problems.at(
                        pair.key(),
                        "no option of supervisor " + command.name() + " is called " + name,
                        "see supervisor " + command.name() + " --help");
            } else if (!(pair.value() instanceof YamlNode.Scalar scalar)) {
                problems.at(pair.value(), "must be a plain value", "write one value");
            } else if (pair.name().equals(DIRECTORY)) {
                if (!command.positionalParameters().isEmpty()) {
                    args.push(scalar.text());
                }
            } else if (given.stream().noneMatch(word -> word.split("=", 2)[0].equals(name))) {
                switch (scalar.text()) {
                    case "true" -> args.push(name);
                    case "false" -> {}
                    default -> args.push(name + "=" + scalar.text());
                }
            }
        }
        List<YamlProblem> found = problems.inFileOrder();
        if (!found.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), document.source().render(found).strip());
        }
        return true;
    }

    private static byte[] read(String file, CommandSpec command) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(), "The answers in " + file + " cannot be read.");
        }
    }
}
