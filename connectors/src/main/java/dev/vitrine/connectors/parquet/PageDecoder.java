package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.Encoding;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.util.List;

/// Makes values of one column's unpacked pages.
interface PageDecoder extends AutoCloseable {
    /// Forgets the dictionary of the chunk before.
    void begin();

    boolean hasDictionary();

    /// Takes in the dictionary page just unpacked.
    void beginDictionary(PageHeader page) throws IOException;

    /// Turns to the data page just unpacked.
    void beginPage(PageHeader page) throws IOException;

    /// Passes over values, NULLs not counted.
    void skip(int values) throws IOException;

    /// Memory for the next rows.
    Target target(int rows) throws IOException;

    default boolean isText() {
        return false;
    }

    @Override
    void close();

    /// The column of one batch in the making.
    interface Target extends AutoCloseable {
        /// Decodes `count` rows of the page at hand to row `row` on.
        ///
        /// @param valid bitmap of the page's rows that are not NULL, 0 if all are
        /// @param bit the bit of the first of these rows
        void read(int row, int count, long valid, int bit) throws IOException;

        /// What was decoded, which the caller owns.
        BatchColumn build(Field field, double maxAbs) throws IOException;

        @Override
        void close();
    }

    /// Whether values in these encodings can be decoded to `type`, which [FlatColumn#canRead]
    /// allows.
    static boolean canRead(ColumnSchema schema, DataType type, List<Encoding> encodings) {
        PhysicalType physical = schema.type();
        boolean isText = TextDecoder.canRead(schema, type);
        if (!isText && physical != PhysicalType.BOOLEAN && Conversion.of(schema, type) == null) {
            return false;
        }
        for (Encoding encoding : encodings) {
            boolean known =
                    switch (encoding) {
                        case PLAIN, RLE, BIT_PACKED -> true;
                        case PLAIN_DICTIONARY, RLE_DICTIONARY -> physical != PhysicalType.BOOLEAN;
                        case DELTA_BINARY_PACKED ->
                                physical == PhysicalType.INT32 || physical == PhysicalType.INT64;
                        case DELTA_LENGTH_BYTE_ARRAY -> physical == PhysicalType.BYTE_ARRAY;
                        case DELTA_BYTE_ARRAY ->
                                physical == PhysicalType.BYTE_ARRAY
                                        || physical == PhysicalType.FIXED_LEN_BYTE_ARRAY;
                        case BYTE_STREAM_SPLIT ->
                                !isText
                                        && physical != PhysicalType.BOOLEAN
                                        && physical != PhysicalType.INT96;
                        case UNKNOWN -> false;
                    };
            if (!known) {
                return false;
            }
        }
        return true;
    }

    static PageDecoder of(
            ColumnSchema schema, DataType type, ChunkPages pages, BatchAllocator allocator) {
        if (schema.type() == PhysicalType.BOOLEAN) {
            return new BitDecoder(pages, allocator);
        }
        return TextDecoder.canRead(schema, type)
                ? new TextDecoder(schema, type, pages, allocator)
                : new FixedDecoder(
                        java.util.Objects.requireNonNull(Conversion.of(schema, type)),
                        pages,
                        allocator);
    }

    static IOException unknown(PageHeader page) {
        return new IOException("a page is in encoding " + page.encoding());
    }
}
