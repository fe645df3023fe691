package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.IntVector;
import org.jspecify.annotations.Nullable;

/// Strings and binary values. What the file holds as codes of a dictionary stays so.
final class TextDecoder implements PageDecoder {
    private final ColumnSchema schema;
    private final DataType type;
    private final ChunkPages pages;
    private final BatchAllocator allocator;
    private final Scratch scratch;
    private final DeltaText deltas;
    private @Nullable Dictionary dictionary;
    private @Nullable TextValues values;

    TextDecoder(ColumnSchema schema, DataType type, ChunkPages pages, BatchAllocator allocator) {
        this.schema = schema;
        this.type = type;
        this.pages = pages;
        this.allocator = allocator;
        this.scratch = new Scratch(allocator);
        this.deltas = new DeltaText(allocator);
    }

    static boolean canRead(ColumnSchema schema, DataType type) {
        return (type == DataType.STRING || type == DataType.BINARY)
                && (schema.type() == PhysicalType.BYTE_ARRAY
                        || (schema.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY
                                && schema.typeLength() != null
                                && schema.typeLength() > 0));
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public void begin() {
        if (dictionary != null) {
            dictionary.close();
            dictionary = null;
        }
        values = null;
    }

    @Override
    public boolean hasDictionary() {
        return dictionary != null;
    }

    @Override
    public void beginDictionary(PageHeader page) throws IOException {
        int size = page.values();
        long bytes = pages.end() - pages.values();
        if (size > bytes) {
            throw new EOFException("a dictionary ends before its last value");
        }
        try (ColumnMemory memory = ColumnMemory.text(allocator, size, bytes)) {
            plain(pages.values(), pages.end(), size).read(size, memory.text());
            Field entry = Field.of("entry", type);
            dictionary =
                    new Dictionary(
                            (BaseVariableWidthVector)
                                    memory.build(
                                            ArrowTypes.field(entry)
                                                    .createVector(allocator.arrow())));
        }
    }

    /// Whether one of some strings is an entry of the dictionary.
    boolean dictionaryHas(List<Object> texts) {
        Dictionary held = java.util.Objects.requireNonNull(dictionary);
        for (Object text : texts) {
            byte[] wanted = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            for (int entry = 0; entry < held.size(); entry++) {
                long offset = held.offsetAddress() + 4L * entry;
                int from = Mem.getInt(offset);
                if (Mem.getInt(offset + 4) - from == wanted.length
                        && isAt(held.dataAddress() + from, wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(long address, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (Mem.getByte(address + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private TextValues plain(long from, long end, int count) throws IOException {
        return schema.type() == PhysicalType.BYTE_ARRAY
                ? new TextValues.Plain(from, end, count)
                : new TextValues.SameLength(
                        from,
                        end,
                        schema.typeLength(),
                        schema.logicalType() instanceof LogicalType.UuidType);
    }

    @Override
    public void beginPage(PageHeader page) throws IOException {
        long from = pages.values();
        long end = pages.end();
        // A page of NULLs only may have no bytes at all.
        values =
                from == end
                        ? plain(from, end, page.values())
                        : switch (page.encoding()) {
                            case PageHeader.PLAIN -> plain(from, end, page.values());
                            case PageHeader.PLAIN_DICTIONARY, PageHeader.RLE_DICTIONARY ->
                                    coded(from, end);
                            case PageHeader.DELTA_LENGTH_BYTE_ARRAY ->
                                    deltas.byLength(from, end, page.values());
                            case PageHeader.DELTA_BYTE_ARRAY ->
                                    schema.type() == PhysicalType.BYTE_ARRAY
                                            ? deltas.byPrefix(from, end, page.values())
                                            : sameLength(from, end, page.values());
                            default -> throw PageDecoder.unknown(page);
                        };
    }

    private TextValues sameLength(long from, long end, int most) throws IOException {
        int width = schema.typeLength();
        long at = deltas.sameLength(from, end, most, width);
        return plain(at, at + (long) deltas.count() * width, most);
    }

    private TextValues coded(long from, long end) throws IOException {
        if (dictionary == null) {
            throw new IOException("a page wants a dictionary that is not there");
        }
        return new TextValues.Coded(
                FixedDecoder.codes(from, end),
                dictionary,
                scratch.ensure(4L * TextValues.Coded.STEP));
    }

    private TextValues values() {
        return java.util.Objects.requireNonNull(values);
    }

    @Override
    public void skip(int count) throws IOException {
        values().skip(count);
    }

    @Override
    public Target target(int rows) {
        return new Text(rows);
    }

    @Override
    public void close() {
        begin();
        scratch.close();
        deltas.close();
    }

    /// Codes as long as the pages hold codes; at the first page of another kind, texts.
    private final class Text implements Target {
        private final int rows;
        private @Nullable ColumnMemory codes;
        private @Nullable ColumnMemory texts;

        Text(int rows) {
            this.rows = rows;
        }

        @Override
        public void read(int row, int count, long valid, int bit) throws IOException {
            if (texts == null && values() instanceof TextValues.Coded coded) {
                readCodes(coded, row, count, valid, bit);
            } else {
                readTexts(row, count, valid, bit);
            }
        }

        private void readCodes(TextValues.Coded coded, int row, int count, long valid, int bit)
                throws IOException {
            if (codes == null) {
                codes = ColumnMemory.fixed(allocator, rows, 4);
            }
            long at = codes.data() + 4L * row;
            if (valid == 0) {
                codes.markValid(row, count);
                coded.readCodes(count, at);
                return;
            }
            int present = codes.markValid(row, count, valid, bit);
            coded.readCodes(present, at);
            Bitmaps.spread(at, 4, count, present, valid, bit);
        }

        private void readTexts(int row, int count, long valid, int bit) throws IOException {
            ColumnMemory memory = texts;
            if (memory == null) {
                // An eighth more, so that a batch of longer texts seldom grows.
                long guess = values().guessBytes(count) / count * rows;
                memory = ColumnMemory.text(allocator, rows, guess + guess / 8);
                texts = memory;
                expandCodes(memory, row);
            }
            if (valid == 0) {
                memory.markValid(row, count);
                values().read(count, memory.text());
                return;
            }
            int present = memory.markValid(row, count, valid, bit);
            values().read(present, memory.text());
            memory.text().spread(count, present, valid, bit);
        }

        /// Turns the codes of the first `count` rows into texts.
        private void expandCodes(ColumnMemory memory, int count) throws IOException {
            if (codes == null) {
                return;
            }
            Dictionary held = java.util.Objects.requireNonNull(dictionary);
            codes.expand(count, held, memory);
            codes.close();
            codes = null;
        }

        @Override
        public BatchColumn build(Field field, double maxAbs) {
            if (texts != null) {
                return new BatchColumn.Plain(
                        texts.build(ArrowTypes.field(field).createVector(allocator.arrow())));
            }
            IntVector vector =
                    java.util.Objects.requireNonNull(codes)
                            .build(new IntVector(field.name(), allocator.arrow()));
            return new BatchColumn.Coded(
                    vector, java.util.Objects.requireNonNull(dictionary).retain());
        }

        @Override
        public void close() {
            if (codes != null) {
                codes.close();
            }
            if (texts != null) {
                texts.close();
            }
        }
    }
}
