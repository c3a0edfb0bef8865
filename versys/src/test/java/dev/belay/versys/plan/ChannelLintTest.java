package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChannelLintTest {
    private static List<String> lint(Doc doc) {
        return ChannelLint.check(doc.channel()).stream()
                .map(finding -> finding.kind() + finding.release().map(r -> " " + r).orElse(""))
                .toList();
    }

    @Test
    void hasNothingToSayOfAGoodChannel() {
        assertThat(
                        lint(
                                Doc.semver("1.0.0", "1.1.0", "2.0.0")
                                        .add("stops", "last-of-each", "major")))
                .isEmpty();
        assertThat(lint(new Doc("semver"))).isEmpty();
    }

    @Test
    void findsStrandedReleasesAndSecondHeads() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "2.0.0", "2.1.0");
        doc.set("2.0.0", "from", "none").set("2.1.0", "from", ">=2.0.0");

        assertThat(lint(doc)).contains("stranded 1.0.0", "second-head 1.1.0");
        doc.set("1.0.0", "dead-end", "d").set("1.1.0", "dead-end", "d");
        assertThat(lint(doc)).noneMatch(finding -> finding.startsWith("stranded"));
    }

    @Test
    void findsStopsThatAreNotThereOrBlockThemselves() {
        assertThat(lint(Doc.semver("1.0.0", "3.0.0").add("stops", "version", "2.0.0")))
                .contains("deleted-stop 2.0.0", "second-head 1.0.0");
        Doc doc = Doc.semver("1.0.0", "2.0.0", "3.0.0");
        doc.set("2.0.0", "required-stop", true, "from", "none");
        assertThat(lint(doc)).contains("stop-blocks-itself 2.0.0");
    }

    @Test
    void findsCirclesAndTargetsWithoutOrigins() {
        Doc doc = Doc.semver("1.0.0", "2.0.0", "3.0.0");
        doc.set("1.0.0", "previous", List.of("2.0.0")).set("2.0.0", "from", ">=5");

        assertThat(lint(doc)).contains("unreachable 2.0.0", "empty-range");
        doc.set("2.0.0", "from", "older");
        assertThat(lint(doc)).contains("cycle 1.0.0");
    }

    @Test
    void findsOffersThatAreNeverMade() {
        Doc doc = Doc.semver("1.0.0", "2.0.0", "3.0.0");
        doc.add("offers", "head", "2.0.0", "from", "<2.0.0").add("offers", "head", "3.0.0");
        assertThat(lint(doc)).isEmpty();
        doc.add("offers", "head", "2.0.0", "platforms", List.of("mac"));
        assertThat(lint(doc)).containsExactly("unused-offer 3.0.0");
    }

    @Test
    void findsVersionsThatComeFromNowhereAndGoNowhere() {
        Doc doc = Doc.semver("1.0.0", "2.0.0").add("unlisted", "versions", "0.x", "to", "9.x");
        assertThat(lint(doc)).containsExactly("empty-range");
    }

    @Test
    void findsRulesThatSayNothing() {
        Doc doc = Doc.semver("1.0.0", "2.0.0");
        doc.add("conditions", "risk", "Old", "target", "9.0.0", "message", "m")
                .add("blocked", "target", "2.0.0", "from", ">=3", "message", "m")
                .add("stops", "last-in", "7.x");
        doc.set(
                "2.0.0",
                "conditions",
                List.of(Doc.map("risk", "R", "from", ">=8", "message", "m")));

        assertThat(lint(doc)).contains("unused-risk", "unused-block", "empty-range");
    }

    @Test
    void findsWhoCanOnlyLeaveByARejectedRelease() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "2.0.0");
        doc.set("2.0.0", "from", ">=1.1.0");

        assertThat(ChannelLint.check(doc.channel(), Set.of(Version.of("1.1.0"))))
                .extracting(Finding::kind)
                .containsExactly("only-by-rejected");
    }

    @Test
    void looksAtEveryPlatform() {
        Doc doc = Doc.semver("1.0.0");
        doc.release("1.1.0", "platforms", Doc.map("linux", Doc.map("path", "p", "length", 1)));
        doc.release(
                "2.0.0",
                "from",
                ">=1.1.0",
                "platforms",
                Doc.map(
                        "linux",
                        Doc.map("path", "p", "length", 1),
                        "mac",
                        Doc.map("path", "p", "length", 1)));

        assertThat(ChannelLint.check(doc.channel()))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("on mac"))
                .noneMatch(message -> message.contains("on linux"));
    }

    @Test
    void findsAFloorAboveEverything() {
        assertThat(lint(Doc.semver("1.0.0", "2.0.0").with("floor", "20.0.0")))
                .contains("floor-above-all 20.0.0");
    }

    @Test
    void groupsReleasesByTheirCause() {
        Doc doc = Doc.semver();
        for (int patch = 0; patch < 49; patch++) {
            doc.release("1.8." + patch);
        }
        doc.release("1.9.4", "required-stop", true, "dead-end", "reinstall").release("2.0.0");

        assertThat(Finding.byCause(ChannelLint.check(doc.channel())))
                .extracting(Finding::message)
                .containsExactly(
                        "49 releases (1.8.0 to 1.8.48) are stranded behind 1.9.4, which is a"
                                + " required stop and a dead end, and cannot reach 2.0.0");
    }
}
