package dev.belay.versys.graph;

/// The answer of a question about a host that may not have told everything.
public enum Truth {
    /// It holds.
    YES,
    /// It does not hold.
    NO,
    /// The host did not say.
    UNKNOWN;

    /// Both.
    public Truth and(Truth other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNKNOWN;
    }

    /// The opposite.
    public Truth negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
