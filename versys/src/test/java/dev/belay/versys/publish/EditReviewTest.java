package dev.belay.versys.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Origins;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EditReviewTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    private final List<String> words = new ArrayList<>();

    /// 1.0.0 -> 2.0.0 -> 3.0.0, each only from the one before.
    private static Channel chain(String... more) {
        List<String> releases = new ArrayList<>();
        releases.add("{\"version\":\"1.0.0\",\"from\":\"none\"}");
        releases.add("{\"version\":\"2.0.0\",\"from\":\"1.x\"}");
        releases.add("{\"version\":\"3.0.0\",\"from\":\"2.x\"}");
        releases.addAll(List.of(more));
        return Channel.parse(
                ("{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"releases\":["
                                + String.join(",", releases)
                                + "]}")
                        .getBytes(UTF_8));
    }

    private static Channel withdrawn(Channel channel, String version) {
        return ChannelEditor.withdraw(
                        channel, Version.of(version), new Notice("broken", Optional.empty()))
                .channel();
    }

    private static PlanRequest host(String version) {
        return PlanRequest.builder(Version.of(version), NOW).build();
    }

    @Test
    void refusesAMistakeThatTheEditMakesAndNamesIt() {
        Channel bridgeGone = withdrawn(chain(), "2.0.0");

        assertThatThrownBy(() -> EditReview.STRICT.check(chain(), bridgeGone, words::add))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("1.0.0 cannot reach 3.0.0")
                .hasMessageContaining("Nothing was signed")
                .asInstanceOf(InstanceOfAssertFactories.type(BelayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED);
                    assertThat(refusal.help()).contains("--accept-finding second-head");
                });
    }

    @Test
    void publishesAMistakeThatIsAcceptedByName() {
        new EditReview(Set.of("second-head"), List.of())
                .check(chain(), withdrawn(chain(), "2.0.0"), words::add);

        assertThat(words).anyMatch(each -> each.startsWith("accepted: 1.0.0 cannot reach 3.0.0"));
    }

    @Test
    void earlierMistakesDoNotLockTheVendorOut() {
        Channel broken = withdrawn(chain(), "2.0.0");
        Channel newer =
                withdrawn(chain("{\"version\":\"4.0.0\",\"from\":\"2.x || 3.x\"}"), "2.0.0");

        EditReview.STRICT.check(broken, newer, words::add);
        EditReview.STRICT.check(newer, chain(), words::add);

        assertThat(words).isEmpty();
    }

    @Test
    void aReleaseCanAlwaysBeTakenBackOrBlockedForAll() {
        EdgeRule block =
                EdgeRule.block(
                        Version.of("3.0.0"), Origins.ALL, new Notice("slow", Optional.empty()));

        EditReview.STRICT.check(chain(), withdrawn(chain(), "3.0.0"), words::add);
        EditReview.STRICT.check(chain(), ChannelEditor.block(chain(), block).channel(), words::add);

        assertThat(words).noneMatch(each -> each.contains("cannot reach"));
    }

    @Test
    void warnsOfWhatIsNew() {
        Channel typo = chain("{\"version\":\"4.0.0\",\"from\":\"3.x\",\"to\":\"77.x\"}");

        EditReview.STRICT.check(chain(), typo, words::add);

        assertThat(words).singleElement().asString().startsWith("warning: ").contains("77.x");
    }

    @Test
    void saysWhatChangesForTheHostsBeforeItRefuses() {
        List<PlanRequest> hosts =
                Stream.of("1.0.0", "1.0.0", "2.0.0", "3.0.0").map(EditReviewTest::host).toList();
        EditReview review = new EditReview(Set.of(), hosts);

        assertThatThrownBy(() -> review.check(chain(), withdrawn(chain(), "2.0.0"), words::add))
                .isInstanceOf(RefusedException.class);
        assertThat(words).contains("2 of 4 reporting hosts lose their way forward.");
        words.clear();
        review.check(chain(), chain(), words::add);
        assertThat(words).containsExactly("None of 4 reporting hosts notices.");
    }
}
