package dev.belay.server.catalog;

import dev.belay.server.catalog.SignedFiles.Signed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads the catalogue from the repository on disk: what hosts see is the only source.
final class CatalogReader {
    private static final Pattern CHANNEL_PATH =
            Pattern.compile("([a-z][a-z0-9-]{0,63})/channels/([a-z][a-z0-9-]{0,63})\\.json");
    private static final Pattern RELEASE_PATH =
            Pattern.compile("([a-z][a-z0-9-]{0,63})/releases/\\*/\\*");
    private final SignedFiles files;
    private final ChannelFiles channelFiles;

    CatalogReader(Path metadata, Path targets) {
        this.files = new SignedFiles(metadata);
        this.channelFiles = new ChannelFiles(targets);
    }

    Catalog read() {
        return files.hasTimestamp() ? readPublished() : empty();
    }

    private static Catalog empty() {
        return new Catalog(
                0, Collections.emptySortedSet(), Collections.emptySortedMap(), List.of());
    }

    private Catalog readPublished() {
        Signed timestamp = files.timestamp();
        Signed snapshot = files.versioned("snapshot", timestamp.versionOf("snapshot.json"));
        Signed targets = files.versioned("targets", snapshot.versionOf("targets.json"));
        List<RoleExpiry> expiries = new ArrayList<>();
        expiries.add(expiry("timestamp", timestamp, true));
        expiries.add(expiry("snapshot", snapshot, true));
        expiries.add(expiry("root", files.newestRoot(), false));
        expiries.add(expiry("targets", targets, false));

        SortedSet<String> products = new TreeSet<>();
        SortedMap<ChannelName, PublishedTarget> documents = new TreeMap<>();
        SortedSet<ChannelName> names = new TreeSet<>();
        for (JsonNode delegation : targets.content().path("delegations").path("roles")) {
            String role = delegation.path("name").asString("");
            long version = snapshot.versionOf(role + ".json");
            for (JsonNode path : delegation.path("paths")) {
                Matcher channel = CHANNEL_PATH.matcher(path.asString(""));
                Matcher release = RELEASE_PATH.matcher(path.asString(""));
                if (channel.matches()) {
                    products.add(channel.group(1));
                    names.add(new ChannelName(channel.group(1), channel.group(2)));
                } else if (release.matches()) {
                    products.add(release.group(1));
                }
            }
            if (version > 0) {
                Signed signed = files.versioned(role, version);
                expiries.add(expiry(role, signed, false));
                signed.targets().forEach(target -> keepChannel(target, documents));
            }
        }
        SortedMap<ChannelName, PublishedChannel> channels = new TreeMap<>();
        for (ChannelName name : names) {
            channels.put(name, channelFiles.read(name, documents.get(name)));
        }
        return new Catalog(
                snapshot.version(),
                Collections.unmodifiableSortedSet(products),
                Collections.unmodifiableSortedMap(channels),
                List.copyOf(expiries));
    }

    private static void keepChannel(
            PublishedTarget target, SortedMap<ChannelName, PublishedTarget> documents) {
        Matcher channel = CHANNEL_PATH.matcher(target.path());
        if (channel.matches()) {
            documents.put(new ChannelName(channel.group(1), channel.group(2)), target);
        }
    }

    private static RoleExpiry expiry(String role, Signed signed, boolean online) {
        return new RoleExpiry(role, signed.version(), signed.expires(), online);
    }
}
