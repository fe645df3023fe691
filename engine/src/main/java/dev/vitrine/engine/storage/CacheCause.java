package dev.vitrine.engine.storage;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;

/// On whose behalf cached blocks change, and who is told of it.
///
/// @param queryId the query, or 0 where it is the session itself: memory is short, an executor goes
/// @param startNanos the query's start on `System.nanoTime`'s clock
public record CacheCause(long queryId, EventListener events, long startNanos) {
    /// @param reason why, in words, or empty
    void tell(EngineEvent.CacheChange change, CachedBlock block, long bytes, String reason) {
        CachedRelation relation = block.relation();
        tell(change, relation, block.partition(), block.executor(), bytes, reason);
    }

    void tell(
            EngineEvent.CacheChange change,
            CachedRelation relation,
            int partition,
            String executor,
            long bytes,
            String reason) {
        events.on(
                new EngineEvent.CacheBlockChanged(
                        queryId,
                        change,
                        relation.id(),
                        relation.description(),
                        partition,
                        executor,
                        bytes,
                        relation.level().name(),
                        reason,
                        queryId == 0 ? 0 : System.nanoTime() - startNanos));
    }
}
