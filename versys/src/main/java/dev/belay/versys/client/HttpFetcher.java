package dev.belay.versys.client;

import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.UntrustedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches over HTTP and HTTPS with the JDK's [HttpURLConnection]. Why not `java.net.http`:
/// docs/adr, "HttpURLConnection fetches what is signed".
final class HttpFetcher implements Fetcher {
    private static final int MAX_REDIRECTS = 5;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/.*");

    private final TransferLimits limits;

    HttpFetcher(TransferLimits limits) {
        this.limits = limits;
    }

    @Override
    public Optional<Arriving> open(String address, long offset, long maxBytes) throws IOException {
        URI at = uri(address);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpURLConnection connection = connect(at, offset);
            int status = answer(connection);
            switch (status) {
                case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_PARTIAL -> {
                    return Optional.of(arriving(connection, status, offset, maxBytes));
                }
                // object stores answer 403 for a name that does not exist
                case HttpURLConnection.HTTP_NOT_FOUND,
                        HttpURLConnection.HTTP_GONE,
                        HttpURLConnection.HTTP_FORBIDDEN -> {
                    connection.disconnect();
                    return Optional.empty();
                }
                case HttpURLConnection.HTTP_MOVED_PERM,
                        HttpURLConnection.HTTP_MOVED_TEMP,
                        HttpURLConnection.HTTP_SEE_OTHER,
                        307,
                        308 -> {
                    connection.disconnect();
                    at = redirect(at, connection.getHeaderField("Location"));
                }
                case RANGE_NOT_SATISFIABLE -> {
                    connection.disconnect();
                    if (offset == 0) {
                        throw new FetchException(at + " answered 416 to a request without a range");
                    }
                    return open(address, 0, maxBytes);
                }
                default -> {
                    connection.disconnect();
                    String message = at + " answered " + status;
                    throw status >= 500 || status == 429
                            ? new IOException(message)
                            : new FetchException(message);
                }
            }
        }
        throw new FetchException(address + " redirects more than " + MAX_REDIRECTS + " times");
    }

    private HttpURLConnection connect(URI at, long offset) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) limits.connect().toMillis());
        connection.setReadTimeout((int) limits.stall().toMillis());
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Accept-Encoding", "identity");
        connection.setRequestProperty("User-Agent", "belay");
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        return connection;
    }

    private int answer(HttpURLConnection connection) throws IOException {
        int status =
                TimedCall.run(
                        limits.answer(),
                        () -> connection.getURL() + " sent no headers in time",
                        connection::getResponseCode);
        if (status < 0) {
            throw new IOException(connection.getURL() + " closed the connection unanswered");
        }
        return status;
    }

    private Arriving arriving(HttpURLConnection connection, int status, long offset, long maxBytes)
            throws IOException {
        String encoding = connection.getHeaderField("Content-Encoding");
        if (encoding != null && !encoding.equals("identity")) {
            connection.disconnect();
            throw new FetchException(connection.getURL() + " is encoded as " + encoding);
        }
        long start = status == HttpURLConnection.HTTP_PARTIAL ? rangeStart(connection) : 0;
        if (start != 0 && start != offset) {
            connection.disconnect();
            throw new FetchException(connection.getURL() + " answered with another range");
        }
        long length = connection.getContentLengthLong();
        if (length > maxBytes - start) {
            connection.disconnect();
            if (String.valueOf(connection.getContentType()).startsWith("text/html")) {
                throw WebPage.insteadOf(connection.getURL().toString());
            }
            throw new LengthExceededException(maxBytes);
        }
        Duration deadline = limits.deadline(maxBytes - start);
        InputStream paced =
                new PacedInputStream(connection.getInputStream(), length, limits, deadline);
        return new Arriving(start, new LimitedInputStream(paced, maxBytes - start));
    }

    private static long rangeStart(HttpURLConnection connection) throws IOException {
        String range = connection.getHeaderField("Content-Range");
        Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
        if (!matcher.matches()) {
            connection.disconnect();
            throw new FetchException(connection.getURL() + " answered 206 without a range");
        }
        return Long.parseLong(matcher.group(1));
    }

    /// A redirect stays on its scheme, host and port: otherwise a server could make the client call
    /// addresses inside its owner's network, or another service of its own machine.
    private static URI redirect(URI from, @Nullable String location) throws IOException {
        if (location == null) {
            throw new FetchException(from + " redirects to nowhere");
        }
        URI to = from.resolve(uri(location));
        if (!String.valueOf(to.getScheme()).equalsIgnoreCase(from.getScheme())
                || !String.valueOf(to.getHost()).equalsIgnoreCase(from.getHost())
                || port(to) != port(from)) {
            throw new UntrustedException(
                    "foreign-redirect",
                    from + " redirects to another host, port or scheme: " + to + ".",
                    "Nothing was changed. If this network asks people to log in first, do that in a"
                            + " browser; otherwise tell the vendor of this repository.");
        }
        return to;
    }

    private static int port(URI address) {
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        return address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
    }

    private static URI uri(String address) throws IOException {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new FetchException("not an address: " + address);
        }
    }
}
