package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How much memory programs may have on this host: all there is, or what a container is given.
public final class HostMemory {
    private static final Path TOTAL = Path.of("/proc/meminfo");
    private static final List<Path> LIMITS =
            List.of(
                    Path.of("/sys/fs/cgroup/memory.max"),
                    Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private HostMemory() {}

    /// In bytes; as much as there can be if nobody says.
    public static long bytes() {
        return LIMITS.stream().mapToLong(HostMemory::limit).reduce(total(), Math::min);
    }

    private static long total() {
        try (Stream<String> lines = Files.lines(TOTAL)) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long limit(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
