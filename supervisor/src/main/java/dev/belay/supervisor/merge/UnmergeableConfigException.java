package dev.belay.supervisor.merge;

import dev.belay.packaging.failure.BelayException;

/// A configuration file cannot be parsed in its declared format. Thrown before anything was stopped
/// or changed.
public final class UnmergeableConfigException extends BelayException {
    private static final long serialVersionUID = 1;
    private final String path;
    private final int line;

    /// @param line 1-based line of the first error
    public UnmergeableConfigException(String path, int line, String reason) {
        super(
                "config-unreadable",
                path + " line " + line + ": " + reason + ". Nothing was changed.",
                "Correct the file and run the command again.");
        this.path = path;
        this.line = line;
    }

    /// The file, relative to the release.
    public String path() {
        return path;
    }

    /// 1-based line of the first error.
    public int line() {
        return line;
    }
}
