package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.Field;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Booleans.
final class BitDecoder implements PageDecoder {
    private final ChunkPages pages;
    private final BatchAllocator allocator;
    private @Nullable BitValues values;

    BitDecoder(ChunkPages pages, BatchAllocator allocator) {
        this.pages = pages;
        this.allocator = allocator;
    }

    @Override
    public void begin() {
        values = null;
    }

    @Override
    public boolean hasDictionary() {
        return false;
    }

    @Override
    public void beginDictionary(PageHeader page) throws IOException {
        throw new IOException("a boolean column has a dictionary");
    }

    @Override
    public void beginPage(PageHeader page) throws IOException {
        values =
                switch (page.encoding()) {
                    case PageHeader.PLAIN -> new BitValues.Plain(pages.values(), pages.end());
                    case PageHeader.RLE -> runs(pages.values(), pages.end());
                    default -> throw PageDecoder.unknown(page);
                };
    }

    /// Runs after their length in bytes.
    private static BitValues runs(long from, long end) throws IOException {
        if (from == end) {
            return new BitValues.Plain(from, end);
        }
        int length = end - from < 4 ? -1 : Mem.getInt(from);
        if (length < 0 || length > end - from - 4) {
            throw new EOFException("a page ends before its last value");
        }
        return new BitValues.Runs(new RunLengths(from + 4, from + 4 + length, 1));
    }

    private BitValues values() {
        return java.util.Objects.requireNonNull(values);
    }

    @Override
    public void skip(int count) throws IOException {
        values().skip(count);
    }

    @Override
    public Target target(int rows) {
        return new Bits(ColumnMemory.bits(allocator, rows));
    }

    @Override
    public void close() {}

    private final class Bits implements Target {
        private final ColumnMemory memory;

        Bits(ColumnMemory memory) {
            this.memory = memory;
        }

        @Override
        public void read(int row, int count, long valid, int bit) throws IOException {
            if (valid == 0) {
                memory.markValid(row, count);
                values().read(count, memory.data(), row);
                return;
            }
            int present = memory.markValid(row, count, valid, bit);
            values().read(present, memory.data(), row);
            Bitmaps.spreadBits(memory.data(), row, count, present, valid, bit);
        }

        @Override
        public BatchColumn build(Field field, double maxAbs) {
            return new BatchColumn.Plain(
                    memory.build(ArrowTypes.field(field).createVector(allocator.arrow())));
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
