package dev.belay.supervisor.offer;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.Stager;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.supervisor.words.Bytes;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;

/// Brings releases to this host while the product runs: download, verify, unpack.
public final class Staging {
    private final Home home;
    private final String product;
    private final RunEvents events;
    private long downloaded;

    public Staging(Home home, String product, RunEvents events) {
        this.home = home;
        this.product = product;
        this.events = events;
    }

    /// Bytes fetched by this object.
    public long downloaded() {
        return downloaded;
    }

    /// Says what is going to be written, before it is.
    void announce(Forecast forecast) {
        if (forecast.unpackBytes() > 0) {
            events.foreseen(
                    Bytes.words(forecast.downloadBytes())
                            + " to download and "
                            + Bytes.words(forecast.unpackBytes())
                            + " to unpack, beside the product, which is left alone");
        }
    }

    /// Whether nothing of a release has to be fetched any more.
    boolean present(Version version) {
        return home.has(version) || Files.exists(cached(version));
    }

    /// Downloads the bundle unless it, or the release made from it, is there already.
    public void download(Offer offer, Version version) {
        if (home.has(version)) {
            return;
        }
        Target target = offer.target(version);
        boolean cached = Files.exists(cached(version));
        events.stepBegun(Step.DOWNLOAD, "downloading " + version);
        offer.source()
                .download(
                        target,
                        cached(version),
                        (done, total) -> events.progress(Step.DOWNLOAD, done, total));
        if (!cached) {
            downloaded += target.length();
        }
        events.stepDone(Step.DOWNLOAD, version + ", " + Bytes.words(target.length()));
    }

    /// Unpacks a downloaded bundle. One that is damaged is removed, so that it is fetched again.
    public Deployment unpack(Offer offer, Version version) {
        if (home.has(version)) {
            return Deployment.open(home, version);
        }
        events.stepBegun(Step.UNPACK, "unpacking " + version);
        long unpacked = offer.artifact(version).unpackedBytes();
        Deployment deployment =
                new Stager(home)
                        .stage(
                                product,
                                version,
                                cached(version),
                                sha256(offer.target(version)),
                                done ->
                                        events.progress(
                                                Step.UNPACK, done, Math.max(done, unpacked)));
        events.stepDone(Step.UNPACK, version.text());
        return deployment;
    }

    /// The signed SHA-256 of a target.
    public static Digest sha256(Target target) {
        return target.digests().stream()
                .filter(d -> d.algorithm() == Digest.Algorithm.SHA256)
                .findFirst()
                .orElseThrow(() ->
                        new UntrustedException(
                                "digest-missing",
                                target.path() + " is signed without a SHA-256.",
                                "Tell the vendor of this repository."));
    }

    private Path cached(Version version) {
        return home.cache().resolve(product + "-" + version + ".tgz");
    }
}
