package dev.belay.versys.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What `versys init` asks at a terminal for what was not said on the command line.
final class InitQuestions {
    static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private final Function<String, Optional<String>> ask;
    private final PrintWriter out;

    /// @param ask prints a prompt and reads a line; empty at the end of input
    /// @param out for words about answers that do not fit
    InitQuestions(Function<String, Optional<String>> ask, PrintWriter out) {
        this.ask = ask;
        this.out = out;
    }

    /// The answer of somebody who went away.
    static final class EndedException extends RuntimeException {
        EndedException() {
            super("the input ended");
        }
    }

    String product() {
        while (true) {
            String name = answer("What is the product called? ");
            if (isName(name)) {
                return name;
            }
        }
    }

    List<String> channels() {
        while (true) {
            String line = answer("Which channels does it have, stablest last? [dev stable] ");
            List<String> names =
                    line.isEmpty()
                            ? List.of("dev", "stable")
                            : Arrays.asList(line.split("[\\s,]+"));
            if (names.stream().allMatch(this::isName)) {
                return names;
            }
        }
    }

    /// The update server's address; empty for a directory that is named when something is
    /// published.
    Optional<String> server() {
        while (true) {
            String address =
                    answer("Address of the update server (nothing: a directory, chosen later): ");
            if (address.isEmpty() || address.matches("https?://[^\\s/]+.*")) {
                return Optional.of(address).filter(text -> !text.isEmpty());
            }
            out.println("An address begins with http:// or https://.");
        }
    }

    boolean solo() {
        String answer = answer("Must two people agree on who may sign? [Y/n] ");
        return answer.toLowerCase(Locale.ROOT).startsWith("n");
    }

    private boolean isName(String text) {
        boolean fits = PRODUCT.matcher(text).matches();
        if (!fits) {
            out.println("A name is a-z, 0-9 and -, a letter first.");
        }
        out.flush();
        return fits;
    }

    private String answer(String prompt) {
        return ask.apply(prompt).map(String::strip).orElseThrow(EndedException::new);
    }
}
