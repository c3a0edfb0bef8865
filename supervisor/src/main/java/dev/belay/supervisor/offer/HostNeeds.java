package dev.belay.supervisor.offer;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.service.HostCommand;
import dev.belay.supervisor.service.HostJava;
import dev.belay.supervisor.service.HostMemory;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.status.SupervisorVersion;
import dev.belay.supervisor.words.Bytes;
import dev.belay.versys.release.Requirements;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a release requires of its host (`requires` of release.yaml) and this one does not have.
final class HostNeeds {
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){0,3}");
    private final Product next;
    private final Requirements needs;
    private final List<String> unmet = new ArrayList<>();

    private HostNeeds(Product next) {
        this.next = next;
        this.needs = next.deployment().descriptor().requires();
    }

    /// @param facts of this host
    /// @param portsAreOurs whether the product runs, and so holds its ports itself
    /// @throws RefusedException `requirement-not-met` with everything that is missing
    static void require(Product next, Map<String, String> facts, boolean portsAreOurs) {
        HostNeeds host = new HostNeeds(next);
        host.versions();
        host.memory();
        host.facts(facts);
        if (!portsAreOurs) {
            host.ports();
        }
        if (!host.unmet.isEmpty()) {
            throw new RefusedException(
                    "requirement-not-met",
                    next.deployment().version()
                            + " needs "
                            + String.join("; ", host.unmet)
                            + ". Nothing was changed.",
                    "Install what is needed; for Java, service.environment in supervisor.yaml can"
                            + " set JAVA_HOME. Facts are said in supervisor.yaml, too.");
        }
    }

    private void versions() {
        Map<String, String> environment = next.environment();
        needs.supervisor()
                .ifPresent(
                        range -> version("supervisor", range, Optional.of(SupervisorVersion.TEXT)));
        needs.java().ifPresent(range -> version("Java", range, HostJava.version(environment)));
        needs.commands()
                .forEach((name, range) ->
                        version(
                                "the command " + name,
                                range,
                                new HostCommand(name, environment).version()));
        if (!needs.libc().isEmpty()) {
            libc(HostCommand.libc(environment));
        }
    }

    private void libc(Optional<HostCommand.Libc> found) {
        if (found.filter(libc -> fits(needs.libc().get(libc.name()), libc.version())).isEmpty()) {
            miss(
                    needs.libc().entrySet().stream()
                            .map(libc -> libc.getKey() + " " + libc.getValue())
                            .collect(Collectors.joining(" or ")),
                    found.map(libc -> libc.name() + " " + libc.version()));
        }
    }

    private void version(String what, String range, Optional<String> found) {
        if (found.filter(version -> fits(range, version)).isEmpty()) {
            miss(what + " " + range, found);
        }
    }

    private void memory() {
        needs.memoryBytes()
                .ifPresent(wanted -> {
                    long found = HostMemory.bytes();
                    if (found < wanted) {
                        miss("memory of " + Bytes.words(wanted), Optional.of(Bytes.words(found)));
                    }
                });
    }

    private void facts(Map<String, String> facts) {
        needs.facts()
                .forEach((name, wanted) -> {
                    String found = facts.get(name);
                    if (!wanted.equals(found) && !fits(wanted, found)) {
                        miss("the fact " + name + " " + wanted, Optional.ofNullable(found));
                    }
                });
    }

    private void ports() {
        for (int port : needs.ports()) {
            try {
                new ServerSocket(port).close();
            } catch (IOException e) {
                miss("port " + port + " free", Optional.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private void miss(String wanted, Optional<String> found) {
        unmet.add(wanted + " (found: " + found.orElse("none") + ")");
    }

    /// What says no version fits `*` alone.
    private static boolean fits(@Nullable String range, @Nullable String found) {
        if (range == null || found == null) {
            return false;
        }
        if (range.equals("*")) {
            return true;
        }
        try {
            return VERSION.matcher(found).matches()
                    && VersionRange.parse(range, VersionScheme.NUMERIC).matches(Version.of(found));
        } catch (IllegalArgumentException exact) {
            return false; // a fact may have to be one exact text
        }
    }
}
