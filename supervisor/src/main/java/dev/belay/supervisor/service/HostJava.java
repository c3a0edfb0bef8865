package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The Java that the product would find: `JAVA_HOME`, otherwise `java` on `PATH`. Read from the
/// `release` file that every JDK has, without starting it.
public final class HostJava {
    private static final String KEY = "JAVA_VERSION=\"";

    private HostJava() {}

    /// Its version, for example `17.0.12`; empty if there is none or it does not say.
    ///
    /// @param environment the product's
    public static Optional<String> version(Map<String, String> environment) {
        return home(environment).map(home -> home.resolve("release")).flatMap(HostJava::read);
    }

    private static Optional<Path> home(Map<String, String> environment) {
        String declared = environment.get("JAVA_HOME");
        if (declared != null && !declared.isEmpty()) {
            return Optional.of(Path.of(declared));
        }
        String path = environment.getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .map(directory -> Path.of(directory, "java"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(HostJava::homeOf);
    }

    private static Optional<Path> homeOf(Path java) {
        try {
            Path bin = java.toRealPath().getParent();
            return Optional.ofNullable(bin).map(Path::getParent);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path release) {
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith(KEY))
                    .map(line -> line.substring(KEY.length(), line.lastIndexOf('"')))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
