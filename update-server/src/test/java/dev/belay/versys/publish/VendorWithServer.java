package dev.belay.versys.publish;

import dev.belay.server.cli.RunningServer;
import dev.belay.server.cli.Server;
import dev.belay.server.cli.ServerOptions;
import dev.belay.versys.cli.VendorAtWork;
import dev.belay.versys.client.TargetSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real server of the product `shop`, and people who publish to it.
final class VendorWithServer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private RunningServer server;

    VendorWithServer(Path directory) {
        this.directory = directory;
        this.server = started();
    }

    private RunningServer started() {
        return Server.start(
                ServerOptions.in(directory.resolve("data")).listen("127.0.0.1", 0).build());
    }

    /// Another server takes over the directory, at another address.
    void restart(VendorAtWork known) throws IOException {
        server = started();
        Path settings = known.home().resolve("versys.yaml");
        String address = "server: \"" + server.uri() + "\"";
        Files.writeString(settings, Files.readString(settings).replaceAll("server: .*", address));
    }

    void stop() {
        server.close();
    }

    /// Who begins the repository, alone and with the admin's token.
    VendorAtWork founder(String name, String... channels) throws IOException {
        VendorAtWork founder = new VendorAtWork(directory, name);
        giveToken(founder, adminToken());
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "init",
                                "--product=shop",
                                "--server=" + server.uri(),
                                "--solo",
                                "--no-passphrase"));
        List.of(channels).forEach(channel -> words.add("--channel=" + channel));
        founder.must(words.toArray(String[]::new));
        return founder;
    }

    /// Who gets a copy of the vendor's directory without the keys, and has no token.
    VendorAtWork colleague(VendorAtWork of, String name) throws IOException {
        VendorAtWork colleague = new VendorAtWork(directory, name);
        Files.createDirectories(colleague.home());
        for (String file : new String[] {"versys.yaml", "root.json"}) {
            Files.copy(of.home().resolve(file), colleague.home().resolve(file));
        }
        return colleague;
    }

    void giveToken(VendorAtWork person, String token) throws IOException {
        Files.createDirectories(person.home());
        Files.writeString(person.home().resolve("token"), token);
    }

    String adminToken() throws IOException {
        return Files.readString(server.adminTokenFile()).strip();
    }

    /// A new token for `shop`.
    String publisherToken() throws Exception {
        String answer = send("POST", "api/v1/products/shop/tokens", adminToken(), "{}").body();
        return answer.replaceAll(".*\"token\" ?: ?\"([^\"]+)\".*", "$1").strip();
    }

    /// @param token none if empty
    HttpResponse<String> send(String method, String path, String token, String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.uri() + path))
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// A host that trusts what this person's first root says, after a refresh.
    TargetSource host(VendorAtWork of, String name) throws IOException {
        return of.host(server.uri().resolve("repository"), name);
    }

    Path data() {
        return directory.resolve("data");
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
