package dev.belay.supervisor.settings;

import dev.belay.versys.yaml.InvalidDocumentException;
import dev.belay.versys.yaml.YamlProblem;
import dev.belay.versys.yaml.YamlSource;
import java.util.List;

/// A supervisor.yaml has mistakes; carries all of them. Kind `settings-invalid`.
public final class InvalidSettingsException extends InvalidDocumentException {
    private static final long serialVersionUID = 1;

    InvalidSettingsException(YamlSource source, List<YamlProblem> problems) {
        super("settings-invalid", source, problems);
    }
}
