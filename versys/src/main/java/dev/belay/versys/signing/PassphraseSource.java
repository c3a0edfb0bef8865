package dev.belay.versys.signing;

import java.nio.file.Path;

/// Where the passphrase of a key file comes from.
@FunctionalInterface
public interface PassphraseSource {
    /// @param keyFile for the prompt
    /// @return the caller's own copy, which it clears
    /// @throws dev.belay.packaging.failure.RefusedException `passphrase-needed` if there is none
    char[] passphraseFor(Path keyFile);
}
