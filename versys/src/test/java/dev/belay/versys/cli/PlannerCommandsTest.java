package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `plan`, `graph`, `lint` and `simulate` as a person or a pipeline calls them.
class PlannerCommandsTest {
    @TempDir Path directory;
    private Path channel = Path.of("");
    private Path hosts = Path.of("");

    @BeforeEach
    void write() throws Exception {
        channel = directory.resolve("channel.json");
        hosts = directory.resolve("hosts.json");
        Files.writeString(
                channel,
                """
                {"format":1,"product":"shop","channel":"stable","scheme":"semver",
                 "blocked":[{"target":"2.1.0","origins":["1.0.0"],"message":"<script>alert(1)</script>"}],
                 "releases":[
                 {"version":"1.0.0"},
                 {"version":"2.0.0","required-stop":{"message":"migrates the orders"},"notes":"big",
                  "manual-actions":[{"name":"Stop","message":"stop the workers"}]},
                 {"version":"2.1.0","conditions":[{"risk":"Slow","when":{"db":"mysql"},"message":"slow","url":"https://example.org"}]},
                 {"version":"3.0.0","rollout":{"start":"2026-11-20T00:00:00Z","duration":"48h","from":0}}]}
                """);
        Files.writeString(
                hosts,
                """
                [{"id":"a","version":"1.0.0","count":60},{"id":"b","version":"2.0.0","wariness":0.5,"count":40,
                  "platform":"linux","channel":"stable","facts":{"db":"mysql"}}]
                """);
    }

    private String run(int status, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--channel-file", channel.toString()));
        return RecipesTest.run(status, all);
    }

    @Test
    void planSaysWhyAndWhatOpensWhen() {
        String words =
                run(
                        0,
                        "plan",
                        "--from",
                        "1.0.0",
                        "--at",
                        "2026-11-20T06:00:00Z",
                        "--wariness",
                        "0.5",
                        "--fact",
                        "db=postgresql");

        assertThat(words)
                .contains("1.0.0 -> 2.0.0 -> 2.1.0 (2 hops)", "required stop. migrates the orders")
                .contains("do and confirm first: stop the workers")
                .contains(
                        "3.0.0 is open to 12.5 % of the hosts; yours in about 18 h; `--now` takes it.")
                .contains("opens at 2026-11-21T00:00:00Z");
        assertThat(run(0, "plan", "--from", "1.0.0", "--at", "2026-11-20T06:00:00Z", "--now"))
                .contains("2.0.0 -> 3.0.0");
        assertThat(run(0, "plan", "--from", "2.0.0", "--to", "2.1.0"))
                .contains("Blocked on the way to 2.1.0", "risk Slow", "see https://example.org")
                .contains("Accepting Slow opens: 2.1.0.");
        assertThat(run(0, "plan", "--from", "2.0.0", "--to", "2.0.0"))
                .contains("2.0.0 is up to date.");
        assertThat(run(0, "plan", "--from", "9.0.0")).contains("Unknown version.");
    }

    @Test
    void planAnswersInJsonWithEveryField() {
        JsonNode answer =
                JsonMapper.shared()
                        .readTree(
                                run(
                                        0,
                                        "plan",
                                        "--from",
                                        "1.0.0",
                                        "--at",
                                        "2026-11-20T06:00:00Z",
                                        "--json",
                                        "--accept-risk",
                                        "Slow",
                                        "--reject",
                                        "3.0.0",
                                        "--pin",
                                        "2.x",
                                        "--to",
                                        "2.1.0",
                                        "--policy",
                                        "newest-first",
                                        "--platform",
                                        "linux",
                                        "--allow-downgrade"));

        assertThat(answer.propertyNames()).containsExactly("outcome", "hops", "reasons");
        JsonNode hop = answer.get("hops").get(0);
        assertThat(hop.propertyNames())
                .containsExactly(
                        "version", "why", "notes", "risks", "required-stop", "manual-action");
        assertThat(hop.get("required-stop").asBoolean()).isTrue();
        assertThat(hop.get("manual-action").asString()).isEqualTo("stop the workers");
        assertThat(answer.at("/hops/1/risks/0").asString()).isEqualTo("Slow");
        assertThat(answer.at("/hops/1/manual-action").isNull()).isTrue();
    }

    @Test
    void planRefusesWrongArguments() {
        assertThat(run(2, "plan", "--from", "1.0.0", "--at", "noon"))
                .contains("--at is an instant");
        assertThat(run(2, "plan", "--from", "1.0.0", "--policy", "best"))
                .contains("unknown policy");
        assertThat(run(2, "plan", "--from", "1.0.0", "--wariness", "2"))
                .contains("between 0 and 1");
        assertThat(run(2, "plan", "--from", "1.0.0", "--pin", "latest"))
                .contains("not a version range");
        assertThat(run(2, "plan")).contains("--from");
        assertThat(run(4, "plan", "--from", "../1")).contains("not a version");
    }

