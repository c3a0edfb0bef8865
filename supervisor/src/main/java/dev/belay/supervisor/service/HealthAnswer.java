package dev.belay.supervisor.service;

/// How one answer of the product compares with what is expected.
sealed interface HealthAnswer {
    /// As it should be.
    record Good() implements HealthAnswer {}

    /// The expected status, but it says something else.
    record Wrong(String words) implements HealthAnswer {}

    /// No answer, or one that says "not now".
    record None(String words) implements HealthAnswer {}
}
