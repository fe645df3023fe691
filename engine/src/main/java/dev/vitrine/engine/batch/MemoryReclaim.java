package dev.vitrine.engine.batch;

/// Who may find memory where an allocation would go beyond the session's limit. Called on the
/// thread that allocates.
public interface MemoryReclaim {
    /// About to allocate; may free memory ahead of need, and never fails for want of it.
    void beforeAllocation(long bytes);

    /// An allocation did not fit. May take a while.
    ///
    /// @return whether it is worth trying again
    boolean afterFailure(long bytes);

    /// What the asking thread is at work on, for the error; `fallback` where that is not known.
    String worker(String fallback);
}
