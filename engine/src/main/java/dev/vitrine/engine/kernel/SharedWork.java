package dev.vitrine.engine.kernel;

import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that all threads who need its result do together: a row of phases, each of many pieces that
/// any thread may take. A thread that comes late helps with what is left; one that finds no piece
/// left waits for the others.
final class SharedWork {
    /// Pieces that can be done side by side, and what comes after the last of them.
    ///
    /// @param pieces number of pieces
    /// @param piece does one of them
    /// @param next the phase after this one, made when its last piece is done; null where there is
    ///   none
    record Phase(int pieces, IntConsumer piece, Supplier<@Nullable Phase> next) {}

    private static final long MOMENT_NANOS = 20_000_000;

    private @Nullable Phase phase;
    private int taken;
    private int done;
    private @Nullable Throwable failure;

    SharedWork(Phase first) {
        enter(first);
    }

    /// Helps until all is done.
    ///
    /// @param check called between pieces; what it throws ends this thread's help, not the work
    void help(Runnable check) {
        Phase current;
        int piece;
        while (true) {
            check.run();
            synchronized (this) {
                rethrow();
                current = phase;
                if (current == null) {
                    return;
                }
                if (taken == current.pieces) {
                    awaitProgress(current);
                    continue;
                }
                piece = taken++;
            }
            run(current, piece);
        }
    }

    private void run(Phase current, int piece) {
        Throwable thrown = null;
        try {
            current.piece.accept(piece);
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        synchronized (this) {
            done++;
            if (thrown != null && failure == null) {
                failure = thrown;
            }
            if (failure == null && done == current.pieces) {
                try {
                    enter(current.next.get());
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
            }
            notifyAll();
        }
    }

    /// Goes on to `next`, through phases without pieces.
    private void enter(@Nullable Phase next) {
        Phase at = next;
        while (at != null && at.pieces == 0) {
            at = at.next.get();
        }
        phase = at;
        taken = 0;
        done = 0;
    }

    /// Waits while all pieces of `current` are taken and not all done, for a moment at most.
    private void awaitProgress(Phase current) {
        long end = System.nanoTime() + MOMENT_NANOS;
        try {
            while (phase == current
                    && failure == null
                    && taken == current.pieces
                    && System.nanoTime() < end) {
                wait(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a join's table was built", e);
        }
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
