package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.RefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the agent listens: a loopback address and a port. There is no way to say anything else,
/// because everyone who reaches the port could try to open the page.
///
/// @param address a loopback address
/// @param port 0 to 65535; 0 takes a free one
public record ListenAddress(InetAddress address, int port) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:\\[(?<six>[0-9a-fA-F:]+)]|(?<name>[0-9.]+|localhost)):(?<port>\\d{1,5})");

    /// @throws RefusedException `listen-not-loopback` or `listen-invalid`
    public ListenAddress {
        if (!address.isLoopbackAddress()) {
            throw new RefusedException(
                    "listen-not-loopback",
                    "The agent does not listen on %s: its page is for this host alone. "
                                    .formatted(address.getHostAddress())
                            + "Nothing was started.",
                    "Use 127.0.0.1:PORT, and reach it from elsewhere through an SSH tunnel.");
        }
        if (port < 0 || port > 65_535) {
            throw invalid(address.getHostAddress() + ":" + port);
        }
    }

    /// Reads `127.0.0.1:7480`, `localhost:7480` or `[::1]:7480`. No name but `localhost` is looked
    /// up.
    public static ListenAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid(text);
        }
        String host = form.group("six") == null ? form.group("name") : form.group("six");
        try {
            return new ListenAddress(
                    InetAddress.getByName(host.equals("localhost") ? "127.0.0.1" : host),
                    Integer.parseInt(form.group("port")));
        } catch (UnknownHostException e) {
            throw invalid(text);
        }
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(
                "listen-invalid",
                "\"%s\" is not an address to listen on. Nothing was started.".formatted(text),
                "Write ADDRESS:PORT, for example 127.0.0.1:7480.");
    }
}
