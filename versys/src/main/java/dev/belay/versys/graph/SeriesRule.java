package dev.belay.versys.graph;

import java.util.Optional;

/// What whole series accept or allow, for releases that do not say so themselves.
///
/// Either `targets` accept origins in `from`, or `origins` may go to releases in `to`. Of several
/// rules that match a release, one whose selector is that exact version wins, then the first.
///
/// @param selector the releases the rule speaks for
/// @param ofTargets whether they are targets (`from` counts) or origins (`to` counts)
/// @param range the range on the other side; `older` and `none` are allowed for targets
/// @param downgrade whether newer origins in the range count too
public record SeriesRule(String selector, boolean ofTargets, String range, boolean downgrade) {
    /// The accepted or allowed range, unless it is a keyword.
    public Optional<String> plainRange() {
        return Reserved.isKeyword(range) ? Optional.empty() : Optional.of(range);
    }
}
