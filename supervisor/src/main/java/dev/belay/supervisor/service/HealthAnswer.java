package dev.belay.supervisor.service;

/// How one answer of the product compares with what is expected.
sealed interface HealthAnswer {
    /// As it should be.
    record Good() implements HealthAnswer {}

    /// It answers, and says what waiting will not change: that it is another release.
    record Wrong(String words) implements HealthAnswer {}

    /// It answers, but not as it should: not yet, or not at all.
    record Refused(String words) implements HealthAnswer {}

    /// No answer.
    record Silent(String words) implements HealthAnswer {}

    /// The same in words that follow what was asked.
    default String text() {
        return switch (this) {
            case Good _ -> "answered well";
            case Wrong(String words) -> words;
            case Refused(String words) -> words;
            case Silent(String words) -> words;
        };
    }

    /// How much it tells about why a product is not healthy; more is better.
    default int telling() {
        return switch (this) {
            case Wrong _ -> 3;
            case Refused _ -> 2;
            case Silent _ -> 1;
            case Good _ -> 0;
        };
    }

    /// The machine name of the failure that ends with it.
    default String kind() {
        return switch (this) {
            case Wrong _ -> "health-wrong-answer";
            case Refused _ -> "health-refused";
            case Silent _, Good _ -> "health-timeout";
        };
    }
}
