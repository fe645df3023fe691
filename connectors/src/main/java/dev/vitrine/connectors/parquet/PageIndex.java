package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.Statistics;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the pages of a chunk begin and what bounds their values, as far as the file says so.
final class PageIndex {
    private PageIndex() {}

    /// The data pages of a chunk.
    ///
    /// Byte `offsets[i]` of the file is the first of page `i`'s header, row `rows[i]` of the row
    /// group its first row.
    static final class Locations {
        private final long[] offsets;
        private final long[] rows;

        Locations(long[] offsets, long[] rows) {
            this.offsets = offsets;
            this.rows = rows;
        }

        int pages() {
            return rows.length;
        }

        long offset(int page) {
            return offsets[page];
        }

        long firstRow(int page) {
            return rows[page];
        }

        /// The page that holds `row`.
        int pageOf(long row) {
            int found = Arrays.binarySearch(rows, row);
            return found >= 0 ? found : -found - 2;
        }
    }

    /// Where the pages of `chunk` are; null where the file does not say.
    static @Nullable Locations locations(ColumnChunk chunk, ChunkBytes bytes) throws IOException {
        Long offset = chunk.offsetIndexOffset();
        Integer length = chunk.offsetIndexLength();
        if (offset == null || length == null) {
            return null;
        }
        bytes.open(offset + length);
        long at = bytes.address(offset, length);
        ThriftReader in = new ThriftReader(at, at + length);
        Locations found = null;
        for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
            if (in.field() == 1 && type == ThriftReader.LIST) {
                found = locations(in);
            } else {
                in.skip(type);
            }
        }
        return found;
    }

    private static Locations locations(ThriftReader in) throws IOException {
        int pages = in.beginList();
        long[] offsets = new long[pages];
        long[] rows = new long[pages];
        for (int page = 0; page < pages; page++) {
            int outer = in.beginStruct();
            for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
                switch (in.field()) {
                    case 1 -> offsets[page] = in.readInteger();
                    case 3 -> rows[page] = in.readInteger();
                    default -> in.skip(type);
                }
            }
            in.endStruct(outer);
            boolean first = page == 0;
            if (first ? rows[0] != 0 : rows[page] < rows[page - 1]) {
                throw new IOException("its page index is damaged");
            }
        }
        return new Locations(offsets, rows);
    }

    /// Rows of a row group of `rows` in whose pages a value may pass `filter`; null where the file
    /// does not say.
    static @Nullable RowRanges mayMatch(
            ColumnFilter filter,
            ColumnChunk chunk,
            ColumnSchema schema,
            DataType type,
            long rows,
            ChunkBytes bytes)
            throws IOException {
        Long offset = chunk.columnIndexOffset();
        Integer length = chunk.columnIndexLength();
        if (offset == null || length == null) {
            return null;
        }
        Locations locations = locations(chunk, bytes);
        if (locations == null) {
            return null;
        }
        bytes.open(offset + length);
        long at = bytes.address(offset, length);
        PageBounds bounds = PageBounds.read(new ThriftReader(at, at + length));
        if (bounds.pages() != locations.pages()) {
            throw new IOException("its page index is damaged");
        }
        List<RowRanges.Range> ranges = new ArrayList<>();
        for (int page = 0; page < locations.pages(); page++) {
            long from = locations.firstRow(page);
            long to = page + 1 < locations.pages() ? locations.firstRow(page + 1) : rows;
            Statistics statistics = bounds.statistics(page, to - from);
            if (from < to && Bounds.of(statistics, schema, type, to - from).mayMatch(filter)) {
                ranges.add(new RowRanges.Range(from, to));
            }
        }
        return new RowRanges(ranges);
    }

    /// Bounds of the values of each page.
    private record PageBounds(
            List<Boolean> nullPages,
            List<byte[]> min,
            List<byte[]> max,
            @Nullable List<Long> nullCounts) {

        static PageBounds read(ThriftReader in) throws IOException {
            List<Boolean> nullPages = List.of();
            List<byte[]> min = List.of();
            List<byte[]> max = List.of();
            List<Long> nullCounts = null;
            for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
                switch (in.field()) {
                    case 1 -> nullPages = list(in, ThriftReader::readBoolean);
                    case 2 -> min = list(in, ThriftReader::readBinary);
                    case 3 -> max = list(in, ThriftReader::readBinary);
                    case 5 -> nullCounts = list(in, ThriftReader::readInteger);
                    default -> in.skip(type);
                }
            }
            int pages = nullPages.size();
            if (min.size() != pages
                    || max.size() != pages
                    || (nullCounts != null && nullCounts.size() != pages)) {
                throw new IOException("its page index is damaged");
            }
            return new PageBounds(nullPages, min, max, nullCounts);
        }

        private interface Element<T> {
            T read(ThriftReader in) throws IOException;
        }

        private static <T> List<T> list(ThriftReader in, Element<T> element) throws IOException {
            int size = in.beginList();
            List<T> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(element.read(in));
            }
            return values;
        }

        int pages() {
            return nullPages.size();
        }

        Statistics statistics(int page, long rows) {
            if (nullPages.get(page)) {
                return new Statistics(null, null, rows, null, false);
            }
            Long nulls = nullCounts == null ? null : nullCounts.get(page);
            return new Statistics(min.get(page), max.get(page), nulls, null, false);
        }
    }
}
