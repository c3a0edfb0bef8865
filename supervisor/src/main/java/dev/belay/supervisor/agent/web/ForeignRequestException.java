package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.RefusedException;

/// A request that another site's page sent, or that was meant for another host.
final class ForeignRequestException extends RefusedException {
    private static final long serialVersionUID = 1;

    /// @param kind `foreign-host` or `foreign-origin`
    /// @param header the header that gave it away; its value is not repeated
    ForeignRequestException(String kind, String header) {
        super(
                kind,
                "The " + header + " header names another site. The request was not looked at.",
                "Open the page with the link that `supervisor open` prints.");
    }
}
