package dev.belay.versys.signing;

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
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// New metadata on its way to enough signatures: one file that people pass on, each adding theirs.
///
/// `{"format":1,"metadata":{"<role>":{"signatures":[…],"signed":{…}}},"documents":{"<target
/// path>":"<text>"}}`
///
/// @param files the signed files by role, with the signatures that there are
/// @param documents texts of small targets that the files name, by target path
public record Change(
        Map<String, SignedFile<? extends RoleMetadata>> files, Map<String, byte[]> documents) {
    /// The end of the names of change files.
    public static final String EXTENSION = ".change.json";

    private static final int MAX_NAME = 120;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    public Change {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
    }

    /// A change that nobody has signed yet.
    public static Change unsigned(Map<String, JsonObject> signed, Map<String, byte[]> documents) {
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        signed.forEach((role, object) -> metadata.put(role, Drafts.file(object, Map.of())));
        return of(metadata, documents);
    }

    /// A change of these files, given as bytes by role.
    ///
    /// @throws MetadataException if one of them is malformed
    public static Change of(Map<String, byte[]> metadata, Map<String, byte[]> documents) {
        Map<String, SignedFile<? extends RoleMetadata>> files = new LinkedHashMap<>();
        metadata.forEach((role, bytes) -> files.put(role, SignedFile.ofRole(role, bytes)));
        return new Change(files, documents);
    }

    /// The names of the roles that it touches.
    public Set<String> roles() {
        return files.keySet();
    }

    /// The bytes of each file by role, as they are published.
    public Map<String, byte[]> metadata() {
        Map<String, byte[]> metadata = new TreeMap<>();
        files.forEach((role, file) -> metadata.put(role, file.bytes()));
        return metadata;
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
                    .forEach((role, value) -> files.put(role, CanonicalJson.encodeAsJson(value)));
            Map<String, byte[]> texts = new LinkedHashMap<>();
            documents.members().forEach((path, value) -> texts.put(path, text(what, value)));
            return of(files, texts);
        } catch (MetadataException e) {
            throw invalid(what, String.valueOf(e.getMessage()), e);
        }
    }

    /// This change with the other's signatures too.
    ///
    /// @throws PublicationConflictException `change-conflict` if the other one changes something
    ///   else
    public Change mergedWith(Change other) {
        if (!other.roles().equals(roles())
                || !other.documents.keySet().equals(documents.keySet())) {
            throw conflict();
        }
        Map<String, SignedFile<? extends RoleMetadata>> merged = new LinkedHashMap<>();
        files.forEach((role, file) -> {
            SignedFile<?> same = other.file(role);
            if (!same.signedObject().equals(file.signedObject())) {
                throw conflict();
            }
            Map<String, String> signatures = new LinkedHashMap<>(file.signatures());
            signatures.putAll(same.signatures());
            merged.put(role, file.withSignatures(signatures));
        });
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
        Map<String, SignedFile<? extends RoleMetadata>> signed = new LinkedHashMap<>(files);
        Map<String, String> signatures = new LinkedHashMap<>(file(role).signatures());
        signatures.put(keyId, signature);
        signed.put(role, file(role).withSignatures(signatures));
        return new Change(signed, documents);
    }

    private SignedFile<? extends RoleMetadata> file(String role) {
        SignedFile<? extends RoleMetadata> file = files.get(role);
        if (file == null) {
            throw new RefusedException(
                    "role-not-in-change",
                    "The change does not touch " + role + ", only " + roles() + ".",
                    "Nothing was signed. Name one of its roles.");
        }
        return file;
    }

    /// Writes the change file.
    public void write(Path file) throws IOException {
        DurableFiles.write(file, bytes());
    }

    /// The change as a file's bytes.
    public byte[] bytes() {
        Map<String, JsonValue> metadata = new LinkedHashMap<>();
        files.forEach((role, file) -> metadata.put(role, file.envelope()));
        Map<String, JsonValue> texts = new LinkedHashMap<>();
        documents.forEach((path, bytes) ->
                texts.put(path, new JsonString(new String(bytes, StandardCharsets.UTF_8))));
        JsonObject root =
                new JsonObject(Map.of())
                        .with("format", new JsonInteger(1))
                        .with("metadata", new JsonObject(metadata))
                        .with("documents", new JsonObject(texts));
        return CanonicalJson.encodeAsJson(root);
    }

    /// A name that says which versions it makes, for example `shop-channel-stable-7.change.json`.
    public String fileName() {
        StringBuilder name = new StringBuilder();
        files.forEach((role, file) ->
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
