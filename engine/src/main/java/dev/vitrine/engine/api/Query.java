package dev.vitrine.engine.api;

import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.QueryOutcome;
import java.util.concurrent.CompletableFuture;

/// One run of a statement or plan: a handle that never blocks, but for [#await].
public interface Query extends AutoCloseable {
    long id();

    /// Adds a listener for this query's events; those published before are not repeated, so add it
    /// before [#start].
    void subscribe(EventListener listener);

    /// Starts it; gives this query back.
    Query start();

    /// Asks it to end; it does within 100 ms for whoever waits, and its tasks soon after.
    void cancel();

    /// Asks it to end because of one of its stages; does nothing where that stage does not run.
    ///
    /// @return whether it runs
    boolean cancelStage(int stageId);

    /// Completes when it has ended, never exceptionally.
    CompletableFuture<QueryOutcome> outcome();

    /// Starts it where needed, waits, and gives the rows.
    ///
    /// @throws dev.vitrine.engine.error.EngineException where it failed
    /// @throws java.util.concurrent.CancellationException where it was cancelled
    QueryResult await();

    /// Cancels it where it runs and frees its result.
    @Override
    void close();
}
