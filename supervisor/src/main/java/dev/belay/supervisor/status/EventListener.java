package dev.belay.supervisor.status;

/// Hears of every event as it is logged. Called from the thread that does the work, so it must be
/// quick; what it throws is ignored, because showing progress must never break an update.
@FunctionalInterface
public interface EventListener {
    /// One that does not listen.
    EventListener NONE = _ -> {};

    /// Called after the event reached `events.jsonl`.
    void heard(Event event);
}
