package dev.belay.versys.publish;

import dev.belay.versys.yaml.InvalidDocumentException;
import dev.belay.versys.yaml.YamlProblem;
import dev.belay.versys.yaml.YamlSource;
import java.util.List;

/// A release.yaml names what the tree does not have. Kind `release-tree-mismatch`.
final class TreeMismatchException extends InvalidDocumentException {
    private static final long serialVersionUID = 1;

    TreeMismatchException(YamlSource source, List<YamlProblem> problems) {
        super("release-tree-mismatch", source, problems);
    }
}
