package dev.belay.supervisor.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The environment that programs of the product start from: nothing of the supervisor's own but
/// where programs are found, the language, the time zone and the Java to use.
public final class ProductEnvironment {
    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProductEnvironment() {}

    /// A fresh one.
    public static Map<String, String> clean() {
        return clean(System.getenv());
    }

    static Map<String, String> clean(Map<String, String> own) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", PATH);
        for (String name : List.of("LANG", "LC_ALL", "TZ", "JAVA_HOME")) {
            Optional.ofNullable(own.get(name)).ifPresent(v -> environment.put(name, v));
        }
        return environment;
    }
}
