package dev.belay.supervisor.agent;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The distribution's own Chromium, driven without a window and without talking to anyone but the
/// page under test. Every launch has a profile of its own that is removed afterwards.
final class Chromium implements AutoCloseable {
    private static final double PATIENCE_MS = 60_000; // on a machine that has a lot else to do

    private static final List<String> ARGUMENTS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(ARGUMENTS));
    }

    /// Launches it if there is one.
    static Optional<Chromium> launch() {
        return Optional.of(Path.of("/usr/bin/chromium"))
                .filter(Files::isExecutable)
                .map(Chromium::new);
    }

    /// Launches it, or skips the test with a reason; fails instead where the system property
    /// `belay.browser.required` is `true`.
    static Chromium launchOrSkip() {
        Optional<Chromium> chromium = launch();
        if (chromium.isEmpty()) {
            String reason = "no Chromium is installed (apt-get install chromium)";
            if (Boolean.getBoolean("belay.browser.required")) {
                throw new AssertionError(reason);
            }
            System.out.println("Browser tests are skipped: " + reason);
            return abort(reason);
        }
        return chromium.get();
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
