package dev.belay.supervisor.testing;

import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.EventListener;
import java.nio.file.Path;

/// A supervisor in a process of its own, to be killed: recovers and updates the host of `HOME
/// REPOSITORY`.
public final class SupervisorProcess {
    private SupervisorProcess() {}

    public static void main(String... args) {
        ShopHost host = new ShopHost(Path.of(args[0]), Path.of(args[1]));
        System.out.println("begin");
        if (args.length > 2 && args[2].equals("recover")) {
            host.updates().recover(EventListener.NONE);
        } else {
            host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        }
        System.exit(0);
    }

    /// Starts one.
    public static Process start(String... args) throws java.io.IOException {
        String[] command = new String[8 + args.length];
        command[0] = System.getProperty("java.home") + "/bin/java";
        command[1] = "-XX:TieredStopAtLevel=1";
        command[2] = "-XX:+UseSerialGC";
        command[3] = "-Xshare:auto";
        command[4] = "--enable-native-access=ALL-UNNAMED";
        command[5] = "-cp";
        command[6] = System.getProperty("java.class.path");
        command[7] = SupervisorProcess.class.getName();
        System.arraycopy(args, 0, command, 8, args.length);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
