package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A channel document: releases in publish order and the rules of moving between them. Immutable
/// and thread-safe. The format is in `docs/format/channel.md`.
public final class Channel {
    private static final JsonFactory JSON = new JsonFactory();

    private final String product;
    private final String name;
    private final VersionScheme scheme;
    private final ChannelRules rules;
    private final List<Release> releases;
    private final Map<String, String> extensions;
    private final Map<String, Integer> places;
    private final Map<String, VersionRange> ranges;
    private final List<VersionKey> keys;

    /// @throws InvalidChannelException if the parts contradict each other
    Channel(
            String product,
            String name,
            VersionScheme scheme,
            ChannelRules rules,
            List<Release> releases,
            Map<String, String> extensions) {
        this.product = DocumentNames.product(product);
        this.name = DocumentNames.channel(name);
        this.scheme = scheme;
        this.rules = rules;
        this.releases = List.copyOf(releases);
        this.ranges = new ConcurrentHashMap<>(releases.size()); // most have a range of their own
        this.extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
        this.keys = releases.stream().map(release -> key(scheme, release)).toList();
        this.places = HashMap.newHashMap(releases.size());
        for (Release release : releases) {
            if (places.put(release.version().text(), places.size()) != null) {
                throw wrong("release " + release.version() + " is listed twice");
            }
        }
        check();
    }

    /// A channel without releases.
    ///
    /// @param schemeName `semver`, `numeric`, `calver` or `opaque`
    public static Channel empty(String product, String name, String schemeName) {
        return ChannelForm.FORM.empty(product, name, schemeName);
    }

    /// Reads a document. Unknown fields are refused, because one that is not understood may forbid
    /// a move; only fields that start with `x-` are kept without being understood.
    ///
    /// @throws InvalidChannelException with line, column and path of what is wrong
    public static Channel parse(byte[] json) {
        return DocumentReader.read(
                "The channel document", json, ChannelForm.FORM::read, Channel::range);
    }

    private static VersionKey key(VersionScheme scheme, Release release) {
        try {
            return scheme.key(release.version());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private void check() {
        for (Release release : releases) {
            known(release.edges().previous(), () -> "previous of " + release.version());
            known(release.edges().next(), () -> "next of " + release.version());
            for (String set : release.availability().channels()) {
                if (!set.equals(name) && !rules.channels().containsKey(set)) {
                    throw wrong(
                            release.version()
                                    + " is in channel "
                                    + set
                                    + ", which is not"
                                    + " among 'channels'");
                }
            }
        }
        known(List.copyOf(rules.heads().values()), () -> "head");
        known(rules.offers().stream().map(OfferRule::head).toList(), () -> "an offer");
        if (scheme.isOpaque() && !rules.unlisted().isEmpty()) {
            throw wrong("'unlisted' needs a scheme whose versions have numbers");
        }
        rules.floor().ifPresent(floor -> ordered(floor, "floor"));
        for (StopRule stop : rules.stops()) {
            if (scheme.isOpaque() && stop.where() instanceof StopRule.LastOfEach) {
                throw wrong("'last-of-each' needs a scheme whose versions have numbers");
            }
            if (stop.where() instanceof StopRule.Exactly(Version version)) {
                ordered(version, "a stop");
            }
        }
        rules.channels().keySet().forEach(this::lineage);
    }

    private void known(List<Version> versions, Supplier<String> where) {
        for (Version version : versions) {
            if (!places.containsKey(version.text())) {
                throw wrong(
                        where.get() + " names " + version + ", which is not among the releases");
            }
        }
    }

    /// Only a version of the scheme has a place among the releases.
    private void ordered(Version version, String where) {
        if (!scheme.accepts(version)) {
            throw wrong(where + " names " + version + ", which is no " + scheme + " version here");
        }
    }

    private static InvalidChannelException wrong(String why) {
        return new InvalidChannelException("The channel document is wrong: " + why + ".", null);
    }

    /// A channel of this document and those it inherits from, itself first.
    ///
    /// @throws InvalidChannelException if there is none of that name, or they inherit in a circle
    public Set<String> lineage(String channel) {
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(channel);
        while (next.isPresent()) {
            String current = next.get();
            if (!current.equals(name) && !rules.channels().containsKey(current)) {
                throw wrong("there is no channel " + current);
            }
            if (!seen.add(current)) {
                throw wrong("channel " + current + " inherits from itself");
            }
            ChannelSet set = rules.channels().get(current);
            next = set == null ? Optional.empty() : set.inherits();
        }
        return seen;
    }

    /// Whether there are bundles and every one is named with its SHA-256, so that who signs this
    /// document signs their bytes: format 2.
    public boolean pinsBytes() {
        return releases.stream().anyMatch(r -> !r.availability().platforms().isEmpty())
                && releases.stream().allMatch(Release::pinsBytes);
    }

    /// Whether some bundle is named without its SHA-256: its bytes are then those that the releases
    /// role signs, whatever they are.
    public boolean leavesBytesOpen() {
        return !releases.stream().allMatch(Release::pinsBytes);
    }

    /// The document as JSON: compact, fields in a fixed order, so that the same channel is the same
    /// bytes.
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            ChannelForm.FORM.write(this, out);
        }
        return bytes.toByteArray();
    }

