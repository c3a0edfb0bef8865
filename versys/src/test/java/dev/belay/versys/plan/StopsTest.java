package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

    /// 4294967304 is 8 and 2^32.
    @Test
    void aSeriesIsNotTakenForAnotherWhoseNumberEndsInTheSameBits() {
        Doc doc = Doc.numeric("1.0", "4294967304.0", "4294967305.0");
        doc.add("stops", "last-of-each", "major", "numbers", List.of(8));

        assertThat(Doc.path(doc.plan("1.0", "4294967305.0"))).containsExactly("4294967305.0");
    }

    /// Every host lands on each 2.x, so each 4.x holds for all of them; which of them a way may
    /// jump over need not be tried.
    @Test
    void stopsThatBindEverybodyAreNoChoice() {
        Doc doc = Doc.semver("1.0.0");
        List<String> way = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            doc.release("2." + i + ".0", "required-stop", true);
            doc.release("4." + i + ".0", "required-stop", Doc.map("from", "2." + i + ".0"));
            way.add("2." + i + ".0");
        }
        doc.release("3.0.0", "required-stop", true).release("5.0.0");
        way.add("3.0.0");
        way.addAll(way.subList(0, 40).stream().map(v -> "4" + v.substring(1)).toList());
        way.add("5.0.0");

        assertThat(Doc.path(doc.plan("1.0.0", request -> request)))
                .containsExactlyInAnyOrderElementsOf(way);
        assertThat(ChannelLint.check(doc.channel())).isEmpty();
    }

    /// 30 choices, each of which decides about a stop: 2^30 ways.
    static Doc tangle() {
        Doc doc = Doc.semver("1.0.0");
        for (int i = 1; i <= 30; i++) {
            String before = i == 1 ? "1.0.0" : "1." + (i - 1) + ".x";
            doc.release("1." + i + ".0", "from", before).release("1." + i + ".1", "from", before);
        }
        for (int i = 1; i <= 30; i++) {
            String before = i == 1 ? "1.30.x" : "2." + (i - 1) + ".x";
            doc.release(
                    "2." + i + ".0",
                    "from",
                    before,
                    "required-stop",
                    Doc.map("from", "1." + i + ".1"));
            doc.release("2." + i + ".1", "from", before);
        }
        return doc.release("3.0.0", "from", "2.30.x");
    }

    @Test
    void aTangleOfStopsIsPassedOverAllOfThem() {
        List<String> path = Doc.path(tangle().plan("1.0.0", request -> request));

        assertThat(path).hasSize(61).endsWith("3.0.0").contains("1.1.1");
        for (int i = 1; i <= 30; i++) {
            assertThat(path).contains("2." + i + ".0");
        }
    }

    @Test
    void lintFindsATangleFirst() {
        assertThat(ChannelLint.check(tangle().channel()))
                .extracting(Finding::kind)
                .contains("tangled-stops");
    }

    @Test
    void aSeriesStopsAtAReleaseThatSomebodyCanLandOn() {
        Doc doc = Doc.semver("1.0.0", "2.0.0", "2.1.0", "3.0.0");
        doc.set("2.1.0", "from", "none").add("stops", "last-of-each", "major");

        assertThat(Doc.path(doc.plan("1.0.0", "3.0.0"))).containsExactly("2.0.0", "3.0.0");
        doc.set("2.0.0", "from", "none");
        assertThat(Doc.path(doc.plan("1.0.0", "3.0.0"))).containsExactly("3.0.0");
    }

    @Test
    void theStopThatCannotBeReachedIsNamed() {
        Doc doc = Doc.semver("1.0.0", "2.0.0", "3.0.0", "4.0.0");
        doc.set("2.0.0", "required-stop", true, "from", "none").set("3.0.0", "required-stop", true);

        assertThat(doc.plan("1.0.0", "4.0.0").reasons())
                .extracting(Reason::message)
                .anyMatch(words -> words.startsWith("2.0.0 is a required stop before 4.0.0"))
                .noneMatch(words -> words.startsWith("3.0.0 is a required stop"));
        assertThat(ChannelLint.check(doc.channel()))
                .extracting(finding -> finding.kind() + " " + finding.release().orElseThrow())
                .contains("stop-blocks-itself 2.0.0")
                .doesNotContain("stop-blocks-itself 3.0.0");
    }

    @Test
    void soIsTheStopThatIsNotListed() {
        Doc doc = Doc.semver("1.0.0", "3.0.0", "4.0.0").add("stops", "version", "2.0.0");

        assertThat(doc.plan("1.0.0", "4.0.0").reasons())
                .extracting(Reason::message)
                .anyMatch(words -> words.startsWith("2.0.0 is a required stop before 4.0.0"));
    }
}
