package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.HostEntry;
import dev.belay.versys.graph.InvalidChannelException;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.Wariness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A population of hosts: a JSON array of `{"id", "version", "platform", "wariness", "channel",
/// "facts": {}, "count": 1}`. Only `version` is required; without `wariness` it comes from the id
/// (or the place in the file).
final class HostsFile {
    private HostsFile() {}

    static List<PlanRequest> read(Path file, Instant now) {
        List<PlanRequest> hosts = new ArrayList<>();
        try {
            for (HostEntry host : HostEntry.parse(ChannelFile.bytes(file))) {
                for (long i = 0; i < host.count(); i++) {
                    hosts.add(request(host, hosts.size(), now));
                }
            }
        } catch (InvalidChannelException e) {
            throw new RefusedException(
                    "hosts-invalid",
                    "The hosts in " + file + " cannot be read. " + e.getMessage(),
                    "Write a JSON array of {\"id\", \"version\", \"platform\", \"wariness\","
                            + " \"channel\", \"facts\", \"count\"}; only version must be there.",
                    e);
        }
        return hosts;
    }

    private static PlanRequest request(HostEntry host, int place, Instant now) {
        PlanRequest.Builder request =
                PlanRequest.builder(host.version(), now)
                        .wariness(
                                host.wariness()
                                        .orElseGet(() ->
                                                Wariness.ofHost(
                                                        host.id().orElse("host") + "#" + place)));
        host.platform().ifPresent(request::platform);
        host.channel().ifPresent(request::channel);
        host.facts().forEach((fact, value) -> request.fact(fact, value.toString()));
        return request.build();
    }
}
