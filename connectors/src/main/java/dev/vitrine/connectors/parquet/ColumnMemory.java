package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/// Memory that becomes the vector of one column of one batch.
///
/// There is no bitmap of valid rows until the first NULL.
final class ColumnMemory implements AutoCloseable {
    private final BatchAllocator allocator;
    private final int rows;
    private final @Nullable ArrowBuf data;
    private final @Nullable TextMemory text;
    private @Nullable ArrowBuf validity;
    private int nulls;

    private ColumnMemory(
            BatchAllocator allocator,
            int rows,
            @Nullable ArrowBuf data,
            @Nullable TextMemory text) {
        this.allocator = allocator;
        this.rows = rows;
        this.data = data;
        this.text = text;
    }

    /// @param width bytes of a value
    static ColumnMemory fixed(BatchAllocator allocator, int rows, int width) {
        return new ColumnMemory(allocator, rows, sized(allocator, (long) rows * width), null);
    }

    static ColumnMemory bits(BatchAllocator allocator, int rows) {
        return new ColumnMemory(allocator, rows, sized(allocator, (rows + 7) / 8), null);
    }

    static ColumnMemory text(BatchAllocator allocator, int rows, long expectedBytes) {
        return new ColumnMemory(
                allocator, rows, null, new TextMemory(allocator, rows, expectedBytes));
    }

    private static ArrowBuf sized(BatchAllocator allocator, long bytes) {
        ArrowBuf buffer = allocator.allocate(bytes);
        buffer.writerIndex(bytes);
        return buffer;
    }

    long data() {
        return java.util.Objects.requireNonNull(data).memoryAddress();
    }

    TextMemory text() {
        return java.util.Objects.requireNonNull(text);
    }

    long validity() {
        return java.util.Objects.requireNonNull(validity).memoryAddress();
    }

    /// Marks `count` rows from `row` on as not NULL.
    void markValid(int row, int count) {
        if (validity != null) {
            Bitmaps.fill(validity(), row, count, true);
        }
    }

    /// Marks `count` rows from `row` on as the bits from `from` on say; how many are not NULL.
    int markValid(int row, int count, long bitmap, int from) {
        if (validity == null) {
            validity = sized(allocator, (rows + 7) / 8);
            Bitmaps.fill(validity(), 0, row, true);
        }
        int present = Bitmaps.copy(bitmap, from, validity(), row, count);
        nulls += count - present;
        return present;
    }

    /// Appends the texts of the codes in the first `count` rows to `texts`.
    void expand(int count, Dictionary dictionary, ColumnMemory texts) throws IOException {
        if (validity == null) {
            texts.markValid(0, count);
            TextValues.Coded.expand(data(), count, dictionary, texts.text());
            return;
        }
        texts.markValid(0, count, validity(), 0);
        for (int row = 0; row < count; row++) {
            if (Mem.getBit(validity(), row)) {
                TextValues.Coded.expand(data() + 4L * row, 1, dictionary, texts.text());
            } else {
                texts.text().appendEmpty();
            }
        }
    }

    /// Makes `vector` from this memory, which is closed all the same.
    <V extends FieldVector> V build(V vector) {
        try {
            // Arrow makes a bitmap of its own where there is no NULL.
            ArrowBuf bits = nulls == 0 ? allocator.arrow().getEmpty() : validity;
            if (text != null) {
                text.build(vector, java.util.Objects.requireNonNull(bits), nulls);
            } else {
                vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), List.of(bits, data));
            }
            return vector;
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (data != null) {
            data.close();
        }
        if (text != null) {
            text.close();
        }
        if (validity != null) {
            validity.close();
            validity = null;
        }
    }
}
