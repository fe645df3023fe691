package dev.vitrine.engine.snapshot;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Reduces the events of one query on a thread of its own and hands out a snapshot at most thirty
/// times a second, and the last one always.
public final class SnapshotFeed implements EventListener {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(33);

    private final LinkedBlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    private final QueryReducer reducer;
    private final Consumer<QuerySnapshot> consumer;
    private final long queryId;
    private final Thread thread;

    /// @param consumer called on the feed's thread
    public SnapshotFeed(long queryId, Consumer<QuerySnapshot> consumer) {
        this.queryId = queryId;
        this.reducer = new QueryReducer(queryId);
        this.consumer = consumer;
        this.thread = Thread.ofVirtual().name("snapshots-" + queryId).start(this::run);
    }

    @Override
    public void on(EngineEvent event) {
        if (event.queryId() == queryId) {
            events.add(event);
            if (event instanceof EngineEvent.QueryFinished) {
                LockSupport.unpark(thread);
            }
        }
    }

    /// Waits until the query's last snapshot is handed out.
    public void await() throws InterruptedException {
        thread.join();
    }

    private void run() {
        List<EngineEvent> batch = new ArrayList<>();
        boolean finished = false;
        try {
            while (!finished) {
                batch.add(events.take());
                events.drainTo(batch);
                for (EngineEvent event : batch) {
                    reducer.on(event);
                    finished |= event instanceof EngineEvent.QueryFinished;
                }
                batch.clear();
                consumer.accept(reducer.snapshot());
                if (!finished) {
                    // Events wait for the next snapshot: to be woken for each would cost more than
                    // to take it in.
                    LockSupport.parkNanos(INTERVAL_NANOS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
