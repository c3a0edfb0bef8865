package dev.belay.versys.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.ChangeApproval;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.publish.WaitingChange;
import dev.belay.versys.signing.Change;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `versys sign`: whatever is needed from this person now, or nothing.
@Command(
        name = "sign",
        description = {
            "Does what is needed from you now: shows the difference in words, signs, and publishes",
            "what has enough signatures. Doing it again changes nothing."
        },
        mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "CHANGE",
            description = "Change files (default: all in VENDOR/pending and on the server).")
    List<Path> changes = List.of();

    @Mixin StageOption stage = new StageOption();

    @Option(
            names = "--yes",
            description = "Sign what waits on the server without being asked each time.")
    boolean yes;

    @Option(names = "--renew", paramLabel = "ROLE", description = "Sign a role anew as it is.")
    List<String> renew = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vendor vendor = options.vendor();
        boolean renewed = vendor.endpoint().renew();
        if (renewed) {
            options.words(out).accept("Renewed snapshot and timestamp.");
        }
        if (!renew.isEmpty()) {
            return renew(vendor, out);
        }
        List<Path> files = changes.isEmpty() ? pending(vendor) : changes;
        List<WaitingChange> staged =
                changes.isEmpty() ? WaitingChange.of(vendor, options.words(out)) : List.of();
        if (files.isEmpty() && staged.isEmpty() && !renewed) {
            options.words(out).accept("Nothing is needed from you now.");
        }
        for (Path file : files) {
            ChangeApproval approval =
                    new ChangeApproval(
                            vendor.staging(stage.wanted), options.passphrases, options.words(out));
            Output.published(out, options, approval.approve(Change.read(file)));
        }
        staged.forEach(waiting -> sign(vendor, waiting, out));
        return 0;
    }

    private void sign(Vendor vendor, WaitingChange waiting, PrintWriter out) {
        options.words(out).accept(waiting.name() + ", from the server:");
        if (waiting.outdated()) {
            options.words(out)
                    .accept(
                            "Somebody published something else in between; take it away:"
                                    + " versys unstage "
                                    + waiting.name());
            return;
        }
        ChangeApproval approval =
                new ChangeApproval(vendor, options.passphrases, options.words(out));
        Output.published(
                out, options, approval.approveStaged(waiting.change(), () -> yes || agreed(out)));
    }

    /// Anybody with a token may have put it there, so that nobody signs it unseen.
    private boolean agreed(PrintWriter out) {
        Optional<Console> terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isEmpty()) {
            options.words(out).accept("To sign what was just said: versys sign --yes");
            return false;
        }
        String answer = terminal.get().readLine("Sign it? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private int renew(Vendor vendor, PrintWriter out) {
        List<String> roles = new ArrayList<>(renew);
        if (roles.removeIf(RoleAdministration.ONLINE::contains)
                && vendor.endpoint().renewsItself()) {
            throw new RefusedException(
                    "online-role",
                    "The server renews snapshot and timestamp by itself. Nothing was changed.",
                    "Name roles that people sign; see versys status.");
        }
        if (roles.isEmpty()) {
            options.words(out)
                    .accept("snapshot and timestamp are renewed when half of their life is over.");
            return Output.published(out, options, new Outcome(List.of(), 0));
        }
        RoleAdministration administration =
                RoleOptions.administration(vendor.staging(stage.wanted), options, out);
        return Output.published(out, options, administration.renew(roles));
    }

    private static List<Path> pending(Vendor vendor) {
        if (!Files.isDirectory(vendor.pending())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(vendor.pending())) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(Change.EXTENSION))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new BelayException(
                    "vendor-directory-unusable",
                    "Cannot read " + vendor.pending() + ": " + e.getMessage() + ".",
                    "Check its permissions. Nothing was signed.",
                    e);
        }
    }
}
