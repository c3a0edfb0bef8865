package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// What an admin reads when the repository cannot be reached: what happened, what to look at, and
/// no name of a Java class.
class NetworkWordsTest {
    @Test
    void aClosedPortIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        BelayException said = refresh("http://127.0.0.1:" + port + "/metadata/");
        assertThat(said.kind()).isEqualTo("network-unreachable");
        assertThat(said).hasMessageContaining("the connection was refused, no server listens");
        assertThat(said.help()).contains("Check that the server runs", "Nothing was changed");
    }

    @Test
    void aDiskThatTakesNoDownloadIsNotTheNetworksFault() {
        BelayException said =
                NetworkWords.of("http://x/shop.tgz", new IOException("No space left on device"));
        assertThat(said.kind()).isEqualTo("disk-full");
        assertThat(said.help()).contains("Free some space");
    }

    @Test
    void anUnknownNameIsNamed() {
        assertThat(refresh("http://nowhere.invalid/metadata/"))
                .hasMessageContaining("no host of the name nowhere.invalid is known");
    }

    @Test
    void aServerWithoutARepositoryIsNoFailureOfTrust() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/metadata/";
            BelayException said = refresh(base);
            assertThat(said.kind()).isEqualTo("repository-missing");
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(said).hasMessageContaining("There is no repository at " + base);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerWithoutTlsIsNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerPlainly(server));
            BelayException said =
                    refresh("https://127.0.0.1:" + server.getLocalPort() + "/metadata/");
            assertThat(said).hasMessageContaining("no TLS connection could be made");
            assertThat(said.help()).contains("http:// or https://");
        }
    }

    private static void answerPlainly(ServerSocket server) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            in.read();
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes());
        } catch (IOException e) {
            // the client has given up, which is what this is about
        }
    }

    @Test
    void noFailureIsToldByItsClass() {
        for (IOException failure :
                new IOException[] {
                    new IOException(),
                    new SocketTimeoutException("Read timed out"),
                    new SocketTimeoutException("Connect timed out"),
                    new java.net.ConnectException("Connection timed out"),
                    new java.net.NoRouteToHostException("No route to host"),
                    new java.net.SocketException("Connection reset"),
                    (IOException)
                            new SSLHandshakeException("PKIX path building failed")
                                    .initCause(new java.security.cert.CertificateException("x")),
                    new FetchException("it answered 418"),
                }) {
            BelayException said = NetworkWords.of("http://example.org/x", failure);
            assertThat(said.getMessage() + said.help())
                    .startsWith("Cannot fetch http://example.org/x: ")
                    .doesNotContain("Exception")
                    .endsWith(" Nothing was changed.");
        }
    }

    private static BelayException refresh(String base) {
        byte[] root = new ReleaseRepositorySimulator().firstRoot();
        TufClient client =
                new TufClient(
                        Repositories.fetcher(TransferLimits.SINGLE_ATTEMPT),
                        1,
                        base,
                        base,
                        MetadataStores.inMemory(Map.of("root", root)),
                        ClientLimits.DEFAULT);
        return catchThrowableOfType(
                BelayException.class, () -> client.refresh(ReleaseRepositorySimulator.NOW));
    }

    @Test
    void aPageToLogInIsSaidToBeOne() throws Exception {
        String page = "\ufeff \n<!DOCTYPE html><html><body>Welcome to our hotel</body></html>";
        BelayException said = answered(page.getBytes(StandardCharsets.UTF_8));
        assertThat(said.kind()).isEqualTo("web-page-answered");
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(said).hasMessageContaining("captive portal").hasMessageContaining("2.root.json");
    }

    @Test
    void aLongPageToLogInIsSaidToBeOneToo() throws Exception {
        BelayException said =
                answered(new byte[ClientLimits.DEFAULT.rootBytes() + 1], "text/html; charset=x");
        assertThat(said.kind()).isEqualTo("web-page-answered");
        assertThat(said).hasMessageContaining("2.root.json");
    }

    @Test
    void aFileThatAnnouncesToBeTooLongIsAFailureOfTrust() throws Exception {
        BelayException said = answered(new byte[ClientLimits.DEFAULT.rootBytes() + 1]);
        assertThat(said.kind()).isEqualTo("metadata-too-large");
        assertThat(said.exitCode()).isEqualTo(ExitCode.TRUST);
    }

    /// What a refresh says when everything is answered with this.
    private static BelayException answered(byte[] body) throws IOException {
        return answered(body, "application/octet-stream");
    }

    private static BelayException answered(byte[] body, String type) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            return refresh("http://127.0.0.1:" + server.getAddress().getPort() + "/metadata/");
        } finally {
            server.stop(0);
        }
    }
}
