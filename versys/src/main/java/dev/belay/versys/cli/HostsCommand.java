package dev.belay.versys.cli;

import dev.belay.versys.publish.ReportingHosts;
import dev.belay.versys.publish.Vendor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `versys hosts`: where the hosts of a channel are, as far as they report.
@Command(
        name = "hosts",
        description =
                "Prints the hosts that report to the server, in the form that --hosts of graph,"
                        + " simulate and the edits reads.",
        mixinStandardHelpOptions = true)
final class HostsCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin VendorOptions options = new VendorOptions();

    @Option(names = "--channel", required = true, description = "The channel.")
    String channel = "";

    @Override
    public Integer call() {
        Vendor vendor = options.vendor();
        ReportingHosts hosts = vendor.endpoint().hosts(vendor.settings().product(), channel);
        List<Map<String, Object>> groups =
                hosts.groups().stream().map(HostsCommand::group).toList();
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(groups));
        return 0;
    }

    private static Map<String, Object> group(ReportingHosts.Group group) {
        return Map.of(
                "version", group.version().text(),
                "wariness", group.wariness(),
                "count", group.count());
    }
}
