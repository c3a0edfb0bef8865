package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.ChangeSigning;
import dev.belay.versys.signing.PassphraseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
        TufClient client = vendor.forRepair(change.roles());
        return approve(client, change, List.of(), vendor.isStaging(), () -> true);
    }

    /// As above for a change that waits on the server, where anybody with a token may have put it:
    /// it is signed only with consent to the difference that was just told.
    ///
    /// @param consent asked once, if there is something to sign
    public Outcome approveStaged(Change change, BooleanSupplier consent) {
        TufClient client = vendor.forRepair(change.roles());
        return approve(client, change, List.of(), true, consent);
    }

    /// @param said the differences, if whoever made the change has been told them already
    Outcome approve(TufClient client, Change change, List<String> said) {
        return approve(client, change, said, vendor.isStaging(), () -> true);
    }

    private Outcome approve(
            TufClient client,
            Change change,
            List<String> said,
            boolean onServer,
            BooleanSupplier consent) {
        WaitingChange.requireNotOutdated(client, change);
        List<String> found = new Differences(client, vendor).of(change);
        List<String> differences = said.isEmpty() ? found : said;
        if (said.isEmpty()) {
            found.forEach(words);
        }
        if (found.isEmpty()) {
            words.accept("Nothing to do: all of this is published already.");
            forget(change, onServer);
            return new Outcome(List.of(), seen(client, change));
        }
        ChangeSigning signing = signing(client, change);
        boolean mine = vendor.keys().names().keySet().stream().anyMatch(signing.wanted()::contains);
        if (mine && !consent.getAsBoolean()) {
            words.accept("Not signed.");
            return new Outcome(differences, 0);
        }
        List<SigningKey> keys = vendor.keys().open(signing.wanted(), passphrases);
        keys.addAll(helpful(signing, keys));
        Change signed = keys.isEmpty() ? change : signing.signedBy(keys);
        List<String> missing = signing(client, signed).missing(vendor.keys().names());
        if (!missing.isEmpty()) {
            if (keys.isEmpty()) {
                words.accept("Nothing is needed from you now.");
            }
            missing.forEach(words);
            passOn(signed, onServer, !keys.isEmpty());
            return new Outcome(differences, 0);
        }
        if (!vendor.endpoint().publishesFromHere()) {
            words.accept(
                    "It has all signatures. Pass "
                            + keep(signed)
                            + " to whoever has the online key, who runs: versys sign FILE");
            return new Outcome(differences, 0);
        }
        long snapshot = published(signed, onServer);
        if (snapshot > 0) {
            forget(signed, onServer);
        }
        return new Outcome(differences, snapshot);
    }

    private void passOn(Change change, boolean onServer, boolean signedNow) {
        if (!onServer) {
            words.accept("Pass on " + keep(change) + "; the next person runs: versys sign FILE");
            return;
        }
        if (signedNow) {
            vendor.endpoint().stageChange(vendor.settings().product(), change);
        }
        words.accept(
                "It waits on the server as "
                        + change.stagedName()
                        + "; the next person runs: versys sign");
    }

    /// @return 0 if it could not be published with the token that is here, and waits for another
    private long published(Change change, boolean onServer) {
        try {
            return publish(change);
        } catch (RefusedException e) {
            if (!onServer || !e.kind().equals("forbidden")) {
                throw e;
            }
            vendor.endpoint().stageChange(vendor.settings().product(), change);
            words.accept(
                    "It has all signatures and waits on the server as "
                            + change.stagedName()
                            + ". Who has the admin token publishes it: versys sign");
            return 0;
        }
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
        return change.roles().equals(Set.of("root")) ? 0 : client.snapshotVersion();
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

    private void forget(Change change, boolean onServer) {
        if (onServer) {
            vendor.endpoint().unstageChange(vendor.settings().product(), change.stagedName());
        }
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
        Optional.<SignedFile<?>>ofNullable(change.files().get("root")).ifPresent(vendor::keepRoot);
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
