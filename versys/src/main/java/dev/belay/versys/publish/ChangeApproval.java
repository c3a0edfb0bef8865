package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What everybody does who has a say in a change: see the difference in words, sign with the keys
/// that are here, and publish if that was the last signature needed; else pass the change on.
public final class ChangeApproval {
    private final Vendor vendor;
    private final PassphraseSource passphrases;
    private final Consumer<String> words;

    /// @param words told the difference before anything is signed, and what is still needed after
    public ChangeApproval(Vendor vendor, PassphraseSource passphrases, Consumer<String> words) {
        this.vendor = vendor;
        this.passphrases = passphrases;
        this.words = words;
    }

    /// Signs and, if that completes it, publishes. Doing it again changes nothing.
    ///
    /// @return the differences; `snapshotVersion` is 0 if signatures are still missing
    public Outcome approve(Change change) {
        return approve(vendor.forRepair(change.metadata().keySet()), change, List.of());
    }

    /// @param said the differences, if whoever made the change has been told them already
    Outcome approve(TufClient client, Change change, List<String> said) {
        List<String> found = new Differences(client, vendor).of(change);
        List<String> differences = said.isEmpty() ? found : said;
        if (said.isEmpty()) {
            found.forEach(words);
        }
        if (found.isEmpty()) {
            words.accept("Nothing to do: all of this is published already.");
            return new Outcome(List.of(), seen(client, change));
        }
        ChangeSigning signing = signing(client, change);
        List<SigningKey> keys = vendor.keys().open(signing.wanted(), passphrases);
        keys.addAll(helpful(signing, keys));
        Change signed = keys.isEmpty() ? change : signing.signedBy(keys);
        List<String> missing = signing(client, signed).missing(vendor.keys().names());
        if (!missing.isEmpty()) {
            if (keys.isEmpty()) {
                words.accept("Nothing is needed from you now.");
            }
            missing.forEach(words);
            words.accept("Pass on " + keep(signed) + "; the next person runs: versys sign FILE");
            return new Outcome(differences, 0);
        }
        if (!vendor.endpoint().publishesFromHere()) {
            words.accept(
                    "It has all signatures. Pass "
                            + keep(signed)
                            + " to whoever has the online key, who runs: versys sign FILE");
            return new Outcome(differences, 0);
        }
        long snapshot = publish(signed);
        forget(signed);
        return new Outcome(differences, snapshot);
    }

    /// A key that cannot be opened may be the very one that is being replaced because of that.
    private List<SigningKey> helpful(ChangeSigning signing, List<SigningKey> opened) {
        List<String> ids = new ArrayList<>(signing.helpful());
        opened.forEach(key -> ids.remove(key.id()));
        if (opened.isEmpty() || ids.isEmpty()) {
            return List.of();
        }
        try {
            return vendor.keys().open(ids, passphrases);
        } catch (BelayException e) {
            words.accept("The old key of targets cannot be opened and is left out.");
            return List.of();
        }
    }

    /// Where only the root changes, nothing else was looked at.
    private static long seen(TufClient client, Change change) {
        return change.metadata().keySet().equals(Set.of("root")) ? 0 : client.snapshotVersion();
    }

    private static ChangeSigning signing(TufClient client, Change change) {
        return new ChangeSigning(change, client.root(), () -> client.targets().signed());
    }

    private Path keep(Change change) {
        try {
            DurableFiles.createDirectories(vendor.pending(), DurableFiles.READABLE_DIRECTORY);
            Path file = vendor.pending().resolve(change.fileName());
            change.write(file);
            return file;
        } catch (IOException e) {
            throw VendorSettings.unusable(vendor.pending(), e);
        }
    }

    private void forget(Change change) {
        try {
            Path file = vendor.pending().resolve(change.fileName());
            if (Files.exists(file)) {
                DurableFiles.delete(file);
            }
        } catch (IOException e) {
            throw VendorSettings.unusable(vendor.pending(), e);
        }
    }

    private long publish(Change change) {
        String product = vendor.settings().product();
        change.documents().forEach((path, bytes) -> stage(product, bytes));
        Map<String, byte[]> metadata = change.metadata();
        if (!metadata.containsKey("root") && !metadata.containsKey("targets")) {
            return vendor.endpoint().commit(product, metadata);
        }
        vendor.endpoint().commitRepository(metadata);
        Optional.ofNullable(metadata.get("root")).map(SignedFile::root).ifPresent(vendor::keepRoot);
        return vendor.refreshed().snapshotVersion();
    }

    private void stage(String product, byte[] document) {
        try {
            Path file = Files.createTempFile("document", ".json");
            try {
                Files.write(file, document);
                vendor.endpoint().stage(product, Digest.sha256(document), file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw VendorSettings.unusable(vendor.pending(), e);
        }
    }
}
