package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SignedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// New metadata on its way to enough signatures: one file that people pass on, each adding theirs.
///
/// `{"format":1,"metadata":{"<role>":{"signatures":[…],"signed":{…}}},"documents":{"<target
/// path>":"<text>"}}`
///
/// @param metadata the signed files by role, with the signatures that there are
/// @param documents texts of small targets that the metadata names, by target path
public record Change(Map<String, byte[]> metadata, Map<String, byte[]> documents) {
    /// The end of the names of change files.
    public static final String EXTENSION = ".change.json";

    private static final int MAX_NAME = 120;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    public Change {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    }

    /// A change that nobody has signed yet.
    static Change unsigned(Map<String, JsonObject> signed, Map<String, byte[]> documents) {
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        signed.forEach((role, object) -> metadata.put(role, Drafts.file(object, Map.of())));
        return new Change(metadata, documents);
    }

    /// Reads a change file. Its content is not trusted: what it would change is worked out anew.
    ///
    /// @throws RefusedException `change-invalid`
    public static Change read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw invalid(file.toString(), "it is longer than 64 MiB", null);
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw invalid(file.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    /// As above, from bytes.
    ///
    /// @param what for messages
    /// @throws RefusedException `change-invalid`
    public static Change parse(byte[] bytes, String what) {
        try {
            JsonObject root = JsonParser.parseObject(bytes);
            if (!new JsonInteger(1).equals(root.members().get("format"))
                    || !(root.members().get("metadata") instanceof JsonObject metadata)
                    || !(root.members().get("documents") instanceof JsonObject documents)
                    || metadata.members().isEmpty()) {
                throw invalid(what, "it has another format", null);
            }
            Map<String, byte[]> files = new LinkedHashMap<>();
            metadata.members()
                    .forEach((role, value) -> {
                        byte[] file = CanonicalJson.encodeAsJson(value);
                        parseRole(role, file);
                        files.put(role, file);
                    });
            Map<String, byte[]> texts = new LinkedHashMap<>();
            documents.members().forEach((path, value) -> texts.put(path, text(what, value)));
            return new Change(files, texts);
        } catch (MetadataException e) {
            throw invalid(what, String.valueOf(e.getMessage()), e);
        }
    }

    private static SignedFile<?> parseRole(String role, byte[] bytes) {
        return role.equals("root") ? SignedFile.root(bytes) : SignedFile.targets(bytes);
    }

    /// The signed file of each role.
    Map<String, SignedFile<?>> files() {
        Map<String, SignedFile<?>> files = new LinkedHashMap<>();
        metadata.forEach((role, bytes) -> files.put(role, parseRole(role, bytes)));
        return files;
    }

    /// This change with the other's signatures too.
    ///
    /// @throws PublicationConflictException `change-conflict` if the other one changes something
    ///   else
    public Change mergedWith(Change other) {
        Map<String, SignedFile<?>> theirs = other.files();
        Map<String, byte[]> merged = new LinkedHashMap<>();
        files().forEach((role, file) -> {
            SignedFile<?> same = theirs.get(role);
            if (same == null || !same.signedObject().equals(file.signedObject())) {
                throw conflict();
            }
            Map<String, String> signatures = new LinkedHashMap<>(file.signatures());
            signatures.putAll(same.signatures());
            merged.put(role, Drafts.file(file.signedObject(), signatures));
        });
        if (!theirs.keySet().equals(metadata.keySet())
                || !other.documents.keySet().equals(documents.keySet())) {
            throw conflict();
        }
        return new Change(merged, documents);
    }

    private static PublicationConflictException conflict() {
        return new PublicationConflictException(
                "change-conflict",
                "Another change of the same roles waits on the server. Yours was not staged.",
                "Look at it with versys status and versys sign. If it is not wanted any more, take"
                        + " it away with versys unstage, then make yours again.");
    }

    private static byte[] text(String file, JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value().getBytes(StandardCharsets.UTF_8);
        }
        throw invalid(file, "a document is no text", null);
    }

    private static RefusedException invalid(String file, String why, @Nullable Exception cause) {
        return new RefusedException(
                "change-invalid",
                file + " is no change: " + why + ".",
                "Nothing was signed. Ask for the file again.",
                cause);
    }

    /// The bytes that a signature of that role is made over, for a machine without a network.
    ///
    /// @throws RefusedException `role-not-in-change`
    public byte[] payload(String role) {
        return file(role).payload();
    }

    /// The change with one signature more, which the next `versys sign` checks.
    ///
    /// @param keyId of the key that made it
    /// @param signature in hex
    /// @throws RefusedException `role-not-in-change`
    public Change withSignature(String role, String keyId, String signature) {
        SignedFile<?> file = file(role);
        Map<String, String> signatures = new LinkedHashMap<>(file.signatures());
        signatures.put(keyId, signature);
        Map<String, byte[]> files = new LinkedHashMap<>(metadata);
        files.put(role, Drafts.file(file.signedObject(), signatures));
        return new Change(files, documents);
    }

    private SignedFile<?> file(String role) {
        byte[] bytes = metadata.get(role);
        if (bytes == null) {
            throw new RefusedException(
                    "role-not-in-change",
                    "The change does not touch " + role + ", only " + metadata.keySet() + ".",
                    "Nothing was signed. Name one of its roles.");
        }
        return parseRole(role, bytes);
    }

    /// Writes the change file.
    public void write(Path file) throws IOException {
        DurableFiles.write(file, bytes());
    }

    /// The change as a file's bytes.
    public byte[] bytes() {
        Map<String, JsonValue> files = new LinkedHashMap<>();
        metadata.forEach((role, bytes) -> files.put(role, JsonParser.parse(bytes)));
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        documents.forEach((path, bytes) ->
                texts.put(path, new JsonString(new String(bytes, StandardCharsets.UTF_8))));
        JsonObject root =
                new JsonObject(Map.of())
                        .with("format", new JsonInteger(1))
                        .with("metadata", new JsonObject(files))
                        .with("documents", new JsonObject(texts));
        return CanonicalJson.encodeAsJson(root);
    }

    /// A name that says which versions it makes, for example `shop-channel-stable-7.change.json`.
    String fileName() {
        StringBuilder name = new StringBuilder();
        files().forEach((role, file) ->
                name.append(name.isEmpty() ? "" : "+")
                        .append(role)
                        .append('-')
                        .append(file.signed().version()));
        return name + EXTENSION;
    }

    /// How it is called where it waits: as its file, short enough for an address.
    public String stagedName() {
        String name = fileName().replace(EXTENSION, "");
        return name.length() <= MAX_NAME
                ? name
                : name.substring(0, MAX_NAME - 9)
                        + "-"
                        + Digest.sha256(name.getBytes(StandardCharsets.UTF_8))
                                .hex()
                                .substring(0, 8);
    }
}