    @Test
    void aWrongDocumentIsRefusedWithItsPlace() throws Exception {
        Files.writeString(channel, "{\"format\":1,\n \"produkt\":\"shop\"}");
        assertThat(run(1, "plan", "--from", "1.0.0")).contains("line 2", "unknown field 'produkt'");
        Files.delete(channel);
        assertThat(run(1, "plan", "--from", "1.0.0")).contains("cannot be read");
    }

    @Test
    void graphDrawsInEveryForm() {
        String html = run(0, "graph", "--hosts", hosts.toString());
        assertThat(html)
                .contains("<svg", "60 hosts", "class=\"stop\"", "wheel")
                .doesNotContain("<script>alert");
        assertThat(run(0, "graph", "--svg")).startsWith("<svg").contains("class=\"blocked\"");
        assertThat(run(0, "graph", "--dot"))
                .contains("digraph", "\"1.0.0\" -> \"2.0.0\"", "shape=box");
        JsonNode json =
                JsonMapper.shared().readTree(run(0, "graph", "--json", "--platform", "linux"));
        assertThat(json.get("nodes")).hasSize(4);
        assertThat(run(2, "graph", "--json", "--dot")).contains("mutually exclusive");
    }

    @Test
    void lintEndsWithOneForErrors() throws Exception {
        assertThat(run(0, "lint")).doesNotContain("error:");
        assertThat(run(1, "lint", "--reject", "2.0.0")).contains("[only-by-rejected]");
        Files.writeString(
                channel,
                "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"stops\":[{\"version\":\"2.0.0\"}],"
                        + "\"releases\":[{\"version\":\"1.0.0\"},{\"version\":\"3.0.0\"}]}");
        assertThat(run(1, "lint")).contains("error: ", "[deleted-stop]");
        assertThat(
                        JsonMapper.shared()
                                .readTree(run(1, "lint", "--json"))
                                .at("/findings/0/severity")
                                .asString())
                .isEqualTo("error");
    }

    @Test
    void simulateShowsTheRolloutHourByHour() {
        String table =
                run(
                        0,
                        "simulate",
                        "--hosts",
                        hosts.toString(),
                        "--at",
                        "2026-11-20T00:00:00Z",
                        "--hours",
                        "25");
        assertThat(table.lines()).hasSize(27);
        JsonNode hours =
                JsonMapper.shared()
                        .readTree(
                                run(
                                        0,
                                        "simulate",
                                        "--hosts",
                                        hosts.toString(),
                                        "--at",
                                        "2026-11-20T00:00:00Z",
                                        "--hours",
                                        "25",
                                        "--json"))
                        .get("hours");
        assertThat(hours.at("/23/offers/waiting-for-rollout").asInt()).isEqualTo(40);
        assertThat(hours.at("/24/offers/3.0.0").asInt()).isEqualTo(40);
        assertThat(run(0, "simulate", "--hosts", hosts.toString(), "--svg", "--hours", "3"))
                .startsWith("<svg");
        assertThat(run(2, "simulate", "--hosts", hosts.toString(), "--at", "x")).contains("--at");
        assertThat(run(4, "simulate", "--hosts", channel.toString())).contains("cannot be read");
    }

    @Test
    void aNameThatTheChannelDoesNotHaveIsATypo() {
        assertThat(run(2, "plan", "--from", "2.0.0", "--accept-risk", "Slwo"))
                .contains("Channel stable has no risk 'Slwo'.", "Its risks are: Slow.");
        assertThat(run(2, "plan", "--from", "2.0.0", "--reject", "2.1"))
                .contains("Channel stable has no release '2.1'.");
        assertThat(run(2, "lint", "--reject", "v2.1.0")).contains("no release 'v2.1.0'");
        run(0, "plan", "--from", "2.0.0", "--accept-risk", "Slow", "--reject", "3.0.0");
    }

    @Test
    void aHostsFileIsReadAsStrictlyAsAChannel() throws Exception {
        for (String[] wrong :
                new String[][] {
                    {
                        "[\n {\"version\":\"1.0.0\",\"plattform\":\"linux\"}]",
                        "line 2, column 33 (/0/plattform)",
                        "unknown field 'plattform'"
                    },
                    {"[{\"version\":\"1.0.0\",\"version\":\"2.0.0\"}]", "line 1", "version"},
                    {"[{\"id\":\"a\"}]", "line 1", "'version' is missing"},
                    {"[{\"version\":\"1.0.0\",\"count\":0}]", "line 1", "'count' is from 1"},
                    {"[{\"version\":\"1.0.0\",\"wariness\":2}]", "line 1", "'wariness' is"},
                    {"{\"version\":\"1.0.0\"}", "line 1", "an array is needed"}
                }) {
            Files.writeString(hosts, wrong[0]);
            assertThat(run(4, "simulate", "--hosts", hosts.toString()))
                    .contains("The hosts in " + hosts + " cannot be read. The hosts file is")
                    .contains(wrong[1], wrong[2]);
        }
    }
}
