package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.Encoding;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which rows of a row group may pass a scan's filters, by what lies beside the values: Bloom
/// filters, dictionaries and the page index. Row groups that the footer's statistics rule out never
/// come here.
final class RowGroupFilter implements AutoCloseable {
    /// A larger dictionary costs more to search than it saves.
    private static final int MAX_DICTIONARY_BYTES = 64 << 10;

    private static final Set<Encoding> CODED =
            EnumSet.of(
                    Encoding.PLAIN_DICTIONARY,
                    Encoding.RLE_DICTIONARY,
                    Encoding.RLE,
                    Encoding.BIT_PACKED);

    private final Footer footer;
    private final List<ColumnFilter> filters;
    private final FileChannel file;
    private final BatchAllocator allocator;
    private final ChunkBytes bytes;

    RowGroupFilter(
            Footer footer, List<ColumnFilter> filters, FileChannel file, BatchAllocator allocator) {
        this.footer = footer;
        this.filters = filters;
        this.file = file;
        this.allocator = allocator;
        this.bytes = new ChunkBytes(file, allocator);
    }

    long bytesRead() {
        return bytes.bytesRead();
    }

    /// The rows of `group` that may pass all filters.
    RowRanges mayMatch(RowGroup group) throws IOException {
        RowRanges rows = RowRanges.of(0, group.numRows());
        for (ColumnFilter filter : filters) {
            try {
                rows = rows.intersect(mayMatch(filter, group));
            } catch (IOException e) {
                throw new IOException("column `" + filter.column() + "`: " + e.getMessage(), e);
            }
            if (rows.isEmpty()) {
                return rows;
            }
        }
        return rows.joined();
    }

    private RowRanges mayMatch(ColumnFilter filter, RowGroup group) throws IOException {
        RowRanges all = RowRanges.of(0, group.numRows());
        if (!(footer.find(filter.column()) instanceof SchemaNode.PrimitiveNode leaf)
                || leaf.maxRepetitionLevel() > 0) {
            return all;
        }
        ColumnSchema schema = footer.schema().getColumn(leaf.columnIndex());
        ColumnChunk chunk = group.columns().get(leaf.columnIndex());
        if (isEquality(filter)
                && !(BloomFilter.mayContain(filter.values(), chunk.metaData(), schema, bytes)
                        && dictionaryMayContain(filter.values(), chunk, schema))) {
            return RowRanges.of(0, 0);
        }
        RowRanges some =
                PageIndex.mayMatch(
                        filter, chunk, schema, ParquetTypes.type(leaf), group.numRows(), bytes);
        return some == null ? all : some;
    }

    private static boolean isEquality(ColumnFilter filter) {
        return filter.op() == ColumnFilter.Op.EQ || filter.op() == ColumnFilter.Op.IN;
    }

    /// Whether one of `values` is in the dictionary of a chunk of strings; true where not all of
    /// its values are surely there, or the dictionary is large.
    private boolean dictionaryMayContain(
            List<Object> values, ColumnChunk chunk, ColumnSchema schema) throws IOException {
        ColumnMetaData about = chunk.metaData();
        if (ParquetTypes.type(schema) != DataType.STRING
                || !TextDecoder.canRead(schema, DataType.STRING)
                || !PageDecompressor.canRead(about.codec())
                || !isCoded(about)
                || !hasSmallDictionary(about)) {
            return true;
        }
        try (ChunkPages pages = new ChunkPages(file, allocator, false);
                TextDecoder decoder = new TextDecoder(schema, DataType.STRING, pages, allocator)) {
            pages.open(chunk);
            PageHeader head = pages.nextDictionary();
            if (head == null) {
                return true;
            }
            pages.unpackDictionary();
            decoder.beginDictionary(head);
            return decoder.dictionaryHas(values);
        }
    }

    /// Whether all pages of a chunk surely hold codes.
    static boolean isCoded(ColumnMetaData about) {
        return CODED.containsAll(about.encodings());
    }

    private static boolean hasSmallDictionary(ColumnMetaData about) {
        @Nullable Long offset = about.dictionaryPageOffset();
        return offset != null
                && offset > 0
                && offset < about.dataPageOffset()
                && about.dataPageOffset() - offset <= MAX_DICTIONARY_BYTES;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
