package dev.vitrine.engine.storage;

/// A task met a cached partition that no executor holds any more. The task is not to blame: it runs
/// again once [#recover] has computed the partition anew.
public final class CacheLost extends LostBlocks {
    private static final long serialVersionUID = 1L;

    private final transient CachedScan scan;
    private final int partition;

    CacheLost(CachedScan scan, int partition) {
        super("Partition " + partition + " of the cached " + scan.description() + " is lost");
        this.scan = scan;
        this.partition = partition;
    }

    /// Computes what is missing from its lineage, unless that is done by now. Called by the thread
    /// that drives the query.
    public void recover() {
        scan.recover(partition);
    }
}
