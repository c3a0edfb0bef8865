package dev.belay.server.web;

import dev.belay.server.catalog.Catalog;
import dev.belay.server.catalog.RoleExpiry;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import java.util.function.Consumer;

/// What a Prometheus server reads: the text exposition format, version 0.0.4. Pure.
public final class MetricsPage {
    /// The media type of the format.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /// @param streams how many hosts listen for events now
    public String render(Catalog catalog, Counters counters, int streams) {
        family(
                "belay_metadata_expiry_timestamp_seconds",
                "gauge",
                "When the published metadata of a role expires, in seconds since 1970 UTC",
                name ->
                        catalog.expiries()
                                .forEach(role ->
                                        sample(name, role, role.expires().getEpochSecond())));
        family(
                "belay_metadata_version",
                "gauge",
                "The published version of a role",
                name -> catalog.expiries().forEach(role -> sample(name, role, role.version())));
        family(
                "belay_event_streams",
                "gauge",
                "Hosts that listen for events now",
                name -> sample(name, streams));
        for (Counter counter : Counter.values()) {
            family(
                    counter.metric(),
                    "counter",
                    counter.help(),
                    name -> sample(name, counters.of(counter)));
        }
        return text.toString();
    }

    private void family(String name, String type, String help, Consumer<String> samples) {
        text.append("# HELP ").append(name).append(' ').append(help).append(".\n");
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        samples.accept(name);
    }

    private void sample(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private void sample(String name, RoleExpiry role, long value) {
        text.append(name)
                .append("{role=\"")
                .append(escape(role.role()))
                .append("\",renewed_by=\"")
                .append(role.online() ? "server" : "vendor")
                .append("\"} ")
                .append(value)
                .append('\n');
    }

    private static String escape(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
