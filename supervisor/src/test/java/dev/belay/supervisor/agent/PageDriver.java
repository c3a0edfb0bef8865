package dev.belay.supervisor.agent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Clicks through an update on the admin page of a running agent: `PageDriver <open-link-url>
/// <screenshot-dir> update`.
///
/// Opens the link, clicks **Update**, confirms, reloads the page once while the update runs, waits
/// for the result. Prints `{"outcome","message","screenshots"}`; the exit status is 0 if the update
/// went well, 1 if not, 2 for a wrong call or if there is no Chromium.
public final class PageDriver {
    private static final double TEN_MINUTES = 600_000;

    private final Page page;
    private final Path screenshots;
    private final List<String> taken = new ArrayList<>();

    private PageDriver(Page page, Path screenshots) {
        this.page = page;
        this.screenshots = screenshots;
    }

    /// See the class.
    public static void main(String... args) throws IOException {
        System.exit(run(TEN_MINUTES, args));
    }

    private static int run(double patience, String... args) throws IOException {
        if (args.length != 3 || !args[2].equals("update")) {
            System.err.println("usage: PageDriver <open-link-url> <screenshot-dir> update");
            return 2;
        }
        Path screenshots = Files.createDirectories(Path.of(args[1]));
        Optional<Chromium> chromium = Chromium.launch();
        if (chromium.isEmpty()) {
            System.err.println("no Chromium is installed (apt-get install chromium)");
            return 2;
        }
        try (Chromium running = chromium.get()) {
            Page page =
                    running.browser()
                            .newContext(new Browser.NewContextOptions().setViewportSize(1100, 850))
                            .newPage();
            Map<String, Object> result =
                    new PageDriver(page, screenshots).update(args[0], patience);
            System.out.println(JsonMapper.shared().writeValueAsString(result));
            return "updated".equals(result.get("outcome")) ? 0 : 1;
        }
    }

    private Map<String, Object> update(String link, double patience) {
        page.setDefaultTimeout(patience);
        page.navigate(link);
        Locator update = page.locator("#update:enabled");
        assertThat(update).isVisible(new IsVisibleOptions().setTimeout(patience));
        screenshot("1-ready");
        update.click();
        screenshot("2-confirm");
        page.locator("#confirm").click();
        // a quick update may be over before it was seen
        Locator seen = page.locator(".running .hop:visible, #result:visible").first();
        seen.waitFor();
        screenshot("3-running");
        page.reload();
        Locator result = page.locator("#result");
        seen.waitFor();
        screenshot("4-reloaded");
        result.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
        screenshot("5-result");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", result.getAttribute("data-outcome"));
        answer.put("message", result.locator("p").first().textContent());
        answer.put("screenshots", taken);
        return answer;
    }

    private void screenshot(String name) {
        Path file = screenshots.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        taken.add(file.getFileName().toString());
    }

    /// As `main`, for tests: returns the exit status.
    static int drive(String link, Path screenshots) throws IOException {
        return run(30_000, link, screenshots.toString(), "update");
    }
}
