package dev.belay.versys.cli;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.NewRole;
import dev.belay.versys.publish.RoleAdministration;
import dev.belay.versys.publish.Vendor;
import dev.belay.versys.signing.RoleNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `versys channel …`: whole channel documents, for what no other command says.
@Command(
        name = "channel",
        description = "Adds a channel, shows its document, and publishes an edited one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChannelCommand.Add.class,
            ChannelCommand.Show.class,
            ChannelCommand.Apply.class
        })
final class ChannelCommand {
    /// One more channel, with a key of its own.
    @Command(
            name = "add",
            description = "Makes a channel: a key here that signs it; targets lets it.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();
        @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();
        @Mixin StageOption stage = new StageOption();

        @Parameters(paramLabel = "CHANNEL", description = "Its name.")
        String channel = "";

        @Option(names = "--no-passphrase", description = "Keep the private key unencrypted.")
        boolean noPassphrase;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            InitCommand.requireChannel(channel);
            Vendor here = vendor.vendor().staging(stage.wanted);
            String product = here.settings().product();
            RoleAdministration roles = RoleOptions.administration(here, vendor, out);
            TufKey key =
                    here.keys()
                            .createMissing(
                                    RoleNames.channel(product, channel),
                                    noPassphrase ? null : vendor.passphrases.choose());
            return Output.published(
                    out, vendor, roles.addRoles(List.of(NewRole.channel(product, channel, key))));
        }
    }

    /// The document as hosts see it, to be edited and applied.
    @Command(
            name = "show",
            description = "Prints the document of a channel as it is published.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();
        @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();

        @Parameters(paramLabel = "CHANNEL", description = "The channel.")
        String channel = "";

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            byte[] document =
                    ChannelOptions.publisher(vendor, new ReviewOptions(), out)
                            .published(channel)
                            .toJson();
            JsonMapper mapper = JsonMapper.shared();
            out.println(
                    mapper.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(mapper.readTree(document)));
            return 0;
        }
    }

    /// Signed and looked at like every other edit.
    @Command(
            name = "apply",
            description = {
                "Publishes a whole channel document: says what is different and what that changes for",
                "reporting hosts, lints it, and signs it like every other edit."
            },
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        @Spec CommandSpec spec = CommandSpec.create();
        @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();
        @Mixin ReviewOptions review = new ReviewOptions();

        @Parameters(paramLabel = "FILE", description = "The document; it names the channel.")
        Path file = Path.of("");

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            Channel document = Channel.parse(ChannelFile.bytes(file));
            return Output.published(
                    out, vendor, ChannelOptions.publisher(vendor, review, out).apply(document));
        }
    }
}
