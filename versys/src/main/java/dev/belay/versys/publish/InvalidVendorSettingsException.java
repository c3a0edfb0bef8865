package dev.belay.versys.publish;

import dev.belay.versys.yaml.InvalidDocumentException;
import dev.belay.versys.yaml.YamlProblem;
import dev.belay.versys.yaml.YamlSource;
import java.util.List;

/// A vendor's versys.yaml has mistakes; carries all of them. Kind `vendor-settings-invalid`.
public final class InvalidVendorSettingsException extends InvalidDocumentException {
    private static final long serialVersionUID = 1;

    InvalidVendorSettingsException(YamlSource source, List<YamlProblem> problems) {
        super("vendor-settings-invalid", source, problems);
    }
}
