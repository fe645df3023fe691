package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/// Scratch memory for strings that live no longer than a step of 1,024 rows, and for constants.
public final class StringArena implements AutoCloseable {
    private static final long CHUNK_BYTES = 1L << 16;

    private final BatchAllocator allocator;
    private final List<ArrowBuf> chunks = new ArrayList<>();
    private int chunk = -1;
    private long at;
    private long end;

    public StringArena(BatchAllocator allocator) {
        this.allocator = allocator;
    }

    /// Forgets all strings; their memory is used again.
    public void reset() {
        while (chunks.size() > 1) {
            chunks.removeLast().close();
        }
        chunk = -1;
        at = 0;
        end = 0;
    }

    /// Memory for `length` bytes.
    public long reserve(int length) {
        if (at + length > end) {
            chunk++;
            if (chunk == chunks.size() || chunks.get(chunk).capacity() < length) {
                ArrowBuf fresh = allocator.allocate(Math.max(CHUNK_BYTES, length));
                chunks.add(chunk, fresh);
            }
            at = chunks.get(chunk).memoryAddress();
            end = at + chunks.get(chunk).capacity();
        }
        long start = at;
        at += length;
        return start;
    }

    /// Points `target` at a copy of `text`.
    public void put(String text, StringRef target) {
        put(text.getBytes(StandardCharsets.UTF_8), target);
    }

    public void put(byte[] bytes, StringRef target) {
        target.address = reserve(bytes.length);
        target.length = bytes.length;
        Mem.copy(bytes, 0, target.address, bytes.length);
    }

    @Override
    public void close() {
        chunks.forEach(ArrowBuf::close);
        chunks.clear();
    }
}
