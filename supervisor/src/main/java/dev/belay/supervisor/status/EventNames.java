package dev.belay.supervisor.status;

/// The values of [Event#event()].
public final class EventNames {
    /// A newer release was found. The message names it.
    public static final String AVAILABLE = "available";

    /// A run began. The message begins with `<from> -> <to>`.
    public static final String BEGUN = "begun";

    /// A hop began. The message begins with `<from> -> <to>`.
    public static final String HOP_BEGUN = "hop-begun";

    /// A step of a hop, or of the preparation, began.
    public static final String STEP_BEGUN = "step-begun";

    /// How far a step is; `done` and `total` are set. At most a few per second.
    public static final String PROGRESS = "progress";

    /// A step ended well.
    public static final String STEP_DONE = "step-done";

    /// A hop was committed: its version is the installed one now.
    public static final String COMMITTED = "committed";

    /// A step failed; `kind` says how. A `rolled-back` or `not-rolled-back` follows if anything had
    /// been changed.
    public static final String FAILED = "failed";

    /// The hop was put back; the version before it runs again.
    public static final String ROLLED_BACK = "rolled-back";

    /// Putting the hop back failed too: a person must look.
    public static final String NOT_ROLLED_BACK = "not-rolled-back";

    /// An interrupted run was found and brought to an end.
    public static final String RECOVERED = "recovered";

    /// The run ended; `step` is its outcome (`updated`, `rolled-back`, `not-rolled-back`, `failed`)
    /// and the message its summary.
    public static final String ENDED = "ended";

    /// The product was started, stopped or found crashed.
    public static final String SERVICE = "service";

    /// An admin accepts an offline file although its metadata ran out; the message says which file
    /// and how long ago it may have been.
    public static final String STALENESS_ACCEPTED = "staleness-accepted";

    private EventNames() {}
}