    /// The product.
    public String product() {
        return product;
    }

    /// The channel's name.
    public String name() {
        return name;
    }

    /// How its versions are ordered; for opaque names, by this document's publish order.
    public VersionScheme scheme() {
        return scheme;
    }

    /// What is said beside the releases.
    public ChannelRules rules() {
        return rules;
    }

    /// The releases in publish order.
    public List<Release> releases() {
        return releases;
    }

    /// What orders the releases, in publish order.
    public List<VersionKey> keys() {
        return keys;
    }

    /// Fields that start with `x-`.
    public Map<String, String> extensions() {
        return extensions;
    }

    /// The release of that version.
    public Optional<Release> release(Version version) {
        return Optional.ofNullable(places.get(version.text())).map(releases::get);
    }

    /// The place of a version in publish order, from 0; -1 if it is no release.
    public int place(Version version) {
        return places.getOrDefault(version.text(), -1);
    }

    /// A range of this channel's versions, parsed once.
    ///
    /// @throws IllegalArgumentException if it is none
    public VersionRange range(String text) {
        VersionRange known = ranges.get(text); // not computeIfAbsent, which locks: there are many
        if (known == null) {
            known = VersionRange.parse(text, scheme);
            ranges.put(text, known);
        }
        return known;
    }

    /// The same channel for a host whose version is no release of it, but may come from there: with
    /// a release of that version to which nobody is led. Empty if there is no need or no rule.
    public Optional<Channel> withUnlisted(Version installed) {
        if (places.containsKey(installed.text()) || !scheme.accepts(installed)) {
            return Optional.empty();
        }
        return rules.unlisted().stream()
                .filter(rule -> range(rule.versions()).matches(installed))
                .findFirst()
                .map(rule -> {
                    List<Release> all = new ArrayList<>(releases);
                    all.add(
                            new ReleaseBuilder(installed)
                                    .withdrawn(Notice.of("no release of this channel"))
                                    .to(rule.to())
                                    .build());
                    return withReleases(all);
                });
    }

    /// The same channel with other releases.
    public Channel withReleases(List<Release> value) {
        return ChannelForm.FORM.with(this, ChannelForm.FORM.releases, value);
    }

    /// The same channel with other blocks.
    ///
    /// @throws IllegalArgumentException if a range of theirs is none
    public Channel withBlocked(List<EdgeRule> value) {
        Channel changed = ChannelForm.FORM.with(this, ChannelForm.FORM.blocked, value);
        for (EdgeRule block : value) {
            block.targets().ifPresent(changed::range);
            block.origins().range().ifPresent(changed::range);
        }
        return changed;
    }

    /// The same channel with the kill switch set or cleared.
    public Channel withHalted(Optional<Notice> why) {
        return ChannelForm.FORM.with(this, ChannelForm.FORM.halted, why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Channel channel
                && product.equals(channel.product)
                && name.equals(channel.name)
                && scheme.equals(channel.scheme)
                && rules.equals(channel.rules)
                && releases.equals(channel.releases)
                && extensions.equals(channel.extensions);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + releases.hashCode();
    }

    @Override
    public String toString() {
        return product + "/" + name + " (" + releases.size() + " releases)";
    }
}
