package dev.belay.supervisor.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Connects to a port.
final class TcpAsker implements HealthAsker {
    private final String host;
    private final int port;

    /// @param address `host:port`
    /// @throws IllegalArgumentException if it is none
    TcpAsker(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port");
        }
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("no port");
        }
    }

    @Override
    public String whom() {
        return host + ":" + port;
    }

    @Override
    public HealthAnswer ask(Duration left) {
        try (Socket socket = new Socket()) {
            int millis = (int) Math.max(1, HealthAsker.wait(left).toMillis());
            socket.connect(new InetSocketAddress(host, port), millis);
            return new HealthAnswer.Good();
        } catch (SocketTimeoutException e) {
            return HealthAsker.late(left);
        } catch (IOException e) {
            return new HealthAnswer.Silent("did not answer: " + e.getMessage());
        }
    }
}
