package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// Off-heap memory of one owner that is used again and again.
///
/// There are always [#SLACK] bytes more than asked for, so that loops may read and write whole
/// words over the end.
final class Scratch implements AutoCloseable {
    static final int SLACK = 64;

    private final BatchAllocator allocator;
    private @Nullable ArrowBuf memory;
    private long capacity;

    Scratch(BatchAllocator allocator) {
        this.allocator = allocator;
    }

    /// Address of at least `bytes` bytes; what was there before may be lost.
    long ensure(long bytes) {
        ArrowBuf held = memory;
        if (held == null || capacity < bytes) {
            close();
            held = allocator.allocate(bytes + SLACK);
            memory = held;
            capacity = held.capacity() - SLACK;
        }
        return held.memoryAddress();
    }

    /// As [#ensure], keeping the first `used` bytes.
    long grow(long bytes, long used) {
        ArrowBuf held = memory;
        if (held == null || capacity < bytes) {
            ArrowBuf grown = allocator.allocate(Math.max(bytes, 2 * used) + SLACK);
            if (held != null) {
                Mem.copy(held.memoryAddress(), grown.memoryAddress(), used);
                held.close();
            }
            held = grown;
            memory = grown;
            capacity = grown.capacity() - SLACK;
        }
        return held.memoryAddress();
    }

    long capacity() {
        return capacity;
    }

    /// The part of the memory from `offset` on, after [#ensure].
    ByteBuffer bytes(long offset, int length) {
        return java.util.Objects.requireNonNull(memory).nioBuffer(offset, length);
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
            capacity = 0;
        }
    }
}
