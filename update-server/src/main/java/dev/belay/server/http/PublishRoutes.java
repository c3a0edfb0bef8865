package dev.belay.server.http;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digest.Algorithm;
import dev.belay.server.catalog.ChannelName;
import dev.belay.server.catalog.Publications;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import dev.belay.server.storage.Tokens;
import dev.belay.versys.repository.RepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter.Commit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What vendors call: everything that changes what is published. Each route asks [Access] before it
/// reads one byte of the body.
final class PublishRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PublishRoutes.class);
    private static final int MAX_METADATA = 32 * 1024 * 1024;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private final Access access;
    private final Tokens tokens;
    private final RepositoryWriter repository;
    private final Publications publications;
    private final Counters counters;
    private final long maxBlobBytes;

    PublishRoutes(
            Access access,
            Tokens tokens,
            RepositoryWriter repository,
            Publications publications,
            Counters counters,
            long maxBlobBytes) {
        this.access = access;
        this.tokens = tokens;
        this.repository = repository;
        this.publications = publications;
        this.counters = counters;
        this.maxBlobBytes = maxBlobBytes;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/v1/online-key", this::onlineKey);
        routes.post("/api/v1/online-key", this::makeOnlineKey);
        routes.post("/api/v1/repository", this::commitRepository);
        routes.post("/api/v1/products/{product}/tokens", this::createToken);
        routes.put("/api/v1/products/{product}/blobs/{sha256}", this::stageBlob);
        routes.post("/api/v1/products/{product}/metadata", this::commitProduct);
    }

    private void onlineKey(Context request) {
        request.contentType(RawAnswers.JSON).result(repository.onlineKey());
    }

    private void makeOnlineKey(Context request) {
        access.requireAdmin(request);
        byte[] key = repository.makeOnlineKey();
        LOG.info("made a new online key, asked from {}", request.ip());
        request.status(201).contentType(RawAnswers.JSON).result(key);
    }

    private void commitRepository(Context request) throws IOException {
        access.requireAdmin(request);
        Map<String, byte[]> metadata = MetadataBody.parse(Bodies.read(request, MAX_METADATA));
        answerCommit(request, publications.commit(metadata));
    }

    private void commitProduct(Context request) throws IOException {
        String product = product(request);
        access.requirePublisher(request, product);
        Map<String, byte[]> metadata = MetadataBody.parse(Bodies.read(request, MAX_METADATA));
        answerCommit(request, publications.commit(product, metadata));
    }

    private void createToken(Context request) {
        access.requireAdmin(request);
        String product = product(request);
        String token = tokens.createPublisher(product);
        LOG.info("made a token for {}, asked from {}", product, request.ip());
        request.header("Cache-Control", "no-store");
        Bodies.answer(request, 201, Map.of("product", product, "token", token));
    }

    private void stageBlob(Context request) throws IOException {
        access.requirePublisher(request, product(request));
        String sha256 = request.pathParam("sha256");
        if (!SHA256.matcher(sha256).matches()) {
            throw RequestProblem.badRequest(
                    "malformed-digest",
                    "The address does not end in a SHA-256; nothing was kept.",
                    "Use 64 lower-case hex digits.");
        }
        boolean staged =
                repository.stage(
                        new Digest(Algorithm.SHA256, sha256),
                        Bodies.stream(request, maxBlobBytes),
                        maxBlobBytes);
        Bodies.answer(request, staged ? 201 : 200, Map.of("sha256", sha256, "staged", staged));
    }

    private void answerCommit(Context request, Commit commit) {
        if (commit.changed()) {
            counters.count(Counter.PUBLICATIONS);
        }
        LOG.info(
                "published snapshot {} ({}), asked from {}",
                commit.snapshotVersion(),
                commit.changed() ? "changed" : "unchanged",
                request.ip());
        Bodies.answer(
                request,
                200,
                Map.of("snapshot", commit.snapshotVersion(), "changed", commit.changed()));
    }

    private static String product(Context request) {
        String product = request.pathParam("product");
        if (!ChannelName.isName(product)) {
            throw RequestProblem.notFound();
        }
        return product;
    }
}
