package dev.belay.supervisor.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7480", "localhost:7480", "[::1]:7480", "127.8.9.1:7480"})
    void loopbackIsFine(String text) {
        assertThat(ListenAddress.parse(text).port()).isEqualTo(7480);
        assertThat(ListenAddress.parse(text).address().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:7480", "[::]:7480", "10.0.0.5:7480", "192.168.1.2:80"})
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.kind()).isEqualTo("listen-not-loopback"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7480",
                "localhost",
                "127.0.0.1:",
                "127.0.0.1:70000",
                "evil.example:1",
                "::1:7480",
                "[::zz]:1",
                "999.1.1.1:80",
                "127.0.0.1:-1"
            })
    void nonsenseIsExplained(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text)).isInstanceOf(RefusedException.class);
    }
}
