package dev.vitrine.engine.batch;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;

/// Off-heap memory for one owner, counted against its parents up to the session's limit. Closing it
/// with memory still in use is an error that names the owner.
public final class BatchAllocator implements AutoCloseable {
    private final BufferAllocator arrow;
    private final long limitBytes;

    private BatchAllocator(BufferAllocator arrow, long limitBytes) {
        this.arrow = arrow;
        this.limitBytes = limitBytes;
    }

    /// The root of a session's memory.
    public static BatchAllocator root(long limitBytes) {
        return new BatchAllocator(
                new RootAllocator(
                        RootAllocator.configBuilder()
                                .maxAllocation(limitBytes)
                                .allocationManagerFactory(MemAllocation.FACTORY)
                                .build()),
                limitBytes);
    }

    /// Memory for `owner` within this; its share of the limit is not reserved.
    public BatchAllocator child(String owner) {
        return new BatchAllocator(arrow.newChildAllocator(owner, 0, arrow.getLimit()), limitBytes);
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
                        arrow.getName(),
                        "requestedBytes",
                        bytes,
                        "usedBytes",
                        usedBytes(),
                        "limitBytes",
                        limitBytes),
                null,
                cause);
    }

    /// Bytes in use by this owner and its children.
    public long usedBytes() {
        return arrow.getAllocatedMemory();
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
