package dev.belay.supervisor.service;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Looks for a line in what the product wrote since it was started.
final class LogAsker implements HealthAsker {
    private final Supplier<String> output;
    private final Pattern pattern;
    private boolean seen;

    /// @param output what the product wrote since it was started, the end of it if that is much
    LogAsker(Supplier<String> output, Pattern pattern) {
        this.output = output;
        this.pattern = pattern;
    }

    @Override
    public String whom() {
        return "its output";
    }

    /// What was said once stays said, however much follows.
    @Override
    public HealthAnswer ask(Duration left) {
        seen = seen || BoundedText.finds(pattern, output.get(), HealthAsker.wait(left));
        return seen
                ? new HealthAnswer.Good()
                : new HealthAnswer.Refused("has nothing that matches " + pattern.pattern());
    }
}
