package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a file could not be fetched, for people: what happened and what to look at. Pure.
final class NetworkWords {
    private static final String LATER = "Check network and proxy, then try again.";

    private NetworkWords() {}

    private record Meaning(String what, String help) {}

    /// The failure in words.
    ///
    /// @param address what was to be fetched
    static BelayException of(String address, IOException failure) {
        if (ofHost(failure)) {
            return IoFailures.of("Cannot keep " + address, failure);
        }
        Meaning meaning = meaning(failure);
        return new BelayException(
                "network-unreachable",
                "Cannot fetch " + address + ": " + meaning.what() + ".",
                meaning.help() + " Nothing was changed.",
                failure);
    }

    /// Whether it came over the network, and this host could not take it.
    static boolean ofHost(IOException failure) {
        return IoFailures.ofHost(IoFailures.of("", failure).kind());
    }

    private static Meaning meaning(IOException failure) {
        return switch (failure) {
            case FetchException known -> new Meaning(said(known), LATER);
            case UnknownHostException name ->
                    new Meaning(
                            "no host of the name " + said(name) + " is known",
                            "Check the address and this host's DNS.");
            case NoRouteToHostException _ ->
                    new Meaning("there is no route to that host", "Check network and firewall.");
            case SocketTimeoutException timeout ->
                    said(timeout).toLowerCase(Locale.ROOT).contains("connect")
                            ? new Meaning(
                                    "nothing answers at that address",
                                    "Check the address, and whether a firewall is in the way.")
                            : new Meaning("it stopped sending", LATER);
            case ConnectException connect -> connecting(connect);
            case SSLException tls -> encrypted(tls);
            case SocketException broken ->
                    new Meaning("the connection broke off (" + said(broken) + ")", LATER);
            default -> new Meaning(said(failure), LATER);
        };
    }

    private static Meaning connecting(ConnectException failure) {
        return said(failure).toLowerCase(Locale.ROOT).contains("refused")
                ? new Meaning(
                        "the connection was refused, no server listens there",
                        "Check that the server runs, and its address and port.")
                : new Meaning(
                        "no connection could be made (" + said(failure) + ")",
                        "Check network and firewall.");
    }

    private static Meaning encrypted(SSLException failure) {
        if (hasCause(failure, CertificateException.class)) {
            return new Meaning(
                    "its TLS certificate is not accepted here (" + said(failure) + ")",
                    "Check the certificate, the name in the address, and this host's clock. If your"
                            + " own authority signed it, add that to Java's trust store.");
        }
        return new Meaning(
                "no TLS connection could be made (" + said(failure) + ")",
                "Check whether the address should begin with http:// or https://.");
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> wanted) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (wanted.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    /// What the platform says; its exceptions without words are named in words.
    private static String said(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? "the connection failed without a reason being given"
                : message.strip().replaceFirst("[.]$", "");
    }
}
