package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.RefusedException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides who may talk to the agent, and says so in headers.
///
/// Loopback alone is no protection: every page that the admin's browser shows can send requests to
/// it. So a foreign `Host` (DNS rebinding) or `Origin` (cross-site requests) is refused before
/// anything else, browsers are told to keep other pages out, and all but the door needs a session.
/// Cookies do not know ports: a browser hands the page's cookie to whatever listens on another port
/// of this host. So a cookie is only half of a session; the page sends the other half, which other
/// ports do not get, as a header (ADR 7). The cookie's name carries the port so that two agents do
/// not take each other's.
final class RequestGuard {
    /// The header with the page's half of the session.
    static final String KEY = "X-Belay-Key";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Set<String> hosts;
    private final Set<String> origins;
    private final String cookie;
    private final SecretStore sessions;
    private final SecretStore links;

    RequestGuard(int port, SecretStore sessions, SecretStore links) {
        this.hosts =
                Stream.of("127.0.0.1", "localhost", "[::1]")
                        .map(name -> name + ":" + port)
                        .collect(Collectors.toUnmodifiableSet());
        this.origins =
                hosts.stream()
                        .map(host -> "http://" + host)
                        .collect(Collectors.toUnmodifiableSet());
        this.cookie = "belay-session-" + port;
        this.sessions = sessions;
        this.links = links;
    }

    /// Sets the headers of every answer and refuses foreign requests.
    ///
    /// @throws ForeignRequestException with the reason
    void admit(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
        String host = context.header("Host");
        if (host == null || !hosts.contains(host)) {
            throw new ForeignRequestException("foreign-host", "Host");
        }
        String origin = context.header("Origin");
        if (origin != null && !origins.contains(origin)) {
            throw new ForeignRequestException("foreign-origin", "Origin");
        }
        String site = context.header("Sec-Fetch-Site");
        boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
        if (elsewhere && !"navigate".equals(context.header("Sec-Fetch-Mode"))) {
            throw new ForeignRequestException("foreign-origin", "Sec-Fetch-Site");
        }
    }

    /// @throws RefusedException `session-required`
    void requireSession(Context context) {
        if (!hasSession(context)) {
            throw new RefusedException(
                    "session-required",
                    "This needs a session, and there is none or it has ended.",
                    "Run `supervisor open` on this host and follow the link that it prints.");
        }
    }

    private boolean hasSession(Context context) {
        String half = context.cookie(cookie);
        String key = context.header(KEY);
        return half != null && key != null && sessions.holds(half + key);
    }

    /// Whether a browser comes back with its half of a session; says nothing about who it is.
    boolean wasHere(Context context) {
        return context.cookie(cookie) != null;
    }

    /// Exchanges a one-time token for a session and sets the cookie.
    ///
    /// @return the page's half, 21 characters
    /// @throws RefusedException `link-used` if the token was used before, has expired or never was
    String openSession(Context context, String token) {
        if (!links.redeem(token)) {
            throw new RefusedException(
                    "link-used",
                    "This link does not work: it was used already, or it is older than five"
                            + " minutes.",
                    "Run `supervisor open` on this host for a new one.");
        }
        String session = sessions.issue();
        int middle = (session.length() + 1) / 2;
        context.cookie(
                new Cookie(
                        cookie,
                        session.substring(0, middle),
                        "/",
                        -1,
                        false,
                        true,
                        null,
                        SameSite.STRICT));
        return session.substring(middle);
    }
}
