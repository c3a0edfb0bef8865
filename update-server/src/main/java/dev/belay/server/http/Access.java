package dev.belay.server.http;

import dev.belay.server.storage.Tokens;
import dev.belay.server.storage.Tokens.Holder;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may do what. A token comes in `Authorization: Bearer` and nowhere else; whatever is wrong
/// with it, the answer is the same 401. A good token for something else is a 403.
final class Access {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([A-Za-z0-9._~+/=-]{1,256})");
    private final Tokens tokens;
    private final RateLimiter failures;

    /// @param failures limits attempts with wrong tokens. A right token always passes: with 256
    ///   random bits there is nothing to learn from that, and a stranger behind the same proxy
    ///   cannot lock a publisher out.
    Access(Tokens tokens, RateLimiter failures) {
        this.tokens = tokens;
        this.failures = failures;
    }

    /// @throws RequestProblem 401, 403 or 429 unless the admin asks
    void requireAdmin(Context request) {
        if (!(holder(request) instanceof Holder.Admin)) {
            throw forbidden(request);
        }
    }

    /// @throws RequestProblem 401, 403 or 429 unless this product's publisher asks
    void requirePublisher(Context request, String product) {
        if (!(holder(request) instanceof Holder.Publisher publisher)
                || !publisher.product().equals(product)) {
            throw forbidden(request);
        }
    }

    /// @throws RequestProblem 401, 403 or 429 unless this product's publisher or the admin asks
    void requirePublisherOrAdmin(Context request, String product) {
        boolean allowed =
                switch (holder(request)) {
                    case Holder.Admin() -> true;
                    case Holder.Publisher(String own) -> own.equals(product);
                };
        if (!allowed) {
            throw forbidden(request);
        }
    }

    private Holder holder(Context request) {
        Optional<Holder> holder =
                Optional.ofNullable(request.header("Authorization"))
                        .map(BEARER::matcher)
                        .filter(Matcher::matches)
                        .flatMap(match -> tokens.find(match.group(1)));
        return holder.orElseThrow(() -> unauthorised(request));
    }

    private RequestProblem unauthorised(Context request) {
        if (!failures.tryTake(request.ip())) {
            return RequestProblem.tooMany(
                    "Too many requests without a valid token came from there.");
        }
        audit(request, "no valid token");
        return new RequestProblem(
                401,
                "unauthorised",
                "This needs a valid token; nothing was changed.",
                "Send the token in the header Authorization: Bearer.",
                Map.of("WWW-Authenticate", "Bearer realm=\"belay\""));
    }

    private static RequestProblem forbidden(Context request) {
        audit(request, "the token is for something else");
        return new RequestProblem(
                403,
                "forbidden",
                "This token is for something else; nothing was changed.",
                "Use the token of this product, or the admin token for the repository and tokens.");
    }

    /// The route's pattern rather than the path: what a stranger sends does not reach the log.
    private static void audit(Context request, String reason) {
        LOG.warn(
                "refused {} {} from {}: {}",
                request.method().name(),
                request.endpoint().path,
                request.ip(),
                reason);
    }
}
