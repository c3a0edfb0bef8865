package dev.belay.versys.cli;

import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.Notice;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What halting a channel and resuming it have in common.
abstract class ChannelSwitch implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions vendor = new PlacedVendorOptions();
    @Mixin ReviewOptions review = new ReviewOptions();

    @Option(names = "--channel", required = true, description = "The channel.")
    String channel = "";

    /// Why nothing is offered; empty to offer again.
    abstract Optional<Notice> why();

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return Output.published(
                out,
                vendor,
                ChannelOptions.publisher(vendor, review, out)
                        .edit(channel, before -> ChannelEditor.halt(before, why())));
    }
}
