package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The processes of this machine that work in a directory: their program, working directory or an
/// open file lies there, or their command line names it. Only root sees all of another user's
/// processes; their command lines are for everybody. Linux's `/proc`, proc(5).
public final class DirectoryUsers {
    private static final Path PROC = Path.of("/proc");
    private static final int SHOWN = 100;

    private DirectoryUsers() {}

    /// Who they are, in words. This process and those that started it do not count: the admin's
    /// shell may well stand in the directory.
    ///
    /// @param directory absolute, without links
    public static List<String> of(Path directory) {
        Set<String> ours = new HashSet<>();
        for (ProcessHandle at = ProcessHandle.current();
                at != null;
                at = at.parent().orElse(null)) {
            ours.add(String.valueOf(at.pid()));
        }
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (!ours.contains(pid)
                        && (worksIn(process, directory) || names(process, directory))) {
                    found.add("process " + pid + " (" + shortened(commandLine(process)) + ")");
                }
            }
        } catch (IOException e) {
            return List.of(); // no Linux
        }
        return found;
    }

    private static boolean worksIn(Path process, Path directory) {
        Stream<Path> links = Stream.of(process.resolve("cwd"), process.resolve("exe"));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return Stream.concat(links, open).anyMatch(link -> leadsInto(link, directory));
        } catch (IOException e) {
            return false; // another user's process, or ended meanwhile
        }
    }

    private static boolean leadsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean names(Path process, Path directory) {
        return Pattern.compile(
                        "(?<![\\w/.-])" + Pattern.quote(directory.toString()) + "(?![\\w.-])")
                .matcher(commandLine(process))
                .find();
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String shortened(String line) {
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
