package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.Field;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Values of fixed width. A dictionary is converted once and its values are gathered.
final class FixedDecoder implements PageDecoder {
    private final Conversion conversion;
    private final ChunkPages pages;
    private final BatchAllocator allocator;
    private final Scratch scratch;
    private final Scratch entries;
    private final DeltaText deltas;
    private boolean hasDictionary;
    private int dictionarySize;
    private @Nullable FixedValues values;

    FixedDecoder(Conversion conversion, ChunkPages pages, BatchAllocator allocator) {
        this.conversion = conversion;
        this.pages = pages;
        this.allocator = allocator;
        this.scratch = new Scratch(allocator);
        this.entries = new Scratch(allocator);
        this.deltas = new DeltaText(allocator);
    }

    @Override
    public void begin() {
        hasDictionary = false;
        values = null;
    }

    @Override
    public boolean hasDictionary() {
        return hasDictionary;
    }

    @Override
    public void beginDictionary(PageHeader page) throws IOException {
        int size = page.values();
        if ((long) size * conversion.from() > pages.end() - pages.values()) {
            throw new EOFException("a dictionary ends before its last value");
        }
        long at = entries.ensure((long) size * conversion.to());
        conversion.convert(pages.values(), at, size);
        dictionarySize = size;
        hasDictionary = true;
    }

    @Override
    public void beginPage(PageHeader page) throws IOException {
        long from = pages.values();
        long end = pages.end();
        values =
                switch (page.encoding()) {
                    case PageHeader.PLAIN -> new FixedValues.Plain(from, end, conversion);
                    case PageHeader.PLAIN_DICTIONARY, PageHeader.RLE_DICTIONARY -> coded(from, end);
                    // A page of NULLs only may have no bytes at all.
                    case PageHeader.DELTA_BINARY_PACKED ->
                            from == end
                                    ? new FixedValues.Plain(from, end, conversion)
                                    : new FixedValues.Delta(
                                            new DeltaIntegers(from, end),
                                            conversion,
                                            scratch.ensure(FixedValues.Delta.scratchBytes()));
                    case PageHeader.BYTE_STREAM_SPLIT ->
                            new FixedValues.Split(
                                    from,
                                    end,
                                    conversion,
                                    scratch.ensure(FixedValues.Split.scratchBytes()));
                    case PageHeader.DELTA_BYTE_ARRAY -> byPrefix(from, end, page.values());
                    default -> throw PageDecoder.unknown(page);
                };
    }

    private FixedValues byPrefix(long from, long end, int most) throws IOException {
        if (from == end) {
            return new FixedValues.Plain(from, end, conversion);
        }
        int width = conversion.from();
        long at = deltas.sameLength(from, end, most, width);
        return new FixedValues.Plain(at, at + (long) deltas.count() * width, conversion);
    }

    private FixedValues coded(long from, long end) throws IOException {
        if (!hasDictionary) {
            throw new IOException("a page wants a dictionary that is not there");
        }
        return new FixedValues.Coded(
                codes(from, end),
                entries.ensure(0),
                dictionarySize,
                conversion.to(),
                scratch.ensure(FixedValues.Coded.scratchBytes()));
    }

    /// Codes after the byte that says their width.
    static RunLengths codes(long from, long end) throws IOException {
        // A page of NULLs only may have no bytes at all.
        return from == end
                ? new RunLengths(from, end, 0)
                : new RunLengths(from + 1, end, Mem.getByte(from));
    }

    private FixedValues values() {
        return java.util.Objects.requireNonNull(values);
    }

    @Override
    public void skip(int count) throws IOException {
        values().skip(count);
    }

    @Override
    public Target target(int rows) {
        return new Fixed(ColumnMemory.fixed(allocator, rows, conversion.to()));
    }

    @Override
    public void close() {
        scratch.close();
        entries.close();
        deltas.close();
    }

    private final class Fixed implements Target {
        private final ColumnMemory memory;

        Fixed(ColumnMemory memory) {
            this.memory = memory;
        }

        @Override
        public void read(int row, int count, long valid, int bit) throws IOException {
            int width = conversion.to();
            long at = memory.data() + (long) row * width;
            if (valid == 0) {
                memory.markValid(row, count);
                values().read(count, at);
                return;
            }
            int present = memory.markValid(row, count, valid, bit);
            values().read(present, at);
            Bitmaps.spread(at, width, count, present, valid, bit);
        }

        @Override
        public BatchColumn build(Field field, double maxAbs) {
            return new BatchColumn.Plain(
                    memory.build(ArrowTypes.field(field).createVector(allocator.arrow())), maxAbs);
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
