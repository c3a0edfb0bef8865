package dev.belay.supervisor.offer;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// A request to stop for the threads of one process, made once and never taken back. Thread-safe.
public final class StopRequest implements StopSignal {
    private final Set<Thread> preparing = new HashSet<>();
    private int changing;
    private boolean asked;

    /// What a stop meets.
    public enum Met {
        /// Nothing that it has to wait for.
        NOTHING,
        /// Something that was interrupted and will end soon.
        PREPARING,
        /// Something that ends its step or puts the hop back first.
        CHANGING
    }

    /// Asks: interrupts what prepares, keeps everything else from beginning.
    public synchronized Met ask() {
        asked = true;
        if (changing > 0) {
            return Met.CHANGING;
        }
        preparing.forEach(Thread::interrupt);
        return preparing.isEmpty() ? Met.NOTHING : Met.PREPARING;
    }

    @Override
    public synchronized boolean getAsBoolean() {
        return asked;
    }

    @Override
    public <T> T preparing(Supplier<T> work) {
        synchronized (this) {
            requireUnasked();
            preparing.add(Thread.currentThread());
        }
        try {
            T prepared = work.get();
            synchronized (this) {
                requireUnasked();
            }
            return prepared;
        } catch (RuntimeException failure) {
            throw getAsBoolean() ? StopSignal.notBegun(failure) : failure;
        } finally {
            prepared();
        }
    }

    /// What comes next is not interrupted: it tells how it ended.
    private synchronized void prepared() {
        preparing.remove(Thread.currentThread());
        if (asked) {
            Thread.interrupted();
        }
    }

    @Override
    public <T> T changing(Supplier<T> work) {
        synchronized (this) {
            if (changing == 0) {
                requireUnasked();
            }
            changing++;
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                changing--;
            }
        }
    }

    private void requireUnasked() {
        if (asked) {
            throw StopSignal.notBegun(null);
        }
    }
}
