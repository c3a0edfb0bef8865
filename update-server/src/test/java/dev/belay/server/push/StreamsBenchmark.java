package dev.belay.server.push;

import dev.belay.versys.cli.Main;
import dev.belay.versys.console.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Opens many event streams of a running update server and measures how long a publication takes to
/// reach all of them: `StreamsBenchmark PORT PID STREAMS DATA VENDOR BUNDLE TOKEN_FILE`. One thread
/// reads all streams on the machine of the server, so its own time is part of the figures.
public final class StreamsBenchmark {
    private static final int AT_ONCE = 512; // connections that are being opened
    private static final Pattern EVENT = Pattern.compile("\"snapshot\":(\\d+)");
    private static final Pattern HEAP =
            Pattern.compile(
                    "^ *(?:DefNew|Tenured|def new generation|tenured generation|"
                            + "garbage-first heap).*used (\\d+)K");
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final int port;
    private final byte[] request;

    private StreamsBenchmark(int port) throws IOException {
        this.port = port;
        this.request =
                "GET /api/v1/products/shop/channels/dev/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /// See the class.
    public static void main(String... args) throws Exception {
        int streams = Integer.parseInt(args[2]);
        String pid = args[1];
        Path timestamp = Path.of(args[3], "repository/metadata/timestamp.json");
        StreamsBenchmark benchmark = new StreamsBenchmark(Integer.parseInt(args[0]));
        System.out.printf("server before: %s%n", memory(pid));
        long begin = System.nanoTime();
        benchmark.connect(streams);
        System.out.printf(
                "%d streams open after %.2f s, each with its first event%n",
                streams, (System.nanoTime() - begin) / 1e9);
        System.out.printf("server with them: %s%n", memory(pid));
        FutureTask<Integer> vendor =
                new FutureTask<>(() ->
                        CommandRunner.run(
                                new Main(),
                                "publish",
                                args[5],
                                "--channel=dev",
                                "--dir=" + args[4],
                                "--token-file=" + args[6],
                                "--json"));
        Thread.ofPlatform().start(vendor);
        long[] arrivals = benchmark.awaitEvent(streams, vendor);
        double published = Files.getLastModifiedTime(timestamp).toMillis();
        Arrays.sort(arrivals);
        System.out.printf(
                "a publication arrived, from timestamp.json on disk: first %.0f ms, p50 %.0f ms,"
                        + " p99 %.0f ms, last %.0f ms%n",
                arrivals[0] - published,
                arrivals[streams / 2] - published,
                arrivals[streams * 99 / 100] - published,
                arrivals[streams - 1] - published);
    }

    private void connect(int streams) throws IOException {
        int begun = 0;
        int open = 0;
        long deadline = System.nanoTime() + PATIENCE;
        while (open < streams) {
            while (begun < streams && begun - open < AT_ONCE) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.register(selector, SelectionKey.OP_CONNECT);
                begun++;
            }
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isConnectable()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    channel.finishConnect();
                    channel.write(ByteBuffer.wrap(request));
                    key.interestOps(SelectionKey.OP_READ);
                } else if (snapshot(key) > 0) {
                    key.attach(Boolean.TRUE);
                    open++;
                }
            }
            selector.selectedKeys().clear();
            within(deadline, open, streams);
        }
    }

    /// When the next event came to each stream, in milliseconds since the epoch.
    private long[] awaitEvent(int streams, FutureTask<Integer> vendor) throws Exception {
        long[] arrivals = new long[streams];
        int told = 0;
        long deadline = System.nanoTime() + PATIENCE;
        while (told < streams) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (snapshot(key) > 0) {
                    arrivals[told++] = System.currentTimeMillis();
                }
            }
            selector.selectedKeys().clear();
            within(deadline, told, streams);
            if (vendor.isDone() && vendor.get() != 0) {
                throw new IOException("publishing ended with " + vendor.get());
            }
        }
        return arrivals;
    }

    /// The number in an event that has come in; 0 if it was something else, such as a heartbeat.
    private long snapshot(SelectionKey key) throws IOException {
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
            throw new IOException("the server closed a stream");
        }
        buffer.flip();
        Matcher event = EVENT.matcher(StandardCharsets.UTF_8.decode(buffer));
        return event.find() ? Long.parseLong(event.group(1)) : 0;
    }

    private static void within(long deadline, int done, int all) throws IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException("only " + done + " of " + all + " streams in time");
        }
    }

    private static String memory(String pid) throws Exception {
        jcmd(pid, "GC.run");
        String resident =
                Files.readString(Path.of("/proc", pid, "status"))
                        .replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1");
        long heap =
                jcmd(pid, "GC.heap_info")
                        .lines()
                        .map(HEAP::matcher)
                        .filter(Matcher::find)
                        .mapToLong(line -> Long.parseLong(line.group(1)))
                        .sum();
        return "heap %d MiB, resident %d MiB"
                .formatted(heap / 1024, Long.parseLong(resident) / 1024);
    }

    private static String jcmd(String pid, String command) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                                pid,
                                command)
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }
}
