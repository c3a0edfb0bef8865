package dev.belay.server.http;

import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.version.Version;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The query of the path route: the options of `versys plan` by the same names.
final class PlanQuery {
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern FACT = Pattern.compile("[A-Za-z0-9._-]{1,64}=.{0,256}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// How often a parameter may be repeated.
    private static final int MOST = 200;

    private static final Set<String> REPEATED = Set.of("fact", "accept-risk", "reject");
    private static final Set<String> KNOWN =
            Set.of(
                    "from",
                    "to",
                    "platform",
                    "at",
                    "wariness",
                    "now",
                    "fact",
                    "accept-risk",
                    "reject",
                    "pin",
                    "policy",
                    "allow-downgrade",
                    "explain");

    private final Map<String, List<String>> query;

    /// @throws RequestProblem 400 for a parameter that is not known or given too often
    PlanQuery(Context request) {
        query = request.queryParamMap();
        query.forEach((name, values) -> {
            if (!KNOWN.contains(name)) {
                throw RequestProblem.badRequest(
                        "unknown-parameter",
                        "There is no such parameter as the one that was given.",
                        "Known are " + sorted() + ".");
            }
            if (values.size() > (REPEATED.contains(name) ? MOST : 1)) {
                throw malformed(name, "fewer times");
            }
        });
    }

    private static String sorted() {
        return String.join(", ", KNOWN.stream().sorted().toList());
    }

    /// Whether the answer is also wanted in words.
    boolean explain() {
        return truth("explain");
    }

    /// @param now the moment if none is asked about
    /// @throws RequestProblem 400, naming the parameter
    PlanRequest request(Instant now) {
        Version from =
                version("from").orElseThrow(() -> malformed("from", "the installed version"));
        Instant at =
                parsed("at", "an instant such as 2026-11-20T09:00:00Z", Instant::parse).orElse(now);
        PlanRequest.Builder request =
                PlanRequest.builder(from, at).allowDowngrade(truth("allow-downgrade"));
        version("to").ifPresent(request::to);
        parsed("platform", "a platform such as linux-amd64", text -> matching(PLATFORM, text))
                .ifPresent(request::platform);
        if (truth("now")) {
            request.wariness(0);
        } else {
            parsed("wariness", "a number from 0 to 1", PlanQuery::wariness)
                    .ifPresent(request::wariness);
        }
        each("fact", "name=value", text -> matching(FACT, text))
                .forEach(fact -> {
                    int equals = fact.indexOf('=');
                    request.fact(fact.substring(0, equals), fact.substring(equals + 1));
                });
        each("accept-risk", "the name of a risk", text -> matching(NAME, text))
                .forEach(request::acceptRisk);
        each("reject", "a version", Version::of).forEach(request::reject);
        parsed("policy", "a policy such as every-minor", PlanPolicy::of).ifPresent(request::policy);
        parsed("pin", "a range such as <4", Function.identity()).ifPresent(request::pin);
        return request.build();
    }

    private static Double wariness(String text) {
        double value = Double.parseDouble(text);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private boolean truth(String name) {
        return parsed(
                        name,
                        "true or false",
                        text -> {
                            if (text.isEmpty() || text.equals("true")) {
                                return true;
                            }
                            if (text.equals("false")) {
                                return false;
                            }
                            throw new IllegalArgumentException(text);
                        })
                .orElse(false);
    }

    private Optional<Version> version(String name) {
        return parsed(name, "a version", Version::of);
    }

    private <T> Optional<T> parsed(String name, String wanted, Function<String, T> parse) {
        return each(name, wanted, parse).stream().findFirst();
    }

    private <T> List<T> each(String name, String wanted, Function<String, T> parse) {
        try {
            return query.getOrDefault(name, List.of()).stream().map(parse).toList();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed(name, wanted);
        }
    }

    /// The answer to a parameter that is missing or wrong.
    static RequestProblem malformed(String parameter, String wanted) {
        return RequestProblem.badRequest(
                "malformed-parameter",
                "The parameter \"" + parameter + "\" is missing or malformed.",
                "Give it " + wanted + ".");
    }
}
