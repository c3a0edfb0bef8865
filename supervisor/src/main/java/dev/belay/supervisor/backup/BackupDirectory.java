package dev.belay.supervisor.backup;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Where things are in one backup:
///
/// ```
/// manifest.jsonl        written last: without it the backup is unfinished
/// on-request            empty, named by the kind of backup; earlier supervisors wrote none
/// verdict               "verified" or "damaged", after the first verification
/// pinned                empty; there if it is to be kept
/// files/<source>/...    copies
/// databases/<name>      what the engines wrote
/// ```
record BackupDirectory(Path path) {
    private static final String VERIFIED = "verified\n";
    private static final String DAMAGED = "damaged\n";

    String id() {
        return path.getFileName().toString();
    }

    Path manifest() {
        return path.resolve("manifest.jsonl");
    }

    Path files(String source) {
        return path.resolve("files").resolve(source);
    }

    Path databases() {
        return path.resolve("databases");
    }

    private Path verdict() {
        return path.resolve("verdict");
    }

    private Path pin() {
        return path.resolve("pinned");
    }

    void pinned(boolean pinned) throws IOException {
        if (pinned) {
            DurableFiles.write(pin(), new byte[0], DurableFiles.PRIVATE);
        } else {
            DurableFiles.delete(pin());
        }
    }

    void rememberKind(Backup.Kind kind) throws IOException {
        DurableFiles.write(path.resolve(kind.label()), new byte[0], DurableFiles.PRIVATE);
    }

    /// @param reason tells where nothing else does
    private Backup.Kind kind(String reason) {
        for (Backup.Kind kind : Backup.Kind.values()) {
            if (Files.exists(path.resolve(kind.label()))) {
                return kind;
            }
        }
        return reason.equals(BackupRequest.ON_REQUEST)
                ? Backup.Kind.ON_REQUEST
                : Backup.Kind.BEFORE_UPDATE;
    }

    void rememberVerdict(boolean intact) throws IOException {
        DurableFiles.write(
                verdict(),
                (intact ? VERIFIED : DAMAGED).getBytes(StandardCharsets.US_ASCII),
                DurableFiles.PRIVATE);
    }

    /// What the manifest says about the backup; never fails because of a damaged one.
    Backup describe() throws IOException {
        if (!Files.isRegularFile(manifest())) {
            return unknown(Backup.State.INCOMPLETE);
        }
        try {
            Summary summary = new Summary();
            ManifestFile.read(manifest(), summary);
            return summary.backup(kind(summary.header.reason()), state(), Files.exists(pin()));
        } catch (DamagedManifestException e) {
            return unknown(Backup.State.DAMAGED);
        }
    }

    private Backup unknown(Backup.State state) throws IOException {
        Instant at = Files.getLastModifiedTime(path).toInstant();
        return new Backup(
                id(), at, kind(""), "", "", 0, 0, List.of(), 0, state, Files.exists(pin()));
    }

    private Backup.State state() throws IOException {
        if (!Files.isRegularFile(verdict())) {
            return Backup.State.UNVERIFIED;
        }
        byte[] verdict = Files.readAllBytes(verdict());
        return switch (new String(verdict, StandardCharsets.ISO_8859_1)) {
            case VERIFIED -> Backup.State.VERIFIED;
            case DAMAGED -> Backup.State.DAMAGED;
            default -> Backup.State.UNVERIFIED;
        };
    }

    private static final class Summary implements ManifestFile.Reader {
        private ManifestLine.Header header =
                new ManifestLine.Header(0, "", Instant.EPOCH, "", "", false);
        private ManifestLine.Totals totals = new ManifestLine.Totals(0, 0, List.of(), 0);

        @Override
        public void line(ManifestLine line) {
            switch (line) {
                case ManifestLine.Header first -> header = first;
                case ManifestLine.Totals sums -> totals = sums;
                case ManifestLine.Entry _, ManifestLine.Database _, ManifestLine.End _ -> {}
            }
        }

        Backup backup(Backup.Kind kind, Backup.State state, boolean pinned) {
            return new Backup(
                    header.id(),
                    header.at(),
                    kind,
                    header.release(),
                    header.reason(),
                    totals.files(),
                    totals.bytes(),
                    totals.databases(),
                    totals.changing(),
                    state,
                    pinned);
        }
    }
}
