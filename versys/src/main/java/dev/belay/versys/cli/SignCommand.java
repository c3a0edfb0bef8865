package dev.belay.versys.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.publish.Change;
import dev.belay.versys.publish.ChangeApproval;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            description = "Change files (default: all in VENDOR/pending).")
    List<Path> changes = List.of();

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
        if (files.isEmpty() && !renewed && !options.json) {
            out.println("Nothing is needed from you now.");
        }
        Outcome last = new Outcome(List.of(), 0);
        for (Path file : files) {
            ChangeApproval approval =
                    new ChangeApproval(vendor, options.passphrases, options.words(out));
            last = approval.approve(Change.read(file));
            Output.published(out, options.json, last);
        }
        return 0;
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
            return Output.published(out, options.json, new Outcome(List.of(), 0));
        }
        RoleAdministration administration = RoleOptions.administration(vendor, options, out);
        return Output.published(out, options.json, administration.renew(roles));
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
