package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The agent's HTTP interface from outside, without a browser.
class LocalApiTest {
    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir Path state;
    private Home home;
    private SimulatedHost host;
    private Agent agent;

    @BeforeEach
    void startAgent() throws IOException {
        home = new Home(state);
        host = new SimulatedHost(home);
        host.offer(SimulatedHost.twoHops());
        agent = TestAgents.start(home, host);
        await().until(() -> agent.state() instanceof AgentState.Watching);
    }

    @AfterEach
    void stop() {
        host.goOn();
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/status",
                "/api/plan",
                "/api/history",
                "/api/events",
                "/page/../index.html"
            })
    void nothingIsShownWithoutASession(String path) throws Exception {
        HttpResponse<String> answer = send(get(path));
        assertThat(answer.statusCode()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("9.0.117");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/check", "/api/update"})
    void nothingIsDoneWithoutASession(String path) throws Exception {
        HttpResponse<String> answer = send(post(path, "{}"));
        assertThat(answer.statusCode()).isEqualTo(401);
        JsonNode body = json(answer);
        assertThat(body.get("kind").stringValue()).isEqualTo("session-required");
        assertThat(body.get("help").stringValue()).contains("supervisor open");
    }

    @Test
    void aLinkGivesOneSessionWithACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
        URI link = URI.create(OpenLink.create(home));
        HttpResponse<String> first = send(HttpRequest.newBuilder(link));
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location").orElseThrow())
                .matches("/#key=[A-Za-z0-9_-]{21}");
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict")
                .startsWith("belay-session-" + port());
        HttpResponse<String> second = send(HttpRequest.newBuilder(link));
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aTokenMayAlsoBePosted() throws Exception {
        String[] session = session();
        HttpResponse<String> status = send(get("/api/status").headers(session));
        assertThat(json(status).at("/now/installed").stringValue()).isEqualTo("9.0.117");
        assertThat(send(post("/session", "{\"token\":\"wrong\"}")).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost:PORT@evil.example",
                "127.0.0.1.evil.example:PORT"
            })
    void foreignHostsAreRefused(String name) throws Exception {
        String answer = raw("Host: " + name.replace("PORT", Integer.toString(port())));
        assertThat(answer).matches("(?s)HTTP/1.1 (403|400) .*").doesNotContain("9.0.117");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "[::1]:PORT"})
    void ownNamesAreFine(String name) throws Exception {
        assertThat(raw("Host: " + name.replace("PORT", Integer.toString(port()))))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"})
    void foreignOriginsAreRefusedEvenWithASession(String origin) throws Exception {
        HttpResponse<String> answer =
                send(post("/api/update", "{}").headers(session()).header("Origin", origin));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).get("kind").stringValue()).isEqualTo("foreign-origin");
        assertThat(host.status().installed()).hasToString("9.0.117");
    }

    @Test
    void halfASessionIsNone() throws Exception {
        String[] mine = session();
        String[] other = session();
        assertThat(send(get("/api/status").headers(mine)).statusCode()).isEqualTo(200);
        assertThat(send(get("/api/status").header(mine[0], mine[1])).statusCode()).isEqualTo(401);
        assertThat(send(get("/api/status").header(mine[2], mine[3])).statusCode()).isEqualTo(401);
        assertThat(
                        send(get("/api/status").headers(mine[0], mine[1], other[2], other[3]))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherPortsPageIsAForeignOne() throws Exception {
        HttpResponse<String> answer =
                send(
                        get("/api/status")
                                .headers(session())
                                .header("Sec-Fetch-Site", "same-site")
                                .header("Sec-Fetch-Mode", "no-cors"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aFormOfAnotherSiteStartsNothing() throws Exception {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri("/api/update"))
                                .headers(session())
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(host.status().installed()).hasToString("9.0.117");
    }

    @Test
    void everyAnswerIsStrict() throws Exception {
        for (String path : new String[] {"/", "/api/status", "/nowhere", "/icon.svg"}) {
            HttpResponse<String> answer = send(get(path));
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
        assertThat(json(send(get("/nowhere"))).get("kind").stringValue()).isEqualTo("not-found");
    }

    @Test
    void thePlanComesWithReasonsAndNumbers() throws Exception {
        JsonNode plan = json(send(get("/api/plan").headers(session())));
        assertThat(plan.get("kind").stringValue()).isEqualTo("ready");
        assertThat(plan.at("/chain/hops/0/to").stringValue()).isEqualTo("10.1.59");
        assertThat(plan.at("/chain/hops/0/why").stringValue()).contains("required stop");
        assertThat(plan.at("/chain/forecast/downtime-seconds").doubleValue()).isEqualTo(14.0);
        assertThat(plan.at("/chain/compared").booleanValue()).isFalse();
        assertThat(plan.at("/chain/hops/0/config")).isEmpty();
        plan = json(send(get("/api/plan?compare=true").headers(session())));
        assertThat(plan.at("/chain/compared").booleanValue()).isTrue();
        assertThat(plan.at("/chain/hops/0/config/0/path").stringValue())
                .isEqualTo("conf/server.xml");
        // what is known stays known
        plan = json(send(get("/api/plan").headers(session())));
        assertThat(plan.at("/chain/compared").booleanValue()).isTrue();
        host.offer();
        plan = json(send(get("/api/plan").headers(session())));
        assertThat(plan.get("kind").stringValue()).isEqualTo("nothing-to-do");
    }

    @Test
    void aSecondUpdateIsAConflict() throws Exception {
        host.holdBefore(Step.SWITCH);
        String[] session = session();
        String body = "{\"to\":\"11.0.24\"}";
        assertThat(send(post("/api/update", body).headers(session)).statusCode()).isEqualTo(202);
        HttpResponse<String> second = send(post("/api/update", body).headers(session));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(json(second).get("kind").stringValue()).isEqualTo("update-running");
        host.goOn();
        await().until(() -> Version.of("11.0.24").equals(host.status().installed()));
        await().until(() -> agent.state() instanceof AgentState.Watching);
        JsonNode history = json(send(get("/api/history").headers(session)));
        assertThat(history.at("/0/outcome").stringValue()).isEqualTo("updated");
    }

    @Test
    void whatIsNoVersionIsRefused() throws Exception {
        String[] session = session();
        for (String body : new String[] {"{\"to\":\"../../etc\"}", "[]", "{", ""}) {
            assertThat(send(post("/api/update", body).headers(session)).statusCode())
                    .isEqualTo(400);
        }
        assertThat(send(post("/api/check", "{}").headers(session)).statusCode()).isEqualTo(200);
    }

    @Test
    void anUpdateThatCannotBeginLeavesItsReason() throws Exception {
        host.offer();
        String[] session = session();
        send(post("/api/update", "{}").headers(session));
        await().until(() -> attempt(session).path("kind").asString("").equals("nothing-to-do"));
        assertThat(attempt(session).get("running").booleanValue()).isFalse();
    }

    @Test
    void eventsResumeWhereAReaderLeft() throws Exception {
        host.log(begun("t1", "event-one"));
        host.log(begun("t2", "event-two"));
        host.log(new Event.StepBegun(Instant.now(), "t2", 1, Step.STOP, "event-three"));
        String[] session = session();
        String first = events(session, null, "event-three");
        assertThat(first)
                .doesNotContain("event-one")
                .contains("event-two")
                .contains("event: status");
        String id = first.lines().filter(l -> l.startsWith("id:")).findFirst().orElseThrow();
        String rest = events(session, id.substring(3).trim(), "event-three");
        assertThat(rest).doesNotContain("event-two").contains("event-three");
    }

    private String events(String[] session, String lastId, String until) throws Exception {
        HttpRequest.Builder request =
                get("/api/events").headers(session).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        StringBuilder seen = new StringBuilder();
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    seen.indexOf(until) < 0 || seen.indexOf("event: status") < 0;
                    line = lines.readLine()) {
                seen.append(line).append('\n');
            }
        }
        return seen.toString();
    }

    private JsonNode attempt(String[] session) throws Exception {
        return json(send(get("/api/status").headers(session))).path("attempt");
    }

    /// Both halves of a session, as headers.
    private String[] session() throws Exception {
        String token = OpenLink.create(home).replaceFirst(".*token=", "");
        HttpResponse<String> answer = send(post("/session", "{\"token\":\"" + token + "\"}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String[] {
            "Cookie",
            answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", ""),
            "X-Belay-Key",
            json(answer).get("key").stringValue()
        };
    }

    private int port() {
        return URI.create(agent.url()).getPort();
    }

    private URI uri(String path) {
        return URI.create(agent.url()).resolve(path);
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    /// One request whose Host header is ours to choose.
    private String raw(String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write(
                            ("GET /icon.svg HTTP/1.1\r\n"
                                            + header
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Event begun(String transaction, String message) {
        return new Event.Begun(
                Instant.now(),
                transaction,
                RunKind.UPDATE,
                Version.of("9.0.117"),
                Version.of("11.0.24"),
                message);
    }
}
