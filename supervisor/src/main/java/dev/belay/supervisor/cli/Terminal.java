package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.RefusedException;
import java.io.Console;
import java.util.Optional;
import java.util.Set;

/// Whether a person sits at the other end, and how wide their window is.
final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 20;

    private Terminal() {}

    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    /// Asks the person at the other end whether to go ahead; without one the answer is no.
    ///
    /// @param about what it is about; may be empty
    static boolean agrees(String about) {
        String question = (about + " Go ahead? [y/N] ").stripLeading();
        String answer = console().map(c -> c.readLine("%s", question)).orElse("");
        // readLine gives null at the end of the input
        return answer != null && Set.of("y", "yes", "Y").contains(answer.strip());
    }

    /// Asks whether to do what was shown.
    ///
    /// @throws RefusedException `not-confirmed`
    static void confirm() {
        if (!agrees("")) {
            throw new RefusedException(
                    "not-confirmed", "Nothing was changed.", "To go ahead unattended: --yes");
        }
    }

    /// Whether lines may be drawn over: not on a dumb terminal, and not for who asks for plain text
    /// (no-color.org).
    static boolean live() {
        String term = System.getenv("TERM");
        return console().isPresent()
                && System.getenv("NO_COLOR") == null
                && term != null
                && !term.equals("dumb");
    }

    /// The width that shells tell their children, else the usual one.
    static int width() {
        try {
            return Math.max(NARROWEST, Integer.parseInt(System.getenv("COLUMNS")));
        } catch (NumberFormatException unset) {
            return USUAL_WIDTH;
        }
    }
}
