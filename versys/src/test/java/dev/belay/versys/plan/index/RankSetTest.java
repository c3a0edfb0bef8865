package dev.belay.versys.plan.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankSetTest {
    private static final VersionKey[] KEYS =
            IntStream.range(0, 40)
                    .mapToObj(i -> 1 + i / 8 + "." + i / 2 % 4 + ".0" + (i % 2 == 0 ? "-rc.1" : ""))
                    .map(text -> VersionScheme.SEMVER.key(Version.of(text)))
                    .toArray(VersionKey[]::new);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                ">=2.1.0 <3.2.0",
                ">=2.1.0-rc.1 <3.2.0 ;pre-release=include",
                "<=3.0.0-rc.1",
                ">4.3.0",
                "2.3.0",
                "2.3.0-rc.1 ;pre-release=ignore",
                "9.x",
                "0.x",
                ">3.0.0 <2.0.0",
                "1.x || >=3.1.0 <3.3.0 || 5.3.0"
            })
    void holdsWhatTheRangeMatchesWhereverTheSearchBegins(String text) {
        VersionRange range = VersionRange.parse(text, VersionScheme.SEMVER);
        for (int near = 0; near <= KEYS.length; near++) {
            RankSet set = new RankSet(range, KEYS, near);
            for (int rank = 0; rank < KEYS.length; rank++) {
                assertThat(set.contains(rank))
                        .as("%s from %d", KEYS[rank], near)
                        .isEqualTo(range.matches(KEYS[rank]));
            }
        }
        assertThat(new RankSet(range, new VersionKey[0], 0).end()).isZero();
    }
}
