package dev.belay.versys.release;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is asked to find out whether a release is healthy.
public sealed interface HealthQuestion {
    /// A request.
    ///
    /// @param url after its placeholders are filled: `http://…` or `https://…`
    /// @param method for example `GET`
    /// @param headers beside those that every question has
    /// @param login for basic authentication
    /// @param expect what the answer must be like
    record Http(
            Template url,
            String method,
            Map<String, Template> headers,
            Optional<Login> login,
            Expectation expect)
            implements HealthQuestion {
        /// `method` when nothing is said.
        public static final String DEFAULT_METHOD = "GET";

        public Http {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /// The same with another expectation.
        public Http expecting(Expectation other) {
            return new Http(url, method, headers, login, other);
        }
    }

    /// A connection to a port.
    ///
    /// @param address after its placeholders are filled: `host:port`
    record Tcp(Template address) implements HealthQuestion {}

    /// A program of the release that ends with 0 if all is well.
    ///
    /// @param command program and arguments, no shell
    record Command(List<String> command) implements HealthQuestion {
        public Command {
            command = List.copyOf(command);
        }
    }

    /// A line in what the product wrote since it was started.
    ///
    /// @param pattern a regular expression that is found in it
    record Log(Pattern pattern) implements HealthQuestion {}

    /// Who asks. The password is never written down by this house: it stands in the product's own
    /// configuration, and is read from there each time the release is started.
    record Login(Template user, Template password) {}

    /// What an answer must be like.
    ///
    /// @param statuses any of these HTTP statuses
    /// @param json all of these fields of the JSON answer
    /// @param body a regular expression that is found in the answer
    record Expectation(List<Integer> statuses, List<JsonField> json, Optional<Pattern> body) {
        /// When nothing is said.
        public static final Expectation DEFAULT =
                new Expectation(List.of(200), List.of(), Optional.empty());

        public Expectation {
            statuses = List.copyOf(statuses);
            json = List.copyOf(json);
        }
    }

    /// A field of a JSON answer.
    ///
    /// @param path names and list positions with dots between them: `nodes.0.state`
    /// @param comparison how it must compare
    /// @param value with what
    record JsonField(String path, Comparison comparison, Template value) {}
}
