package dev.belay.versys.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.Wariness;
import dev.belay.versys.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A population of hosts: a JSON array of `{"id", "version", "platform", "wariness", "channel",
/// "facts": {}, "count": 1}`. Only `version` is required; without `wariness` it comes from the id
/// (or the place in the file).
final class HostsFile {
    private HostsFile() {}

    static List<PlanRequest> read(Path file, Instant now) {
        List<PlanRequest> hosts = new ArrayList<>();
        try {
            JsonNode array = JsonMapper.shared().readTree(ChannelFile.bytes(file));
            for (JsonNode host : array) {
                int count = host.path("count").asInt(1);
                for (int i = 0; i < count; i++) {
                    hosts.add(request(host, hosts.size(), now));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RefusedException(
                    "hosts-invalid",
                    "The hosts in " + file + " cannot be read: " + e.getMessage(),
                    "Write a JSON array of {\"id\", \"version\", \"platform\", \"wariness\"}.",
                    e);
        }
        return hosts;
    }

    private static PlanRequest request(JsonNode host, int place, Instant now) {
        String id = host.path("id").asString("host") + "#" + place;
        PlanRequest.Builder request =
                PlanRequest.builder(Version.of(host.path("version").asString("")), now)
                        .wariness(
                                host.has("wariness")
                                        ? host.get("wariness").asDouble()
                                        : Wariness.ofHost(id));
        if (host.has("platform")) {
            request.platform(host.get("platform").asString());
        }
        if (host.has("channel")) {
            request.channel(host.get("channel").asString());
        }
        host.path("facts").forEachEntry((fact, value) -> request.fact(fact, value.asString()));
        return request.build();
    }
}
