package dev.belay.versys.signing;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TufKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The private keys that one person has: `<name>.pem`, with the public half beside it as
/// `<name>.pub.json`, so that nobody needs a passphrase to see which key is which.
public final class KeyStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final String PUBLIC = ".pub.json";

    private final Path directory;

    /// @param directory need not exist yet
    public KeyStore(Path directory) {
        this.directory = directory;
    }

    /// Makes an Ed25519 key.
    ///
    /// @param passphrase null to keep it unencrypted, which the caller must have been told to do
    /// @throws RefusedException `key-exists`, `key-name-invalid`
    public TufKey create(String name, char @Nullable [] passphrase) {
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(
                    "key-name-invalid",
                    "A key is not named " + name + ".",
                    "Use lower-case letters, digits and . _ - only.");
        }
        SigningKey key = KeyFiles.generate();
        try {
            DurableFiles.createDirectories(directory, DurableFiles.PRIVATE_DIRECTORY);
            KeyFiles.write(file(name), key, passphrase);
            DurableFiles.write(
                    directory.resolve(name + PUBLIC),
                    CanonicalJson.encodeAsJson(key.publicKey().source()));
        } catch (IOException e) {
            throw IoFailures.of("The keys in " + directory, e);
        }
        return key.publicKey();
    }

    /// As `create`, or the key of that name that is here already: for what is done again.
    public TufKey createMissing(String name, char @Nullable [] passphrase) {
        TufKey key = publicKeys().get(name);
        return key == null ? create(name, passphrase) : key;
    }

    /// Gives keys away to another store, for example of another product.
    public void moveTo(KeyStore other, Collection<String> names) {
        try {
            DurableFiles.createDirectories(other.directory, DurableFiles.PRIVATE_DIRECTORY);
            for (String name : names) {
                for (String end : new String[] {".pem", PUBLIC}) {
                    Path file = directory.resolve(name + end);
                    if (Files.exists(file)) {
                        DurableFiles.move(file, other.directory.resolve(name + end));
                    }
                }
            }
        } catch (IOException e) {
            throw IoFailures.of("The keys cannot be moved to " + other.directory, e);
        }
    }

    /// Gives another store a copy of keys, as private as they are here.
    public void copyTo(KeyStore other, Collection<String> names) {
        try {
            DurableFiles.createDirectories(other.directory, DurableFiles.PRIVATE_DIRECTORY);
            for (String name : names) {
                DurableFiles.write(
                        other.file(name), Files.readAllBytes(file(name)), DurableFiles.PRIVATE);
                DurableFiles.write(
                        other.directory.resolve(name + PUBLIC),
                        Files.readAllBytes(directory.resolve(name + PUBLIC)));
            }
        } catch (IOException e) {
            throw IoFailures.of("The keys cannot be copied to " + other.directory, e);
        }
    }

    /// The public halves by name, in order of name.
    public Map<String, TufKey> publicKeys() {
        Map<String, TufKey> keys = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return keys;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + PUBLIC)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                keys.put(
                        name.substring(0, name.length() - PUBLIC.length()),
                        TufKey.parse(JsonParser.parseObject(Files.readAllBytes(file))));
            }
        } catch (IOException e) {
            throw IoFailures.of("The keys in " + directory, e);
        }
        return keys;
    }

    /// Reads a public key that somebody else gave us.
    ///
    /// @throws RefusedException `key-unreadable`
    public static TufKey readPublic(Path file) {
        try {
            return TufKey.parse(JsonParser.parseObject(Files.readAllBytes(file)));
        } catch (IOException | MetadataException e) {
            throw new RefusedException(
                    "key-unreadable",
                    file + " is no public key: " + e.getMessage(),
                    "Ask for the file that ends in .pub.json. Nothing was changed.",
                    e);
        }
    }

    /// Opens every key of this store that is among `ids`; asks for passphrases.
    ///
    /// @throws RefusedException `key-permissions`, `passphrase-wrong`
    public List<SigningKey> open(Collection<String> ids, PassphraseSource passphrases) {
        List<SigningKey> opened = new ArrayList<>();
        publicKeys()
                .forEach((name, key) -> {
                    if (ids.contains(key.computedId())) {
                        opened.add(KeyFiles.read(file(name), passphrases));
                    }
                });
        return opened;
    }

    /// Opens one key by its name.
    ///
    /// @throws RefusedException `key-permissions`, `passphrase-wrong`
    public SigningKey open(String name, PassphraseSource passphrases) {
        return KeyFiles.read(file(name), passphrases);
    }

    /// How keys are called here, by id.
    public Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        publicKeys().forEach((name, key) -> names.put(key.computedId(), name));
        return names;
    }

    private Path file(String name) {
        return directory.resolve(name + ".pem");
    }
}
