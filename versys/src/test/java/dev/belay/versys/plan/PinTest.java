package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/// No answer leads above the pin.
class PinTest {
    private static final Doc DOC = Doc.semver("1.0.0", "2.0.0", "3.0.0");

    static {
        DOC.set("2.0.0", "required-stop", true);
    }

    @Test
    void aHostThatIsHeldStaysBelowIt() {
        PlanResult result = DOC.plan("1.0.0", request -> request.pin("1.x"));

        assertThat(result.outcome()).isEqualTo("held");
        assertThat(result.hops()).isEmpty();
        assertThat(Doc.kinds(result)).containsExactly("pin");
    }

    @Test
    void soDoesOneThatWantsMore() {
        PlanResult result =
                DOC.plan("1.0.0", request -> request.pin("1.x").to(Version.of("3.0.0")));

        assertThat(result.outcome()).isEqualTo("held");
        assertThat(result.hops()).isEmpty();
    }

    @Test
    void soDoesOneThatIsBlockedOrWaits() {
        for (String field : List.of("withdrawn", "rollout")) {
            Doc doc = Doc.semver("1.0.0", "1.1.0", "2.0.0", "3.0.0");
            doc.set("1.1.0", "required-stop", true).set("2.0.0", "required-stop", true);
            doc.set("3.0.0", field, field.equals("rollout") ? Doc.map("from", 0) : "w");
            PlanResult result =
                    doc.plan("1.0.0", request -> request.pin("1.x").to(Version.of("3.0.0")));

            assertThat(Doc.versions(result)).as(field).containsExactly("1.1.0");
        }
    }

    @Test
    void theWayDownDoesNotLeadOverIt() {
        Doc doc = Doc.semver("1.0.0", "2.0.0", "3.0.0");
        doc.set("2.0.0", "previous", List.of("3.0.0")).set("1.0.0", "previous", List.of("2.0.0"));
        PlanResult result =
                doc.plan(
                        "3.0.0",
                        request -> request.pin("1.x").to(Version.of("1.0.0")).allowDowngrade(true));

        assertThat(result.outcome()).isEqualTo("held");
        assertThat(result.hops()).isEmpty();
    }
}
