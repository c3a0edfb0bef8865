package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Puts the first release on an empty home. May be repeated from any point: the home counts as
/// installed when `current` points to the release, which is the last act.
public final class FirstDeployment {
    private FirstDeployment() {}

    /// @param release staged already
    /// @param user the account that the product runs as and that gets its data; empty for ours
    public static void activate(Home home, Version release, Optional<String> user) {
        activate(home, release, user, Set.of());
    }

    /// @param unwanted paths of configuration files that the admin has removed
    public static void activate(
            Home home, Version release, Optional<String> user, Set<String> unwanted) {
        try {
            FirstContent.complete(
                    Deployment.open(home, release), home.config(), home.data(), unwanted);
            if (user.isPresent()) {
                give(home.data(), user.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the first configuration in place", e);
        }
        home.switchTo(release);
    }

    private static void give(Path tree, String user) throws IOException {
        UserPrincipal owner;
        try {
            owner =
                    tree.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(user);
        } catch (UserPrincipalNotFoundException e) {
            throw new RefusedException(
                    "service-user-unknown",
                    "The product is to run as user "
                            + user
                            + ", who does not exist. Nothing is installed.",
                    "Create the user, or name another one in supervisor.yaml (service.user).",
                    e);
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.filter(e -> !Files.isSymbolicLink(e)).toList()) {
                Files.setOwner(entry, owner);
            }
        }
        DurableFiles.syncTree(tree);
    }
}
