package dev.belay.versys.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.version.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelFormTest {
    /// Everything that `docs/format/channel.md` lists, in the order in which it is written.
    private static final String EVERYTHING =
            """
            {"format":1,"product":"shop","channel":"stable","scheme":"semver","from":"none",
            "released-later":true,"head":{"any":"2.0.0"},"floor":"1.0.0",
            "halted":{"message":"h","url":"u"},
            "channels":{"beta":{"inherits":"stable","delay":"2d"}},
            "series":[{"targets":"2.x","from":"1.x","downgrade":true},{"origins":"1.x","to":"2.x"}],
            "stops":[{"version":"1.0.0","from":"<1.0.0","targets":">=2","platforms":["a","b"],
            "when":{"db":"mysql"},"message":"m","url":"u"},{"last-in":"1.x"},
            {"last-of-each":"minor","within":"1.x","numbers":[1,2]}],
            "blocked":[{"target":"2.0.0","targets":"2.x","from":"<1","origins":["0.1.0"],
            "pattern":"^0","platforms":["a"],"when":{"n":5,"v":["x",true],"r":{"range":"1.x"},
            "q":{"not":"p"},"t":{"present":true},"$origin":{"majors-behind":">1"},
            "$target":{"pre-release":["beta","rc"]}},"message":"m","url":"u"}],
            "conditions":[{"risk":"R","message":"m"}],
            "manual-actions":[{"name":"A","message":"m"}],
            "rollouts":[{"target":"2.0.0","from":"1.x","rollout":{"from":0.3}}],"x-team":"t",
            "releases":[{"version":"1.0.0"},{"version":"2.0.0","date":"2026-01-02T03:04:05Z",
            "platforms":{"any":{"path":"p","length":1,"unpacked":2}},"channels":["beta"],
            "from":"older","to":"2.x","previous":["1.0.0"],"next":["1.0.0"],"downgrade":true,
            "required-stop":{"from":"1.x","message":"m"},"dead-end":"d",
            "withdrawn":{"message":"w","url":"u"},
            "rollout":{"start":"2026-01-02T00:00:00Z","duration":"48h","from":0.05,
            "paused-at":"2026-01-03T00:00:00Z","before":0},"requires":{"java":{"range":">=17"}},
            "conditions":[{"risk":"S","message":"m"}],
            "manual-actions":[{"name":"B","message":"m"}],
            "not-before":"2026-01-01T00:00:00Z","downtime":"90s","notes":"n","x-build":"b"}]}\
            """
                    .replace("\n", "")
                    .replace("48h", "2d");

    private static Channel parse(String json) {
        return Channel.parse(json.getBytes(UTF_8));
    }

    private static String document(String fields) {
        return "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\"," + fields + "}";
    }

    @Test
    void writesEveryFieldAsItWasRead() {
        assertThat(new String(parse(EVERYTHING).toJson(), UTF_8)).isEqualTo(EVERYTHING);
    }

    @Test
    void fieldsComeInAnyOrder() {
        Channel channel =
                parse(document("\"releases\":[{\"required-stop\":true,\"version\":\"1.0.0\"}]"));

        assertThat(channel.release(Version.of("1.0.0")).orElseThrow().passage().requiredStop())
                .contains(StopScope.EVERYBODY);
    }

    /// The scheme comes after the range, so whether it is one is known only at the end.
    @Test
    void saysWhereARangeStands() {
        String json =
                document(
                        "\"releases\":[{\"version\":\"1.0.0\"},\n {\"version\":\"2.0.0\",\"to\":\"later\"}],\"scheme\":\"semver\"");

        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidChannelException.class)
                .hasMessageContaining("line 2, column 26 (/releases/1/to)")
                .hasMessageContaining("later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"releases\":[{\"date\":\"2026-01-02T03:04:05Z\"}]",
                "\"releases\":[{\"version\":\"1.0.0\",\"colour\":\"red\"}]",
                "\"blocked\":[{\"target\":\"1.0.0\"}]",
                "\"conditions\":[{\"message\":\"m\"}]",
                "\"stops\":[{\"message\":\"m\"}]",
                "\"stops\":[{\"last-in\":\"1.x\",\"within\":\"1.x\"}]",
                "\"series\":[{\"targets\":\"1.x\",\"to\":\"1.x\"}]",
                "\"x-number\":1",
            })
    void refusesWhatIsIncomplete(String fields) {
        assertThatThrownBy(() -> parse(document(fields)))
                .isInstanceOf(InvalidChannelException.class)
                .hasMessageContaining("line 1");
    }
}
