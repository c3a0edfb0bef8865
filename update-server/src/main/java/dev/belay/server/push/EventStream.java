package dev.belay.server.push;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One client's stream: frames leave in order, one at a time, and a client that does not take them
/// is cut off instead of filling the server's memory. It will connect again and be told the newest.
final class EventStream {
    /// Frames that wait for a client. Each of them only says "look", so a client that is this far
    /// behind gains nothing from more.
    static final int MAX_WAITING = 16;

    private final FrameSink sink;
    private final Runnable onGone;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean gone;
    private boolean ending;

    EventStream(FrameSink sink, Runnable onGone) {
        this.sink = sink;
        this.onGone = onGone;
    }

    /// Sends a frame as soon as those before it have left. Never blocks.
    void send(ByteBuffer frame) {
        boolean overflow;
        synchronized (this) {
            if (gone || ending) {
                return;
            }
            overflow = waiting.size() >= MAX_WAITING;
            if (!overflow) {
                waiting.add(frame);
            }
        }
        if (overflow) {
            cut();
        } else {
            writeNext();
        }
    }

    /// Sends a sign of life, unless something is on its way anyway.
    void sendIfIdle(ByteBuffer frame) {
        synchronized (this) {
            if (writing || !waiting.isEmpty()) {
                return;
            }
        }
        send(frame);
    }

    /// Ends the stream when what is on its way has left.
    void end() {
        synchronized (this) {
            ending = true;
            waiting.clear();
            if (gone || writing) {
                return;
            }
            gone = true;
        }
        onGone.run();
        sink.end();
    }

    /// Drops the client.
    void cut() {
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            waiting.clear();
        }
        onGone.run();
        sink.cut();
    }

    private void writeNext() {
        ByteBuffer next;
        synchronized (this) {
            if (gone || writing || waiting.isEmpty()) {
                return;
            }
            next = waiting.remove();
            writing = true;
        }
        sink.write(next, this::written);
    }

    private void written(@Nullable Throwable failure) {
        boolean finished;
        synchronized (this) {
            writing = false;
            finished = ending;
        }
        if (failure != null) {
            cut();
        } else if (finished) {
            end();
        } else {
            // A sink that completes at once comes back here: as deep as frames wait, no deeper.
            writeNext();
        }
    }
}
