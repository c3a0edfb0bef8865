package dev.belay.versys.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;

/// Version ranges as a fuzzer makes them; see docs/development.md, "Fuzzing".
class VersionRangeFuzzTest {
    /// The first line names the scheme, the second is a range, the others are versions.
    ///
    /// Refused with an [IllegalArgumentException]; or order is total, the range's place on it never
    /// falls, and what the index of the planner relies on agrees with `matches`.
    @FuzzTest
    void anyRange(byte[] text) {
        List<String> lines = new String(text, UTF_8).lines().limit(40).toList();
        if (lines.size() < 2) {
            return;
        }
        VersionScheme scheme;
        VersionRange range;
        List<VersionKey> keys = new ArrayList<>();
        try {
            List<Version> published = versions(lines.subList(2, lines.size()));
            scheme = VersionScheme.named(lines.get(0), published);
            range = VersionRange.parse(lines.get(1), scheme);
            for (Version version : published) {
                if (scheme.accepts(version)) {
                    keys.add(scheme.key(version));
                    assertThat(range.matches(version)).isEqualTo(range.matches(keys.getLast()));
                }
            }
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(range.toString()).isEqualTo(lines.get(1));
        assertThat(VersionRange.parse(range.toString(), scheme)).isEqualTo(range);
        checkOrder(keys);
        keys.sort(null);
        for (int alternative = 0; alternative < range.alternatives(); alternative++) {
            int before = -1;
            for (VersionKey key : keys) {
                int position = range.position(alternative, key);
                assertThat(position).isGreaterThanOrEqualTo(before);
                before = position;
            }
        }
        keys.forEach(key -> check(range, key));
    }

    private static List<Version> versions(List<String> lines) {
        List<Version> versions = new ArrayList<>();
        for (String line : lines) {
            try {
                versions.add(Version.of(line));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        return versions;
    }

    private static void checkOrder(List<VersionKey> keys) {
        for (VersionKey a : keys) {
            for (VersionKey b : keys) {
                int order = Integer.signum(a.compareTo(b));
                assertThat(Integer.signum(b.compareTo(a))).isEqualTo(-order);
                assertThat(a.equals(b)).isEqualTo(order == 0);
                if (order == 0) {
                    assertThat(a.hashCode()).isEqualTo(b.hashCode());
                }
            }
        }
    }

    private static void check(VersionRange range, VersionKey key) {
        boolean matches = false;
        boolean above = true;
        for (int i = 0; i < range.alternatives(); i++) {
            matches |= range.position(i, key) == 0 && range.admits(i, key);
            above &= range.position(i, key) > 0;
            if (key.isPreRelease() && range.position(i, key) == 0 && range.admits(i, key)) {
                assertThat(range.admitsPreReleases(i)).isTrue();
            }
        }
        assertThat(range.matches(key)).isEqualTo(matches);
        assertThat(range.isBelow(key)).isEqualTo(above);
    }
}
