package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.plan.ChannelLint;
import dev.belay.versys.plan.Finding;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.Population;
import dev.belay.versys.plan.UpgradePlanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What is asked of every edit of a channel before it is signed: that the linter finds no mistake
/// that was not there before, and what changes for the hosts that the vendor knows.
///
/// Mistakes that were there before do not count, so that a vendor can repair one at a time.
///
/// @param accepted kinds of findings that are published all the same
/// @param hosts the hosts whose difference is told; may be empty
public record EditReview(Set<String> accepted, List<PlanRequest> hosts) {
    /// Accepts no mistake and knows no hosts.
    public static final EditReview STRICT = new EditReview(Set.of(), List.of());

    public EditReview {
        accepted = Set.copyOf(accepted);
        hosts = List.copyOf(hosts);
    }

    /// The same for hosts that report, unless the vendor named hosts.
    EditReview or(List<PlanRequest> reporting) {
        return hosts.isEmpty() ? new EditReview(accepted, reporting) : this;
    }

    /// Says what the edit does, in sentences to `words`.
    ///
    /// @throws RefusedException `channel-findings` if the edit makes a mistake that is not accepted
    void check(Channel before, Channel after, Consumer<String> words) {
        List<Finding> introduced = introduced(before, after);
        List<Finding> refused = new ArrayList<>();
        for (Finding finding : Finding.byCause(introduced)) {
            if (finding.error() && !accepted.contains(finding.kind())) {
                refused.add(finding);
            } else {
                words.accept((finding.error() ? "accepted: " : "warning: ") + inWords(finding));
            }
        }
        difference(before, after, words);
        if (!refused.isEmpty()) {
            throw refusal(after, refused);
        }
    }

    private void difference(Channel before, Channel after, Consumer<String> words) {
        if (hosts.isEmpty()) {
            return;
        }
        List<String> changes =
                new Population(hosts)
                        .difference(new UpgradePlanner(before), new UpgradePlanner(after));
        changes.forEach(words);
        if (changes.isEmpty()) {
            words.accept("None of %,d reporting hosts notices.".formatted(hosts.size()));
        }
    }

    private static List<Finding> introduced(Channel before, Channel after) {
        Set<String> known = new HashSet<>();
        ChannelLint.check(before).forEach(finding -> known.add(identity(finding)));
        return ChannelLint.check(after).stream()
                .filter(finding -> !known.contains(identity(finding)))
                .toList();
    }

    /// A release that was stranded below the newest release stays the same mistake when there is a
    /// newer one, though the words name another release.
    private static String identity(Finding finding) {
        boolean stranded =
                finding.kind().equals("stranded") || finding.kind().equals("second-head");
        return finding.release().isPresent()
                ? (stranded ? "stranded" : finding.kind()) + " " + finding.release().get()
                : finding.kind() + ": " + finding.message();
    }

    private static String inWords(Finding finding) {
        return finding.message() + " [" + finding.kind() + "]";
    }

    private static RefusedException refusal(Channel channel, List<Finding> refused) {
        Set<String> kinds =
                refused.stream().map(Finding::kind).collect(Collectors.toCollection(TreeSet::new));
        return new RefusedException(
                "channel-findings",
                "The edit would make "
                        + (refused.size() == 1 ? "a mistake" : refused.size() + " mistakes")
                        + " in channel "
                        + channel.name()
                        + ":\n"
                        + refused.stream()
                                .map(finding -> "  " + inWords(finding))
                                .collect(Collectors.joining("\n"))
                        + "\nNothing was signed or published.",
                "Change the edit or the releases that are named. If it is meant that way, repeat it"
                        + " with --accept-finding "
                        + String.join(",", kinds)
                        + ".");
    }
}
