package dev.vitrine.engine.batch;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.Map;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.AllocationOutcome;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;

/// Off-heap memory for one owner, counted against its parents up to the session's limit. Closing it
/// with memory still in use is an error that names the owner.
public final class BatchAllocator implements AutoCloseable {
    private final BufferAllocator arrow;
    private final long limitBytes;
    private final MemoryReclaim reclaim;

    private BatchAllocator(BufferAllocator arrow, long limitBytes, MemoryReclaim reclaim) {
        this.arrow = arrow;
        this.limitBytes = limitBytes;
        this.reclaim = reclaim;
    }

    /// Memory that nothing is freed in where it is short.
    private static final class Unreclaimed implements MemoryReclaim {
        @Override
        public void beforeAllocation(long bytes) {}

        @Override
        public boolean afterFailure(long bytes) {
            return false;
        }

        @Override
        public String worker(String fallback) {
            return fallback;
        }
    }

    /// The root of memory in which an allocation beyond the limit fails at once.
    public static BatchAllocator root(long limitBytes) {
        return root(limitBytes, new Unreclaimed());
    }

    /// The root of a session's memory.
    ///
    /// @param reclaim asked where memory runs short
    public static BatchAllocator root(long limitBytes, MemoryReclaim reclaim) {
        AllocationListener listener =
                new AllocationListener() {
                    @Override
                    public void onPreAllocation(long size) {
                        reclaim.beforeAllocation(size);
                    }

                    @Override
                    public boolean onFailedAllocation(long size, AllocationOutcome outcome) {
                        return reclaim.afterFailure(size);
                    }
                };
        return new BatchAllocator(
                new RootAllocator(
                        RootAllocator.configBuilder()
                                .maxAllocation(limitBytes)
                                .allocationManagerFactory(MemAllocation.FACTORY)
                                .listener(listener)
                                .build()),
                limitBytes,
                reclaim);
    }

    /// Memory for `owner` within this; its share of the limit is not reserved.
    public BatchAllocator child(String owner) {
        return new BatchAllocator(
                arrow.newChildAllocator(owner, 0, arrow.getLimit()), limitBytes, reclaim);
    }

    /// Who holds this memory.
    public String owner() {
        return arrow.getName();
    }

    /// At least `bytes` of memory, not zeroed; the caller releases it.
    public ArrowBuf allocate(long bytes) {
        try {
            return arrow.buffer(bytes);
        } catch (OutOfMemoryException e) {
            throw limit(bytes, e);
        }
    }

    /// The error for `bytes` more than the limit allows.
    EngineException limit(long bytes, Throwable cause) {
        return new EngineException(
                ErrorCode.MEMORY_LIMIT,
                Map.of(
                        "operator",
                        reclaim.worker(arrow.getName()),
                        "requestedBytes",
                        bytes,
                        "usedBytes",
                        sessionBytes(),
                        "limitBytes",
                        limitBytes),
                null,
                cause);
    }

    /// Bytes in use by this owner and its children.
    public long usedBytes() {
        return arrow.getAllocatedMemory();
    }

    /// Bytes in use by the whole session.
    public long sessionBytes() {
        BufferAllocator root = arrow;
        for (BufferAllocator up = root.getParentAllocator();
                up != null;
                up = up.getParentAllocator()) {
            root = up;
        }
        return root.getAllocatedMemory();
    }

    public long limitBytes() {
        return limitBytes;
    }

    /// Arrow's own allocator behind this one, for Arrow's readers and writers.
    public BufferAllocator arrow() {
        return arrow;
    }

    /// Whether this and all its children are empty.
    public boolean isEmpty() {
        return usedBytes() == 0;
    }

    @Override
    public void close() {
        arrow.close();
    }
}
