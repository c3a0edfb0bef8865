package dev.belay.versys.client;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.metadata.MetadataException;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes an [OfflineFile]: runs our own client over a repository and keeps what it was given. What
/// the client accepted here is what a host's client will read there.
public final class OfflineExport {
    private final Fetcher fetcher;
    private final RepositoryLocation from;
    private final Map<String, byte[]> metadata = new LinkedHashMap<>();

    /// @param fetcher reaches the repository
    public OfflineExport(Fetcher fetcher, RepositoryLocation from) {
        this.fetcher = fetcher;
        this.from = from;
    }

    /// Writes the file. Every root from version 2 on is in it, so that hosts that have not been
    /// reached for years can follow.
    ///
    /// @param root a root to start from
    /// @param choose which targets to take, given the refreshed client
    /// @throws BelayException `offline-file-not-written`, or as the client says
    public void write(
            Path file, byte[] root, Instant now, Function<TufClient, List<Target>> choose) {
        TufClient client =
                new TufClient(
                        this::recorded,
                        TransferLimits.DEFAULT.attempts(),
                        from.metadataUri().toString(),
                        from.targetsUri().toString(),
                        MetadataStores.inMemory(Map.of("root", root)),
                        ClientLimits.DEFAULT);
        client.refresh(now);
        List<Target> targets = choose.apply(client);
        try {
            for (long version = 2; version <= client.root().version(); version++) {
                takeRoot(version);
            }
            Path temporary = Files.createTempDirectory("belay-export");
            try {
                write(file, client, targets, temporary.resolve("target"));
            } finally {
                DurableFiles.deleteTree(temporary);
            }
        } catch (IOException e) {
            throw OfflineFile.notWritten(file, e);
        }
    }

    /// A host that trusts an early root must be able to walk up to the present one.
    private void takeRoot(long version) throws IOException {
        String name = version + ".root.json";
        if (!metadata.containsKey(name)
                && recorded(
                                SafeNames.join(from.metadataUri().toString(), name),
                                0,
                                ClientLimits.DEFAULT.rootBytes())
                        .isEmpty()) {
            throw MetadataException.missing(
                    "the repository has no file "
                            + name
                            + ", without which hosts that know only earlier roots cannot follow");
        }
    }

    private void write(Path file, TufClient client, List<Target> targets, Path temporary)
            throws IOException {
        DurableFiles.write(
                file,
                DurableFiles.READABLE,
                sink -> {
                    try (ZipOutputStream zip = new ZipOutputStream(new KeptOpen(sink))) {
                        zip.setLevel(1);
                        for (Map.Entry<String, byte[]> entry : metadata.entrySet()) {
                            zip.putNextEntry(new ZipEntry("metadata/" + entry.getKey()));
                            zip.write(entry.getValue());
                            zip.closeEntry();
                        }
                        for (Target target : targets) {
                            client.downloadOrNothing(target, temporary);
                            zip.putNextEntry(new ZipEntry("targets/" + client.fileName(target)));
                            Files.copy(temporary, zip);
                            zip.closeEntry();
                            Files.delete(temporary);
                        }
                    }
                });
    }

    private Optional<Fetcher.Arriving> recorded(String address, long offset, long maxBytes)
            throws IOException {
        Optional<Fetcher.Arriving> arriving = fetcher.open(address, offset, maxBytes);
        String base = SafeNames.join(from.metadataUri().toString(), "");
        if (arriving.isEmpty() || !address.startsWith(base)) {
            return arriving;
        }
        try (var body = arriving.get().body()) {
            byte[] bytes = body.readAllBytes();
            metadata.put(address.substring(base.length()), bytes);
            return Optional.of(new Fetcher.Arriving(0, new ByteArrayInputStream(bytes)));
        }
    }

    /// The zip is closed before the file that it is written to.
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
