package dev.vitrine.engine.storage;

/// A query that reads cached rows.
public interface CacheReader {
    /// On whose behalf what it lacks is computed.
    CacheCause cause();

    /// Whether it is to stop.
    boolean isCancelled();

    /// Says what computes rows for it now, so that it can be stopped too.
    ///
    /// @param cancel stops that
    void waitsFor(Runnable cancel);

    /// Hands it blocks that its scans read, to be closed when it ends.
    void owns(Block block);
}
