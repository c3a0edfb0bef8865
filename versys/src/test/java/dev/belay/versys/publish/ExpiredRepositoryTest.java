package dev.belay.versys.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.repository.TestVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vendor who forgot everything for a year can still repair it.
class ExpiredRepositoryTest {
    @TempDir Path directory;
    private Instant now = TestVendor.day(0);
    private final InstantSource clock = () -> now;
    private final List<String> words = new ArrayList<>();
    private DirectoryEndpoint endpoint;
    private Vendor vendor;

    @BeforeEach
    void init() {
        VendorSettings settings =
                new VendorSettings("shop", "semver", Optional.empty(), Optional.empty());
        Path home = directory.resolve("vendor");
        endpoint =
                new DirectoryEndpoint(
                        directory.resolve("web"), home.resolve("keys"), _ -> new char[0], clock);
        new NewRepository(home, settings, List.of("stable"), 1, clock).create(endpoint, null);
        vendor = new Vendor(home, settings, endpoint, clock);
    }

    private RoleAdministration roles() {
        return new RoleAdministration(vendor, _ -> new char[0], words::add);
    }

    private TargetSource host() throws Exception {
        Path store = directory.resolve("host");
        if (Files.notExists(store)) {
            Repositories.trust(store, Files.readAllBytes(directory.resolve("vendor/root.json")));
        }
        return Repositories.open(endpoint.location(), store, clock);
    }

    @Test
    void everythingCanBeRenewedAfterItExpired() throws Exception {
        host().refresh();
        now = now.plus(NewRepository.LIFE).plus(Duration.ofDays(30));
        assertThatThrownBy(() -> host().refresh()).hasMessageContaining("expired");
        assertThat(roles().status()).hasSize(6);

        roles().renew(List.of("root", "targets", "shop-releases", "shop-channel-stable"));

        host().refresh();
    }

    @Test
    void aForgottenTimestampIsRenewedBeforeTheNextEdit() throws Exception {
        now = now.plus(Duration.ofDays(20));
        assertThatThrownBy(() -> host().refresh()).hasMessageContaining("expired");
        roles().renew(List.of("shop-releases"));
        host().refresh();
    }

    @Test
    void theOnlineKeyIsReplacedWhenRootAndTimestampHaveExpired() throws Exception {
        now = now.plus(Duration.ofDays(15));
        Files.delete(directory.resolve("vendor/keys/online.pem"));
        roles().rotateOnline("online");
        host().refresh();
        assertThat(String.join("\n", words)).contains("may sign snapshot", "may no longer sign");
    }
}
