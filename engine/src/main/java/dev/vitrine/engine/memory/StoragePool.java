package dev.vitrine.engine.memory;

import java.util.function.LongSupplier;

/// The books of one memory that is shared between execution, which runs tasks, and storage, which
/// keeps cached rows, as in Spark's `UnifiedMemoryManager`: storage may take all that execution
/// leaves, and never makes execution give anything back; execution may take back what storage has
/// above its floor. Safe for many threads.
public final class StoragePool {
    private final long limitBytes;
    private final long floorBytes;
    private final LongSupplier used;
    private long storedBytes;

    /// @param limitBytes of execution and storage together
    /// @param floorBytes of storage that execution cannot take back
    /// @param used bytes of the session in use now, the stored ones among them
    public StoragePool(long limitBytes, long floorBytes, LongSupplier used) {
        this.limitBytes = limitBytes;
        this.floorBytes = Math.min(floorBytes, limitBytes);
        this.used = used;
    }

    /// Counts rows as stored that are in memory already, if that leaves all within the limit.
    ///
    /// @return whether it was done
    public synchronized boolean tryStore(long bytes) {
        if (missing(bytes) > 0) {
            return false;
        }
        storedBytes += bytes;
        return true;
    }

    /// Bytes that would have to go from storage before so many that are in memory already can be
    /// stored.
    public synchronized long missing(long bytes) {
        long executing = Math.max(0, used.getAsLong() - storedBytes - bytes);
        return Math.max(0, storedBytes + bytes - Math.max(0, limitBytes - executing));
    }

    /// Says that stored rows are in memory no more.
    public synchronized void release(long bytes) {
        if (bytes > storedBytes) {
            throw new IllegalStateException(bytes + " bytes released of " + storedBytes);
        }
        storedBytes -= bytes;
    }

    public synchronized long storedBytes() {
        return storedBytes;
    }

    /// Bytes that execution may take back.
    public synchronized long aboveFloor() {
        return Math.max(0, storedBytes - floorBytes);
    }

    public long limitBytes() {
        return limitBytes;
    }

    public long floorBytes() {
        return floorBytes;
    }
}
