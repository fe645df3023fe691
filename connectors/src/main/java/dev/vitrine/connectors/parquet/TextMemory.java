package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/// Memory that becomes a string or binary vector: bytes one after the other, and where each value
/// ends.
final class TextMemory implements AutoCloseable {
    private final int rows;
    private final BatchAllocator allocator;
    private final ArrowBuf offsets;
    private ArrowBuf bytes;
    private long used;
    private int values;

    /// @param expectedBytes bytes to make room for; more may come
    TextMemory(BatchAllocator allocator, int rows, long expectedBytes) {
        this.allocator = allocator;
        this.rows = rows;
        this.bytes = allocator.allocate(expectedBytes + Scratch.SLACK);
        try {
            this.offsets = allocator.allocate(4L * (rows + 1));
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
        Mem.putInt(offsets.memoryAddress(), 0);
    }

    /// How many values were appended.
    int values() {
        return values;
    }

    /// Bytes of all values appended.
    long used() {
        return used;
    }

    long bytesAddress() {
        return bytes.memoryAddress();
    }

    /// Where the end of the next value goes, and those after it.
    long endsAddress() {
        return offsets.memoryAddress() + 4L * (values + 1);
    }

    /// How many bytes fit; a copy may run over that by less than [Scratch#SLACK].
    long capacity() {
        return bytes.capacity() - Scratch.SLACK;
    }

    /// Makes room for `more` bytes.
    void ensure(long more) throws IOException {
        long needed = used + more;
        if (needed > Integer.MAX_VALUE) {
            throw new IOException("its texts of one batch take more than 2 GB");
        }
        if (needed > capacity()) {
            ArrowBuf grown = allocator.allocate(Math.max(needed, used + used / 2) + Scratch.SLACK);
            Mem.copy(bytes.memoryAddress(), grown.memoryAddress(), used);
            bytes.close();
            bytes = grown;
        }
    }

    /// Takes in `count` values whose bytes and ends were written; the last ends at `end`.
    void end(int count, long end) {
        values += count;
        used = end;
    }

    /// Appends a value without bytes.
    void appendEmpty() {
        Mem.putInt(endsAddress(), (int) used);
        values++;
    }

    /// Spreads the last `present` values over `count` rows, those with a set bit; a NULL is empty.
    void spread(int count, int present, long validity, int bit) {
        int base = values - present;
        long at = offsets.memoryAddress() + 4L * base;
        int next = present;
        for (int row = count; row > next; row--) {
            Mem.putInt(at + 4L * row, Mem.getInt(at + 4L * next));
            next -= Mem.getBit(validity, bit + row - 1) ? 1 : 0;
        }
        values = base + count;
    }

    /// Makes the vector from this memory, to be closed all the same.
    void build(FieldVector vector, ArrowBuf validity, int nulls) {
        offsets.writerIndex(4L * (rows + 1));
        bytes.writerIndex(used);
        vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), List.of(validity, offsets, bytes));
    }

    @Override
    public void close() {
        offsets.close();
        bytes.close();
    }
}
