package dev.vitrine.engine.snapshot;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
        }
    }

    /// Waits until the query's last snapshot is handed out.
    public void await() throws InterruptedException {
        thread.join();
    }

    private void run() {
        long last = System.nanoTime() - INTERVAL_NANOS;
        boolean changed = false;
        boolean finished = false;
        try {
            while (!finished) {
                long wait = last + INTERVAL_NANOS - System.nanoTime();
                EngineEvent event =
                        changed
                                ? events.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS)
                                : events.take();
                if (event != null) {
                    reducer.on(event);
                    changed = true;
                    finished = event instanceof EngineEvent.QueryFinished;
                }
                if (changed && (finished || System.nanoTime() - last >= INTERVAL_NANOS)) {
                    consumer.accept(reducer.snapshot());
                    last = System.nanoTime();
                    changed = false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
