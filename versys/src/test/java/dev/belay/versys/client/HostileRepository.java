package dev.belay.versys.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;

/// A repository that turns hostile, and a host that trusts its first root.
abstract class HostileRepository {
    static final byte[] BYTES = "program".getBytes(UTF_8);

    final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    final SimulatedHost host = new SimulatedHost(repository);

    final AbstractThrowableAssert<?, ?> assertRefused(String kind) {
        TreeMap<String, byte[]> before = new TreeMap<>(host.trusted);
        var refused =
                assertThatThrownBy(host::refresh)
                        .isInstanceOfSatisfying(
                                MetadataException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(host.trusted.keySet()).containsAll(before.keySet());
        return refused;
    }

    final long trustedVersion(String role) {
        String text = new String(host.trusted.get(role), UTF_8);
        return Long.parseLong(text.replaceAll("(?s).*\"version\":(\\d+)\\}\\}$", "$1"));
    }
}
