package dev.belay.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits on the server is bounded in number and in time.
class StagedChangesTest {
    @TempDir Path directory;
    private Instant now = Instant.now();
    private StagedChanges changes;

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        changes = new StagedChanges(directory, clock);
    }

    private void put(String product, String name) {
        changes.put(product, name, _ -> Optional.of(name.getBytes(UTF_8)));
    }

    @Test
    void twentyOfAProductWaitAndNoMore() {
        for (int i = 1; i <= 20; i++) {
            put("shop", "root-" + i);
        }
        assertThatThrownBy(() -> put("shop", "root-21"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("20 changes of this product wait already");
        put("shop", "root-20");
        put("other", "root-1");
        assertThat(changes.list("shop")).hasSize(20);
        assertThat(changes.remove("shop", "root-1")).isTrue();
        put("shop", "root-21");
    }

    @Test
    void theirTimeEndsAndMakesRoom() {
        for (int i = 1; i <= 20; i++) {
            put("shop", "root-" + i);
        }
        now = now.plus(StagedChanges.LIFE).plus(Duration.ofMinutes(1));
        assertThat(changes.read("shop", "root-1")).isEmpty();
        put("shop", "root-21");
        assertThat(changes.list("shop")).containsOnlyKeys("root-21");
        assertThat(directory.resolve("shop/root-1.json")).doesNotExist();
    }

    @Test
    void whatIsRefusedLeavesWhatWaited() {
        put("shop", "root-2");
        assertThatThrownBy(() ->
                        changes.put(
                                "shop",
                                "root-2",
                                _ -> {
                                    throw new RefusedException("change-conflict", "no", "no");
                                }))
                .isInstanceOf(RefusedException.class);
        assertThat(changes.read("shop", "root-2").map(bytes -> new String(bytes, UTF_8)))
                .hasValue("root-2");
        assertThat(changes.read("shop", "root-3")).isEmpty();
        assertThat(changes.remove("shop", "root-3")).isFalse();
        assertThat(Files.exists(directory.resolve("other"))).isFalse();
        assertThat(StagedChanges.isName("../root-2")).isFalse();
        assertThat(StagedChanges.isName("shop-releases-2+targets-3")).isTrue();
    }
}
