package dev.vitrine.engine.storage;

/// How cached rows come about, and come about again where they are lost.
public interface Lineage {
    /// Computes the partitions that a scan cannot read, and no others: they are kept where there is
    /// room, and else given to the scan.
    ///
    /// @param reader the query that waits for them
    void complete(CachedScan scan, CacheReader reader);
}
