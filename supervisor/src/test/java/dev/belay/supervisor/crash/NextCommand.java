package dev.belay.supervisor.crash;

import static org.awaitility.Awaitility.await;

import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What an admin might type after a crash, or what takes over by itself.
enum NextCommand {
    UPDATE,
    START,
    RECOVER,
    ROLLBACK,
    RESTORE,
    AGENT;

    /// Whether it goes back, and the admin said yes to what is lost by that.
    boolean goesBack() {
        return this == ROLLBACK || this == RESTORE;
    }

    /// Runs it to its end.
    ///
    /// @param backup what is restored
    /// @return what it said
    String run(ShopHost host, String backup) throws Exception {
        String home = "--home=" + host.home().root();
        return switch (this) {
            case UPDATE -> SupervisorCommand.run("update", "--yes", home).output();
            case START -> SupervisorCommand.run("start", home).output();
            case RECOVER -> SupervisorCommand.run("recover", "--yes", home).output();
            case ROLLBACK -> SupervisorCommand.run("rollback", "--yes", home).output();
            case RESTORE ->
                    SupervisorCommand.run("backup", "restore", backup, "--yes", home).output();
            case AGENT -> agent(host, home);
        };
    }

    private static String agent(ShopHost host, String home) throws Exception {
        Path log = Files.createTempFile("agent", ".log");
        Process agent = SupervisorCommand.start(log, "agent", "--listen=127.0.0.1:0", home);
        try {
            await().atMost(60, TimeUnit.SECONDS).until(() -> settled(host));
            return Files.readString(log);
        } finally {
            SupervisorCommand.kill(agent);
            Files.delete(log);
        }
    }

    /// What was stopped on purpose before stays so.
    private static boolean settled(ShopHost host) throws IOException {
        Path agent = host.home().agent();
        return host.updates().status().state() == HostStatus.State.IDLE
                && Files.exists(agent)
                && Files.readString(agent).matches("(?s).*(watching|resting).*");
    }
}
