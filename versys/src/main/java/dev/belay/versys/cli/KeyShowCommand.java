package dev.belay.versys.cli;

import dev.belay.versys.publish.RoleAdministration.RoleStatus;
import dev.belay.versys.publish.Vendor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `versys key show`: the keys that are here and what they may sign.
@Command(
        name = "show",
        description = "Lists the keys in this directory and what each may sign.",
        mixinStandardHelpOptions = true)
final class KeyShowCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vendor vendor = options.vendor();
        List<RoleStatus> roles = RoleOptions.administration(vendor, options, out).status();
        List<Map<String, Object>> listed = new ArrayList<>();
        vendor.keys()
                .publicKeys()
                .forEach((name, key) -> {
                    String id = key.computedId();
                    List<String> signs =
                            roles.stream()
                                    .filter(role -> role.keyIds().contains(id))
                                    .map(RoleStatus::role)
                                    .toList();
                    listed.add(Map.of("name", name, "id", id, "signs", signs));
                    if (!options.json) {
                        out.printf(
                                "%-24s %s  signs %s%n",
                                name,
                                id.substring(0, 16),
                                signs.isEmpty() ? "nothing" : String.join(", ", signs));
                    }
                });
        if (options.json) {
            Output.json(out, Map.of("keys", listed));
        }
        return 0;
    }
}
