package dev.belay.server.cli;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.server.catalog.Publications;
import dev.belay.server.catalog.Upkeep;
import dev.belay.server.fleet.Fleet;
import dev.belay.server.http.HttpServer;
import dev.belay.server.http.Services;
import dev.belay.server.metrics.Counters;
import dev.belay.server.notice.Notifier;
import dev.belay.server.notice.Webhook;
import dev.belay.server.notice.WebhookSettings;
import dev.belay.server.push.EventHub;
import dev.belay.server.storage.DataDirectory;
import dev.belay.server.storage.Database;
import dev.belay.server.storage.SentNotices;
import dev.belay.server.storage.StagedChanges;
import dev.belay.server.storage.Tokens;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.repository.FileRepositoryWriter;
import dev.belay.versys.repository.RepositoryWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts an update server inside this process: the wiring by hand.
public final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration UPKEEP = Duration.ofMinutes(10);

    private Server() {}

    /// Starts and returns when it answers. The first start makes the directory, the online keys and
    /// the admin's token.
    ///
    /// @throws dev.belay.packaging.failure.RefusedException `data-directory-unusable`,
    ///   `data-directory-in-use` or `address-unusable`; nothing runs then
    public static RunningServer start(ServerOptions options) {
        return start(options, FileRepositoryWriter::open);
    }

    /// Opens the writing side of a repository.
    @FunctionalInterface
    interface RepositoryOpener {
        RepositoryWriter open(Path directory, InstantSource clock);
    }

    static RunningServer start(ServerOptions options, RepositoryOpener opener) {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            return start(options, opener, started);
        } catch (RuntimeException e) {
            RunningServer.closeAll(started);
            throw e;
        }
    }

    private static RunningServer start(
            ServerOptions options, RepositoryOpener opener, Deque<AutoCloseable> started) {
        DataDirectory data = DataDirectory.prepare(options.data());
        started.add(data.lock());
        Database database = Database.open(data.database());
        started.add(database);
        Tokens tokens = new Tokens(database, options.clock());
        if (!tokens.hasAdmin()) {
            tokens.createAdmin(token -> keep(data.adminToken(), token));
        }
        RepositoryWriter repository = opener.open(data.repository(), options.clock());
        LOG.info("the newest online key is {}", keyId(repository));
        EventHub events = new EventHub(options.maxStreams(), options.heartbeat());
        started.add(events);
        Publications publications = new Publications(repository, events::publish);
        publications
                .current()
                .channels()
                .keySet()
                .forEach(channel -> events.know(channel, publications.current().snapshot()));
        Fleet fleet = new Fleet(database, options.clock());
        Counters counters = new Counters();
        Upkeep.Warnings warnings = warnings(options, data, database, counters, started);
        started.add(
                new Upkeep(
                        publications, fleet::prune, warnings, counters, options.clock(), UPKEEP));
        HttpServer http =
                HttpServer.start(
                        options.host(),
                        options.port(),
                        new Services(
                                tokens,
                                repository,
                                data.repository(),
                                publications,
                                events,
                                fleet,
                                counters,
                                new StagedChanges(data.changes(), options.clock()),
                                options.clock(),
                                options.maxBlobBytes(),
                                options.headerDeadline()));
        started.add(http);
        // Streams end before the listener waits for its requests.
        started.add(events);
        URI uri = options.publicUrl().orElseGet(http::uri);
        return new RunningServer(uri, data.adminToken(), started);
    }

    private static Upkeep.Warnings warnings(
            ServerOptions options,
            DataDirectory data,
            Database database,
            Counters counters,
            Deque<AutoCloseable> started) {
        if (options.webhook().isEmpty()) {
            return (roles, now) -> {};
        }
        WebhookSettings settings = options.webhook().get();
        Webhook webhook =
                new Webhook(settings.address(), data.webhookSecret(), settings.firstPause());
        started.add(webhook);
        Notifier notifier =
                new Notifier(new SentNotices(database, options.clock()), webhook, counters);
        started.add(notifier);
        return notifier::check;
    }

    private static String keyId(RepositoryWriter repository) {
        return TufKey.parse(JsonParser.parseObject(repository.onlineKey())).computedId();
    }

    private static void keep(Path file, String token) {
        try {
            DurableFiles.write(
                    file, (token + "\n").getBytes(StandardCharsets.US_ASCII), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new BelayException(
                    "storage-failed",
                    "The admin's token could not be written; no token was made.",
                    "Make room on the disk and start again.",
                    e);
        }
    }
}
