package dev.belay.supervisor.agent.push;

import java.time.Duration;

/// Hears how the event stream is doing. Called from the subscription's own thread; must not block.
public interface PushListener {
    /// The server accepted the subscription. Events may have been missed before this, so look.
    void connected();

    /// Something may have changed in the channel. Says nothing about what: look through signed
    /// metadata.
    void hint();

    /// The stream ended or could not be opened.
    ///
    /// @param reason in words, for a person
    /// @param retryIn when the next attempt starts
    void disconnected(String reason, Duration retryIn);
}
