package dev.belay.versys.release;

import dev.belay.versys.yaml.InvalidDocumentException;
import dev.belay.versys.yaml.YamlProblem;
import dev.belay.versys.yaml.YamlSource;
import java.util.List;

/// A release.yaml has mistakes; carries all of them. Kind `release-invalid`.
public final class InvalidDescriptorException extends InvalidDocumentException {
    private static final long serialVersionUID = 1;

    InvalidDescriptorException(YamlSource source, List<YamlProblem> problems) {
        super("release-invalid", source, problems);
    }
}
