package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Stops that a host must not slip past, and whose work must not grow with their number.
class StopsTest {
    /// Whether the stop holds depends on the target, and the newest release is one nobody can
    /// reach.
    @Test
    void aStopForHostsThatAreNotFarBehindHoldsOnTheWayToTheTargetThatIsReached() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "1.2.0", "2.0.0");
        doc.set("2.0.0", "from", "none");
        doc.add(
                "stops",
                "version",
                "1.1.0",
                "when",
                Doc.map("$origin", Doc.map("majors-behind", "=0")));

        assertThat(Doc.versions(doc.plan("1.0.0", request -> request)))
                .containsExactly("1.1.0", "1.2.0");
        assertThat(Doc.path(doc.plan("1.0.0", "1.2.0"))).containsExactly("1.1.0", "1.2.0");
    }

    @Test
    void soDoesAStopForHostsWithSomethingThatLagsBehind() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "1.2.0", "2.0.0");
        doc.set("2.0.0", "withdrawn", "w");
        doc.add(
                "stops",
                "version",
                "1.1.0",
                "when",
                Doc.map("agent", Doc.map("not", Doc.map("minors-behind", ">2"))));

        assertThat(Doc.versions(doc.plan("1.0.0", request -> request.fact("agent", "1.0"))))
                .containsExactly("1.1.0", "1.2.0");
    }
}
