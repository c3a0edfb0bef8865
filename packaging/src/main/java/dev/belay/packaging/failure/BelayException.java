package dev.belay.packaging.failure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Root of every failure that a person gets to read.
///
/// `kind` is one stable kebab-case string per failure; the same string appears in CLI JSON, HTTP
/// answers, events and documentation. The message says what happened and what was left as it was;
/// `help` says what to do about it. Expected outcomes (nothing to do, blocked, waiting) are return
/// values and never this.
public class BelayException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String kind;
    private final String help;

    /// @param kind stable machine name, for example `bundle-tampered`
    /// @param message what happened and what was left as it was, one or two sentences
    /// @param help what the reader can do, one sentence in the imperative
    public BelayException(String kind, String message, String help) {
        this(kind, message, help, null);
    }

    /// As above, with the cause kept for `--stacktrace`.
    public BelayException(String kind, String message, String help, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.help = help;
    }

    /// The stable machine name of this failure.
    public final String kind() {
        return kind;
    }

    /// What the reader can do about it.
    public final String help() {
        return help;
    }

    /// What the program that failed said last, oldest line first; empty if it was none, or it said
    /// nothing.
    public List<String> details() {
        return List.of();
    }

    /// The exit status of a command that ends with this failure.
    public ExitCode exitCode() {
        return ExitCode.FAILED;
    }
}
