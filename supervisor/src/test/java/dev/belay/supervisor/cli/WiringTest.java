package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.deployment.Home;
import dev.belay.versys.client.TransferLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    @Test
    void theFloorOfTheSpeedIsTheAdmins(@TempDir Path directory) throws Exception {
        Home home = new Home(directory);
        String settings = "product: shop\nserver: http://127.0.0.1:1\n";
        Files.writeString(home.settings(), settings);
        assertThat(new Wiring(home, "test").limits()).isEqualTo(TransferLimits.DEFAULT);
        Files.writeString(home.settings(), settings + "download: {floor-speed: 2MB/s}\n");
        assertThat(new Wiring(home, "test").limits())
                .isEqualTo(TransferLimits.DEFAULT.withFloor(2_000_000));
    }
}
