package dev.belay.supervisor.offer;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.deployment.Mounts;
import dev.belay.supervisor.service.FreeInodes;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.words.Bytes;
import dev.belay.versys.release.Service;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be known before the product is stopped. Each check refuses with a sentence
/// that says what is missing; nothing was changed then.
public final class Preflight {
    private static final int NAMED = 3;
    private static final int PORT_WAIT_MILLIS = 300;
    private final Home home;
    private final Map<String, String> facts;

    /// @param facts of this host
    public Preflight(Home home, Map<String, String> facts) {
        this.home = home;
        this.facts = facts;
    }

    /// What the first release of a home needs of this host; its hook is asked in updates.
    public void ofFirst(Product first) {
        requireTools(first);
        HostNeeds.require(first, facts, false);
        requireDisk(first);
    }

    /// Space and places, before anything is downloaded.
    ///
    /// @param files how many files the update makes, roughly
    void beforeDownload(Forecast forecast, long files) {
        Mounts.requireOneFileSystem(home);
        for (Path directory :
                List.of(home.root(), home.releases(), home.config(), home.data(), home.own())) {
            if (!Files.isWritable(directory)) {
                throw new RefusedException(
                        "home-not-writable",
                        directory + " cannot be written. Nothing was changed.",
                        "Run the command as the owner of the home, or as root.");
            }
        }
        requireSpace(home, forecast.diskBytes(), " (" + forecast.needs() + ")");
        FreeInodes.of(home.root())
                .ifPresent(free -> {
                    if (free < files) {
                        throw new RefusedException(
                                "inodes-exhausted",
                                "The update makes about "
                                        + files
                                        + " files, and the file system can hold "
                                        + free
                                        + " more. Nothing was changed.",
                                "Remove small files, or give the home another file system.");
                    }
                });
    }

    /// Space for an update, what is left of it, or an adoption.
    ///
    /// @param bytes needed at the worst moment
    public static void requireSpace(Home home, long bytes) {
        requireSpace(home, bytes, "");
    }

    private static void requireSpace(Home home, long bytes, String needs) {
        long free = free(home);
        if (free < bytes) {
            throw new RefusedException(
                    "disk-full",
                    "This needs "
                            + Bytes.words(bytes)
                            + " at its worst moment"
                            + needs
                            + ", and "
                            + Bytes.words(free)
                            + " are free: "
                            + Bytes.words(bytes - free)
                            + " too little. Nothing was changed.",
                    "Free some space, for example old backups: supervisor backup list");
        }
    }

    /// The way back leads to the installed release's program files, so they must be there.
    ///
    /// @param acceptMissing whether the admin knows that some are not
    static void requireWayBack(Version installed, LocalChanges local, boolean acceptMissing) {
        List<String> missing = local.missing();
        if (missing.isEmpty() || acceptMissing) {
            return;
        }
        throw new RefusedException(
                "release-incomplete",
                missing.size()
                        + " of "
                        + local.shipped()
                        + " program files of "
                        + installed
                        + " are missing or cannot be read, for example "
                        + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
                        + ": the way back would not be whole. Nothing was changed.",
                "Put them back from the bundle or a backup; if they were removed on purpose:"
                        + " --accept-missing-files");
    }

    /// The release itself: its needs of this host, and its own preflight hook.
    void ofRelease(Product current, Product next) {
        try {
            requireTools(next);
            HostNeeds.require(next, facts, current.status().running());
            requireDisk(next);
            requirePortFree(current, next);
            next.preflight();
        } catch (RefusedException e) {
            throw e;
        } catch (BelayException e) {
            throw new RefusedException(
                    e.kind(), e.getMessage() + " Nothing was changed.", e.help(), e);
        }
    }

    private static void requireTools(Product next) {
        List<String> tools = new ArrayList<>(List.of("setsid"));
        if (next.deployment().descriptor().service().orElse(null) instanceof Service.Systemd) {
            tools.add("systemctl");
        }
        if (next.user().isPresent()) {
            tools.add("setpriv");
        }
        for (String tool : tools) {
            if (!onPath(tool)) {
                throw new RefusedException(
                        "tool-missing",
                        "The program " + tool + " is needed and not on PATH. Nothing was changed.",
                        "Install it (Debian: util-linux or systemd).");
            }
        }
    }

    private static boolean onPath(String tool) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (String directory : path.split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        return false;
    }

    /// A running product holds its port itself; a stopped one must find it free.
    private static void requirePortFree(Product current, Product next) {
        Optional<InetSocketAddress> address = next.healthAddress();
        if (current.status().running() || address.isEmpty()) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address.get(), PORT_WAIT_MILLIS);
        } catch (IOException free) {
            return;
        }
        throw new RefusedException(
                "port-in-use",
                "The product is stopped, but somebody answers at "
                        + address.get().getHostString()
                        + ":"
                        + address.get().getPort()
                        + ". Nothing was changed.",
                "Find out who it is (ss -ltnp) and stop it, or give the product another port.");
    }

    private void requireDisk(Product next) {
        long needed = next.deployment().descriptor().requires().diskBytes().orElse(0);
        if (free(home) < needed) {
            throw new RefusedException(
                    "disk-full",
                    next.deployment().version()
                            + " needs "
                            + Bytes.words(needed)
                            + " free, and "
                            + Bytes.words(free(home))
                            + " are. Nothing was changed.",
                    "Free some space and run the command again.");
        }
    }

    /// Free bytes where the home lies.
    public static long free(Home home) {
        try {
            return Files.getFileStore(home.root()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for free space", e);
        }
    }
}
