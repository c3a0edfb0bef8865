package dev.belay.supervisor.backup;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The manifest of a backup is not as it was written.
final class DamagedManifestException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedManifestException(Path manifest, @Nullable Throwable cause) {
        super(manifest.getFileName() + " is damaged", cause);
    }
}
