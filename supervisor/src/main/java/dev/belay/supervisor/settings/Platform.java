package dev.belay.supervisor.settings;

import java.util.Locale;

/// Platform names: `os-arch` as releases use them.
public final class Platform {
    private Platform() {}

    /// The platform that this program runs on, for example `linux-amd64`.
    public static String current() {
        return named(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /// The name for what Java calls the system and the processor.
    static String named(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String family =
                os.startsWith("windows")
                        ? "windows"
                        : os.startsWith("mac") ? "macos" : os.replaceAll("[^a-z0-9]", "");
        String arch = osArch.toLowerCase(Locale.ROOT);
        String processor =
                switch (arch) {
                    case "x86_64", "x64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> arch.replaceAll("[^a-z0-9_]", "");
                };
        return family + "-" + processor;
    }
}
