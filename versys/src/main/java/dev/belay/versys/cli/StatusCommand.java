package dev.belay.versys.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.RoleAdministration.RoleStatus;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.publish.WaitingChange;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys status`: every role, who signs it and until when it is valid.
@Command(
        name = "status",
        description = {
            "Shows every role, who signs it and until when it is valid. With --valid-at it exits 4",
            "if the vendor must sign something before that day: for cron. What the server or a daily",
            "versys sign renews by itself does not count."
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

    @Option(
            names = "--valid-at",
            paramLabel = "DATE",
            description = "A day, for example 2027-01-31.")
    @Nullable String validAt;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vendor vendor = options.vendor();
        List<RoleStatus> roles = RoleOptions.administration(vendor, options, out).status();
        String renewal =
                vendor.endpoint().renewsItself()
                        ? "  (renewed by the server)"
                        : "  (renewed by versys sign, once a day)";
        Instant limit = validAt == null ? Instant.EPOCH : day(validAt);
        List<String> expiring = new ArrayList<>();
        for (RoleStatus role : roles) {
            boolean online = role.role().equals("snapshot") || role.role().equals("timestamp");
            boolean tooEarly = !online && role.expires().isBefore(limit);
            if (tooEarly) {
                expiring.add(role.role());
            }
            if (!options.json) {
                out.printf(
                        "%-28s version %-5d valid until %s  %d of %d keys%s%n",
                        role.role(),
                        role.version(),
                        role.expires(),
                        role.threshold(),
                        role.keyIds().size(),
                        online ? renewal : tooEarly ? "  TOO EARLY" : "");
            }
        }
        roles.stream()
                .filter(role -> role.role().equals("root") && role.threshold() > 1)
                .filter(role -> heldHere(vendor, role) >= role.threshold())
                .forEach(role ->
                        options.words(out)
                                .accept(
                                        "Enough root keys to change everything are in "
                                                + options.directory.resolve("keys")
                                                + ": move one to its holder and delete it here."));
        List<WaitingChange> waiting = WaitingChange.of(vendor, options.words(out));
        if (options.json) {
            Output.json(
                    out,
                    Map.of(
                            "words",
                            options.said(),
                            "roles",
                            roles.stream().map(StatusCommand::json).toList(),
                            "expiring",
                            expiring,
                            "changes",
                            waiting.stream().map(StatusCommand::json).toList()));
        } else {
            if (!expiring.isEmpty()) {
                out.println(
                        "Sign anew before then: versys sign --renew "
                                + String.join(" --renew ", expiring));
            }
            waiting.forEach(change -> print(out, change));
        }
        return expiring.isEmpty() ? 0 : ExitCode.REFUSED.status();
    }

    private static long heldHere(Vendor vendor, RoleStatus role) {
        return role.keyIds().stream().filter(vendor.keys().names()::containsKey).count();
    }

    private static void print(PrintWriter out, WaitingChange waiting) {
        out.println("Waits on the server: " + waiting.name());
        waiting.missing().forEach(words -> out.println("  " + words));
        if (waiting.outdated()) {
            out.println(
                    "  Somebody published something else in between; take it away: versys unstage "
                            + waiting.name());
        } else if (waiting.missing().isEmpty()) {
            out.println("  It has all signatures; versys sign publishes it.");
        }
    }

    private static Map<String, Object> json(WaitingChange waiting) {
        return Map.of(
                "name", waiting.name(),
                "missing", waiting.missing(),
                "outdated", waiting.outdated());
    }

    private static Map<String, Object> json(RoleStatus role) {
        return Map.of(
                "role", role.role(),
                "version", role.version(),
                "expires", role.expires().toString(),
                "keys", role.keyIds(),
                "threshold", role.threshold());
    }

    private static Instant day(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new RefusedException(
                    "date-invalid", text + " is no day.", "Write for example 2027-01-31.", e);
        }
    }
}
