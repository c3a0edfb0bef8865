package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.signing.PassphraseSource;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Passphrases of key files: from a file, from the environment, or typed. Never from the command
/// line, which every user of the machine may read.
final class Passphrases implements PassphraseSource {
    private static final String VARIABLE = "BELAY_PASSPHRASE";

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "File with the passphrase of the keys; else $BELAY_PASSPHRASE, else a prompt.")
    @Nullable Path passphraseFile;

    @Override
    public char[] passphraseFor(Path keyFile) {
        return unattended(keyFile).orElseGet(() -> typed("Passphrase of " + keyFile + ": "));
    }

    /// A passphrase for new keys, typed twice if a person types it.
    char[] choose() {
        return unattended(Path.of("new keys"))
                .orElseGet(() -> {
                    char[] first = typed("Passphrase for the new keys: ");
                    char[] second = typed("Again: ");
                    if (!Arrays.equals(first, second)) {
                        throw new RefusedException(
                                "passphrases-differ",
                                "The two passphrases differ. Nothing was made.",
                                "Run it again.");
                    }
                    return first;
                });
    }

    private Optional<char[]> unattended(Path keyFile) {
        if (passphraseFile != null) {
            try {
                return Optional.of(nonEmpty(Files.readString(passphraseFile).strip()));
            } catch (IOException e) {
                throw new RefusedException(
                        "passphrase-needed",
                        "Cannot read the passphrase of "
                                + keyFile
                                + " from "
                                + passphraseFile
                                + ".",
                        "Check the path. Nothing was signed.",
                        e);
            }
        }
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Passphrases::nonEmpty);
    }

    private static char[] nonEmpty(String passphrase) {
        if (passphrase.isEmpty()) {
            throw needed("The passphrase is empty.");
        }
        return passphrase.toCharArray();
    }

    private static char[] typed(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("%s", prompt))
                .filter(answer -> answer.length > 0)
                .orElseThrow(() -> needed("No passphrase was given."));
    }

    private static RefusedException needed(String what) {
        return new RefusedException(
                "passphrase-needed",
                what + " Nothing was signed.",
                "Use --passphrase-file, the variable " + VARIABLE + ", or a terminal.");
    }
}
