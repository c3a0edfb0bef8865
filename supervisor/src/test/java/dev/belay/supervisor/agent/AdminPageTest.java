package dev.belay.supervisor.agent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.sun.net.httpserver.HttpServer;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an admin sees and does in a real browser.
@Tag("slow")
class AdminPageTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static Chromium chromium;

    @TempDir Path state;
    private Home home;
    private SimulatedHost host;
    private Agent agent;
    private BrowserContext browser;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void launch() throws IOException {
        chromium = Chromium.launchOrSkip();
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void startAgent() throws IOException {
        home = new Home(state);
        host = new SimulatedHost(home);
        host.offer(SimulatedHost.twoHops());
        agent = TestAgents.start(home, host);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        host.goOn();
        agent.close();
    }

    @Test
    void theLinkOpensThePageOnceAndShowsWhatAnUpdateWouldDo() {
        Page page = visit(1100, 800, ColorScheme.LIGHT);
        String link = OpenLink.create(home);
        page.navigate(link);
        assertThat(page).hasURL(agent.url());
        assertThat(page.locator("h1")).hasText("shop");
        assertThat(page.locator(".version.offered")).containsText("11.0.24");
        assertThat(page.locator(".rope")).containsText("10.1.59 is a required stop");
        assertThat(page.locator(".tiles")).containsText("212 MB");
        assertThat(page.locator(".tiles")).containsText("14 s");
        assertThat(page.locator("details.file")).hasCount(0);
        page.locator("#compare").click();
        assertThat(page.locator("details.file").last()).containsText("yours 5000 stays");
        assertThat(page.locator(".markdown").first()).containsText("virtual threads by default");
        screenshot(page, "1-update-ready");

        BrowserContext stranger = chromium.browser().newContext();
        Page second = stranger.newPage();
        Assertions.assertThat(second.navigate(link).status()).isEqualTo(401);
        assertThat(second.locator("h1")).hasText("This page opens with a link");
        screenshot(second, "2-used-link");
        stranger.close();
        Assertions.assertThat(complaints).isEmpty();
    }

    @Test
    void anUpdateIsConfirmedFollowedReloadedInTheMiddleAndEndsWell() {
        host.holdBefore(Step.MIGRATE);
        Page page = open(1100, 800, ColorScheme.LIGHT);
        page.locator("#update").click();
        assertThat(page.locator("dialog")).containsText("2 hops, about 48 s");
        screenshot(page, "3-confirm");
        page.locator("#confirm").click();
        assertThat(page.locator(".step.running")).hasText("Migrate");
        assertThat(page.locator(".step.done").first()).containsText("Download");
        int before = percent(page);

        page.reload();
        assertThat(page.locator(".step.running")).hasText("Migrate");
        assertThat(page.locator(".running h2")).hasText("Updating to 11.0.24");
        Assertions.assertThat(percent(page)).isEqualTo(before).isBetween(20, 80);
        screenshot(page, "4-running");

        host.goOn();
        assertThat(page.locator("#result h2")).hasText("Updated to 11.0.24");
        assertThat(page.locator(".overview h2")).hasText("shop is up to date");
        assertThat(page.locator(".history tbody tr")).hasCount(1);
        screenshot(page, "5-updated");
        page.locator("#dismiss").click();
        assertThat(page.locator("#result")).hasCount(0);
        Assertions.assertThat(complaints).isEmpty();
    }

    @Test
    void aFailedUpdateSaysWhyAndNamesTheRejectedRelease() {
        host.failAt("11.0.24");
        Page page = open(1100, 800, ColorScheme.DARK);
        start(page);
        assertThat(page.locator("#result")).hasAttribute("data-outcome", "rolled-back");
        assertThat(page.locator("#result h2")).hasText("The update to 11.0.24 was rolled back");
        assertThat(page.locator("#result")).containsText("answered 503");
        assertThat(page.locator("#result")).containsText("Look into the product's log");
        assertThat(page.locator(".history")).containsText("Rolled back");
        assertThat(page.locator(".overview h2")).hasText("No update to offer now");
        screenshot(page, "6-rolled-back-dark");
        page.locator("#dismiss").click();
        assertThat(page.locator(".notice.warning")).containsText("11.0.24 failed on this host");
        Assertions.assertThat(complaints).isEmpty();
    }

    @Test
    void rollingBackIsShownWhileItHappens() {
        host.offer(SimulatedHost.hop(1, "9.0.117", "11.0.24", "The newest.", ""));
        host.failAt("11.0.24");
        host.holdBefore(Step.ROLL_BACK);
        Page page = open(1100, 800, ColorScheme.DARK);
        start(page);
        assertThat(page.locator(".running h2")).hasText("Putting the version before back");
        assertThat(page.locator(".step.failed")).hasText("Check health");
        screenshot(page, "7-rolling-back-dark");
    }

    @Test
    void thePageOutlivesARestartOfTheAgent() {
        Page page = open(1100, 800, ColorScheme.LIGHT);
        int port = port();
        agent.close();
        assertThat(page.locator(".connection")).hasText("Reconnecting…");
        assertThat(page.locator(".notice.warning")).containsText("The agent does not answer");
        assertThat(page.locator("#update")).isDisabled();
        screenshot(page, "8-reconnecting");
        agent = TestAgents.start(home, host, port, Optional.empty());
        assertThat(page.locator(".connection")).hasText("Live");
        assertThat(page.locator(".notice")).hasCount(0);
        start(page);
        assertThat(page.locator("#result h2")).hasText("Updated to 11.0.24");
    }

    @Test
    void anUpdateStartedElsewhereIsShownToo() {
        Page page = open(1100, 800, ColorScheme.LIGHT);
        host.elsewhere(true);
        host.log(begun("t-9", "Updating from a terminal."));
        host.log(new Event.StepBegun(Instant.now(), "t-9", 1, Step.BACK_UP, "Backing up."));
        assertThat(page.locator(".step.running")).hasText("Back up");
        host.elsewhere(false);
        assertThat(page.locator(".overview h2")).hasText("An update is ready");
    }

    @Test
    void hostileNotesStayText() {
        String notes =
                "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'"
                        + "</script>\n\n[click](javascript:document.title='owned')"
                        + " [data](data:text/html,x) **<b>bold</b>** `</code><i>`\n\n# <u>head</u>";
        host.offer(SimulatedHost.hop(1, "9.0.117", "11.0.24", "<b>why</b>", notes));
        Page page = open(1100, 800, ColorScheme.LIGHT);
        Locator shown = page.locator(".markdown");
        assertThat(shown).containsText("<img src=x onerror=");
        assertThat(shown).containsText("[click](javascript:");
        assertThat(shown.locator("strong")).hasText("<b>bold</b>");
        Assertions.assertThat(shown.locator("img, script, b, i, u, a").count()).isZero();
        assertThat(page.locator(".rope")).containsText("<b>why</b>");
        Assertions.assertThat(page.title()).doesNotContain("owned");
    }

    @Test
    void aServerOnAnotherPortGetsAHalfOfTheSessionThatIsWorthNothing() throws Exception {
        BlockingQueue<String> cookies = new ArrayBlockingQueue<>(10);
        HttpServer other =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext(
                "/",
                exchange -> {
                    String cookie = exchange.getRequestHeaders().getFirst("Cookie");
                    cookies.offer(cookie == null ? "" : cookie);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        other.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Page page = open(1100, 800, ColorScheme.LIGHT);
            page.evaluate(
                    "port => { window.open('http://127.0.0.1:' + port + '/'); }",
                    other.getAddress().getPort());
            String stolen = cookies.poll(20, TimeUnit.SECONDS);
            Assertions.assertThat(stolen).startsWith("belay-session-" + port());
            HttpRequest forged =
                    HttpRequest.newBuilder(URI.create(agent.url() + "api/update"))
                            .headers("Cookie", stolen, "Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build();
            Assertions.assertThat(
                            http.send(forged, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        host.failAt("11.0.24");
        Page page = open(360, 740, ColorScheme.LIGHT);
        Assertions.assertThat(overflow(page)).isLessThanOrEqualTo(0);
        screenshot(page, "9-phone-ready");
        start(page);
        assertThat(page.locator("#result h2")).isVisible();
        assertThat(page.locator(".history tbody tr")).hasCount(1);
        Assertions.assertThat(overflow(page)).isLessThanOrEqualTo(0);
        screenshot(page, "10-phone-rolled-back");
    }

    @Test
    void aProductThatKeepsStoppingIsTheFirstThingOneSees() {
        Page page = open(390, 844, ColorScheme.DARK);
        await().until(() -> agent.state() instanceof AgentState.Watching);
        host.crash();
        await().until(() -> host.starts.get() == 1);
        host.crash();
        await().until(() -> host.starts.get() == 2);
        host.crash();
        assertThat(page.locator(".notice.bad")).containsText("The product keeps stopping");
        Assertions.assertThat(overflow(page)).isLessThanOrEqualTo(0);
        screenshot(page, "11-phone-holding-dark");
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = open(1100, 800, ColorScheme.LIGHT);
        page.locator("#update").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).isHidden();
        assertThat(page.locator("#update")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(page.locator("#result h2")).hasText("Updated to 11.0.24");
    }

    @Test
    void aFailedCheckIsExplained() {
        host.failChecks(
                new BelayException(
                        "network-unreachable",
                        "The update server does not answer. Nothing was changed.",
                        "Look at the network."));
        Page page = open(1100, 800, ColorScheme.LIGHT);
        page.locator("#check").click();
        assertThat(page.locator(".notice.bad")).containsText("The update server does not answer");
        assertThat(page.locator(".notice.bad")).containsText("Look at the network.");
    }

    private Page open(int width, int height, ColorScheme scheme) {
        Page page = visit(width, height, scheme);
        page.navigate(OpenLink.create(home));
        assertThat(page.locator("#update")).hasText("Update to 11.0.24");
        return page;
    }

    private Page visit(int width, int height, ColorScheme scheme) {
        browser =
                chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, height)
                                        .setReducedMotion(ReducedMotion.REDUCE)
                                        .setColorScheme(scheme));
        Page page = browser.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private static void start(Page page) {
        page.locator("#update").click();
        page.locator("#confirm").click();
    }

    private static int percent(Page page) {
        Locator percent = page.locator(".percent");
        assertThat(percent).hasText(Pattern.compile("\\d+ %"));
        return Integer.parseInt(percent.textContent().replace(" %", ""));
    }

    private int port() {
        return URI.create(agent.url()).getPort();
    }

    private static int overflow(Page page) {
        return (Integer)
                page.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + ".png"))
                        .setFullPage(!page.locator("dialog[open]").isVisible()));
    }

    private static Event begun(String transaction, String message) {
        return new Event.Begun(
                Instant.now(),
                transaction,
                RunKind.UPDATE,
                Version.of("9.0.117"),
                Version.of("11.0.24"),
                message);
    }
}
