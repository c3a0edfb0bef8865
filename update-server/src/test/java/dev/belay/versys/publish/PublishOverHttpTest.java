package dev.belay.versys.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.digest.Digest;
import dev.belay.server.cli.RunningServer;
import dev.belay.server.cli.Server;
import dev.belay.server.cli.ServerOptions;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.repository.TestVendor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A vendor with real keys publishes through the real server, and a host with only the first root
/// gets what was signed.
class PublishOverHttpTest {
    private static final byte[] BUNDLE = "the bundle".getBytes(UTF_8);
    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir private Path directory;
    private RunningServer server;
    private TestVendor vendor;
    private String token;

    @BeforeEach
    void start() throws Exception {
        server =
                Server.start(
                        ServerOptions.in(directory.resolve("data"))
                                .listen("127.0.0.1", 0)
                                .maxBlobBytes(1_000_000)
                                .build());
        vendor = new TestVendor(get("api/v1/online-key").body().getBytes(UTF_8));
        String admin = Files.readString(server.adminTokenFile()).strip();
        assertThat(post("api/v1/repository", admin, body(vendor.firstMetadata())).statusCode())
                .isEqualTo(200);
        token =
                JsonMapper.shared()
                        .readTree(post("api/v1/products/shop/tokens", admin, "").body())
                        .path("token")
                        .asString();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void aHostGetsWhatTheVendorSigned() throws Exception {
        assertThat(upload(BUNDLE).statusCode()).isEqualTo(201);
        assertThat(upload(BUNDLE).statusCode()).isEqualTo(200);
        String bundle = publishRelease("1.0.0+build.7", BUNDLE);
        publishChannel("1.0.0+build.7", bundle);

        TargetSource host = host();
        host.refresh();
        Path file = directory.resolve("bundle.tgz");
        host.download(host.find(bundle).orElseThrow(), file, (done, total) -> {});

        assertThat(file).hasBinaryContent(BUNDLE);
        assertThat(host.find("shop/channels/stable.json")).isPresent();
        assertThat(get("api/v1/products/shop/channels/stable").body()).contains("1.0.0+build.7");
        assertThat(get("").body()).contains("1.0.0+build.7", "shop-channel-stable");
    }

    @Test
    void s07_theSameVersionWithOtherBytesIsAConflict() throws Exception {
        upload(BUNDLE);
        publishRelease("1.0.0", BUNDLE);
        byte[] other = "other bytes".getBytes(UTF_8);
        upload(other);
        vendor.addRelease("1.0.0", other);

        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("shop-releases", vendor.releases(3, vendor.releasesKey))));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("release-exists");
        TargetSource host = host();
        host.refresh();
        assertThat(host.find("shop/releases/1.0.0/shop-1.0.0-any.tgz").orElseThrow().digests())
                .contains(Digest.sha256(BUNDLE));
    }

    @Test
    void s07_ofTwoAtTheSameTimeOneWins() throws Exception {
        upload(BUNDLE);
        vendor.addRelease("1.0.0", BUNDLE);
        String one = body(Map.of("shop-releases", vendor.releases(2, vendor.releasesKey)));
        byte[] other = "other bytes".getBytes(UTF_8);
        upload(other);
        vendor.releases.clear();
        vendor.addRelease("2.0.0", other);
        String two = body(Map.of("shop-releases", vendor.releases(2, vendor.releasesKey)));

        Callable<Integer> first =
                () -> post("api/v1/products/shop/metadata", token, one).statusCode();
        Callable<Integer> second =
                () -> post("api/v1/products/shop/metadata", token, two).statusCode();
        try (var pool = Executors.newFixedThreadPool(2)) {
            List<Integer> statuses =
                    pool.invokeAll(List.of(first, second)).stream()
                            .map(result -> result.resultNow())
                            .toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
        host().refresh();
    }

    @Test
    void unsignedMetadataIsRefusedAndNothingChanges() throws Exception {
        String before = get("repository/metadata/timestamp.json").body();

        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("shop-releases", vendor.releases(2, vendor.targetsKey))));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(get("repository/metadata/timestamp.json").body()).isEqualTo(before);
    }

    @Test
    void s01_aPublisherCannotTouchTopLevelRoles() throws Exception {
        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("targets", vendor.targets(2, vendor.targetsKey))));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("role-not-allowed");
    }

    @Test
    void s07_anUploadWithAnotherDigestLeavesNothingBehind() throws Exception {
        HttpResponse<String> answer = upload(BUNDLE, Digest.sha256(new byte[] {1}));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("digest-mismatch");
        assertThat(staged()).isEmpty();
    }

    @Test
    void s07_anOversizeUploadLeavesNothingBehindAnnouncedOrNot() throws Exception {
        byte[] large = new byte[1_000_001];
        HttpResponse<String> announced = upload(large);
        assertThat(announced.statusCode()).isEqualTo(413);

        HttpRequest unannounced =
                HttpRequest.newBuilder(blob(Digest.sha256(large)))
                        .header("Authorization", "Bearer " + token)
                        .PUT(
                                BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(large)))
                        .build();
        HttpResponse<String> answer = client.send(unannounced, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too-large");
        assertThat(staged()).isEmpty();
    }

    @Test
    void s07_anAbortedUploadLeavesNothingBehind() throws Exception {
        URI blob = blob(Digest.sha256(BUNDLE));
        try (var socket = new java.net.Socket(blob.getHost(), blob.getPort())) {
            String head =
                    "PUT %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 900\r\n\r\n"
                            .formatted(blob.getPath(), token);
            socket.getOutputStream().write((head + "half of it").getBytes(UTF_8));
            socket.getOutputStream().flush();
            org.awaitility.Awaitility.await().until(() -> !staged().isEmpty());
        }

        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(staged()).isEmpty());
        assertThat(upload(BUNDLE).statusCode()).isEqualTo(201);
    }

    @Test
    void s11_aFailureTellsNobodyWhereTheServerKeepsItsFiles() throws Exception {
        Path staged = directory.resolve("data/repository/staged");
        Files.delete(staged);
        Files.writeString(staged, "in the way");

        HttpResponse<String> answer = upload(BUNDLE);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("repository-unusable", "its log says why")
                .doesNotContain(directory.toString(), "staged");
    }

    @Test
    void s11_namesThatNotEveryDiskKeepsAreRefusedWith422() throws Exception {
        upload(BUNDLE);
        vendor.addRelease("nul", BUNDLE);
        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("shop-releases", vendor.releases(2, vendor.releasesKey))));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("some systems reserve");
    }

    @Test
    void s07_manyUploadsOfTheSameBlobAgree() throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> uploads =
                    Stream.generate(() -> (Callable<Integer>) () -> upload(BUNDLE).statusCode())
                            .limit(16)
                            .toList();
            List<Integer> statuses =
                    pool.invokeAll(uploads).stream().map(result -> result.resultNow()).toList();
            assertThat(statuses).contains(201).containsOnly(200, 201);
        }
        assertThat(staged()).containsExactly(Digest.sha256(BUNDLE).hex());
    }

    @Test
    void aRestartedServerServesTheSameAndAcceptsTheSameTokens() throws Exception {
        upload(BUNDLE);
        publishRelease("1.0.0", BUNDLE);
        String before = get("repository/metadata/timestamp.json").body();
        server.close();

        server =
                Server.start(
                        ServerOptions.in(directory.resolve("data")).listen("127.0.0.1", 0).build());

        assertThat(get("repository/metadata/timestamp.json").body()).isEqualTo(before);
        assertThat(upload("more".getBytes(UTF_8)).statusCode()).isEqualTo(201);
    }

    private TargetSource host() throws IOException {
        Path store = directory.resolve("store");
        if (Files.notExists(store)) {
            Repositories.trust(store, vendor.root(1, vendor.rootKey));
        }
        return Repositories.open(
                RepositoryLocation.below(server.uri().resolve("repository/")),
                store,
                java.time.InstantSource.system());
    }

    private String publishRelease(String version, byte[] bytes) throws Exception {
        String path = vendor.addRelease(version, bytes);
        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("shop-releases", vendor.releases(2, vendor.releasesKey))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return path;
    }

    private void publishChannel(String version, String bundle) throws Exception {
        byte[] document =
                Channel.empty("shop", "stable", "semver")
                        .withReleases(
                                List.of(
                                        new ReleaseBuilder(Version.of(version))
                                                .platform(
                                                        "any",
                                                        new Artifact(bundle, BUNDLE.length, 0))
                                                .build()))
                        .toJson();
        upload(document);
        vendor.channel.put(
                "shop/channels/stable.json",
                Drafts.target(document.length, Digest.sha256(document)));
        HttpResponse<String> answer =
                post(
                        "api/v1/products/shop/metadata",
                        token,
                        body(Map.of("shop-channel-stable", vendor.channel(2, vendor.channelKey))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<String> staged() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/repository/staged"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private HttpResponse<String> upload(byte[] bytes) throws Exception {
        return upload(bytes, Digest.sha256(bytes));
    }

    private HttpResponse<String> upload(byte[] bytes, Digest digest) throws Exception {
        return client.send(
                HttpRequest.newBuilder(blob(digest))
                        .header("Authorization", "Bearer " + token)
                        .expectContinue(true)
                        .PUT(BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI blob(Digest digest) {
        return server.uri().resolve("api/v1/products/shop/blobs/" + digest.hex());
    }

    private static String body(Map<String, byte[]> metadata) {
        return metadata.entrySet().stream()
                .map(role -> "\"" + role.getKey() + "\":" + new String(role.getValue(), UTF_8))
                .collect(Collectors.joining(",", "{\"metadata\":{", "}}"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String bearer, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Authorization", "Bearer " + bearer)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
