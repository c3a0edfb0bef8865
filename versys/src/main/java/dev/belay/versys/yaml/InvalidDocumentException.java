package dev.belay.versys.yaml;

import dev.belay.packaging.failure.RefusedException;
import java.util.List;

/// A document that a person wrote has mistakes; carries all of them. Nothing was done with it.
public abstract class InvalidDocumentException extends RefusedException {
    private static final long serialVersionUID = 1;
    private final transient List<YamlProblem> problems;

    /// @param kind stable machine name, for example `release-invalid`
    protected InvalidDocumentException(String kind, YamlSource source, List<YamlProblem> problems) {
        super(
                kind,
                source.fileName()
                        + (problems.size() == 1
                                ? " has a problem. Nothing was changed.\n"
                                : " has " + problems.size() + " problems. Nothing was changed.\n")
                        + source.render(problems),
                "Correct " + source.fileName() + " and run the command again.");
        this.problems = List.copyOf(problems);
    }

    /// Every problem, in file order.
    public final List<YamlProblem> problems() {
        return problems;
    }
}
