package dev.belay.server.metrics;

/// Something that the server counts since its start.
public enum Counter {
    /// Commits that changed what hosts see.
    PUBLICATIONS("belay_publications_total", "Publications that changed what hosts see"),
    /// Renewals of snapshot or timestamp.
    RENEWALS("belay_renewals_total", "Renewals of snapshot or timestamp"),
    /// Rounds of upkeep that failed; a repository whose online key is gone shows here first.
    UPKEEP_FAILURES("belay_upkeep_failures_total", "Rounds of upkeep that failed"),
    /// Outcomes of updates that hosts sent, known ones not counted.
    REPORTS("belay_reports_total", "Reports of hosts"),
    /// Warnings that the webhook's receiver took.
    WEBHOOK_DELIVERIES("belay_webhook_deliveries_total", "Warnings that the webhook took"),
    /// Warnings that it did not take, after all attempts of a round.
    WEBHOOK_FAILURES("belay_webhook_failures_total", "Warnings that the webhook did not take");

    private final String metric;
    private final String help;

    Counter(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /// Its name in the exposition.
    public String metric() {
        return metric;
    }

    /// A few words.
    public String help() {
        return help;
    }
}
