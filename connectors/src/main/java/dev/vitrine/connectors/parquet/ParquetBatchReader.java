package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads some row groups of one file. A batch never holds rows of two.
final class ParquetBatchReader implements BatchReader {
    /// Few enough that the columns of a batch lie in the processor's second cache.
    static final int BATCH_ROWS = 16_384;

    private final Footer footer;
    private final Schema wanted;
    private final BatchAllocator allocator;
    private final InputFile input;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final int batchRows;
    private final List<RowGroup> groups;
    private final Iterator<RowGroup> left;
    private @Nullable FileChannel channel;
    private boolean inputOpened;
    private final long firstRow;
    private final long endRow;
    private @Nullable RowGroupFilter filter;

    /// Rows that may still be asked for, of the limit.
    private long wantedRows;

    /// First row of the row group at hand, counted in the split's row groups; the row we are at in
    /// it, and what else of it is read: up to `to`, then the ranges that follow.
    private long groupStart;

    private long groupEnd;
    private long at;
    private long to;
    private Iterator<RowRanges.Range> ranges = Collections.emptyIterator();

    /// @param batchRows rows of a batch, at most
    ParquetBatchReader(
            ParquetSplit split, ScanRequest request, BatchAllocator allocator, int batchRows) {
        this.batchRows = batchRows;
        this.footer = Footer.of(split.file());
        this.wanted = request.columns();
        this.allocator = allocator;
        this.input = InputFile.of(split.file().path());
        this.wantedRows = request.limit().orElse(Long.MAX_VALUE);
        this.firstRow = split.firstRow();
        this.endRow = split.firstRow() + split.rowCount();
        this.groups = split.rowGroups().stream().map(footer.rowGroups()::get).toList();
        this.left = groups.iterator();
        split.file().checkUnchanged();
        try {
            for (Field field : wanted.fields()) {
                columns.add(column(field));
            }
            if (!request.filters().isEmpty()) {
                filter = new RowGroupFilter(footer, request.filters(), openChannel(), allocator);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw split.file().failure(e);
        }
    }

    private ParquetColumn column(Field field) throws IOException {
        SchemaNode node = footer.find(field.name());
        if (node == null) {
            return new BuiltColumn(new MissingColumn(), field, allocator);
        }
        DataType own = ParquetTypes.field(node).type();
        if (node instanceof SchemaNode.PrimitiveNode leaf && !ParquetTypes.isBareList(node)) {
            ColumnSchema schema = footer.schema().getColumn(leaf.columnIndex());
            if (FlatColumn.canRead(schema, own, field.type())) {
                return flat(schema, field);
            }
        } else if (own.catalogString().equals(StoredVariants.type(field.type()).catalogString())) {
            return new BuiltColumn(
                    new NestedColumn(openInput(), footer.schema(), node, field.type()),
                    field,
                    allocator);
        }
        throw footer.file()
                .unreadable(
                        "column `"
                                + field.name()
                                + "` is "
                                + own.sql()
                                + " here, not "
                                + field.type().sql());
    }

    private ParquetColumn flat(ColumnSchema schema, Field field) throws IOException {
        for (RowGroup group : groups) {
            if (!PageColumn.canRead(schema, field, group.columns().get(schema.columnIndex()))) {
                return new BuiltColumn(
                        new FlatColumn(new Pages(openInput(), schema), field.type()),
                        field,
                        allocator);
            }
        }
        return new PageColumn(field, schema, footer.file(), openChannel(), allocator);
    }

    private InputFile openInput() throws IOException {
        if (!inputOpened) {
            input.open();
            inputOpened = true;
        }
        return input;
    }

    private FileChannel openChannel() throws IOException {
        FileChannel opened = channel;
        if (opened == null) {
            opened = FileChannel.open(footer.file().path(), StandardOpenOption.READ);
            channel = opened;
        }
        return opened;
    }

    @Override
    public @Nullable Batch next() {
        List<BatchColumn> read = new ArrayList<>(columns.size());
        try {
            if (wantedRows == 0 || !findRows()) {
                return null;
            }
            int rows = (int) Math.min(Math.min(batchRows, to - at), wantedRows);
            for (ParquetColumn column : columns) {
                rows = column.fitting(rows);
            }
            for (ParquetColumn column : columns) {
                read.add(column.next(rows));
            }
            wantedRows -= rows;
            at += rows;
            return Batch.of(wanted, read, rows);
        } catch (IOException | RuntimeException | InternalError e) {
            closeAll(read);
            // A mapped file that another program cut short is an InternalError.
            throw footer.file().failure(e);
        }
    }

    /// Goes to the next rows that may match; false at the end.
    private boolean findRows() throws IOException {
        while (at == to) {
            if (ranges.hasNext()) {
                RowRanges.Range range = ranges.next();
                for (ParquetColumn column : columns) {
                    column.skip(range.from() - at);
                }
                at = range.from();
                to = range.to();
            } else if (left.hasNext()) {
                begin(left.next());
            } else {
                return false;
            }
        }
        return true;
    }

    private void begin(RowGroup group) throws IOException {
        groupStart = groupEnd;
        groupEnd = groupStart + group.numRows();
        RowRanges rows =
                RowRanges.of(
                        Math.max(0, firstRow - groupStart),
                        Math.min(group.numRows(), endRow - groupStart));
        if (filter != null) {
            rows = rows.intersect(filter.mayMatch(group));
        }
        ranges = rows.ranges().iterator();
        at = 0;
        to = 0;
        if (!rows.isEmpty()) {
            for (ParquetColumn column : columns) {
                column.begin(group);
            }
        }
    }

    private static void closeAll(List<BatchColumn> columns) {
        for (BatchColumn column : columns) {
            if (column instanceof BatchColumn.Plain plain) {
                plain.values().close();
            }
        }
    }

    @Override
    public long bytesRead() {
        long bytes = filter == null ? 0 : filter.bytesRead();
        for (ParquetColumn column : columns) {
            bytes += column.bytesRead();
        }
        return bytes;
    }

    @Override
    public void close() {
        columns.forEach(ParquetColumn::close);
        if (filter != null) {
            filter.close();
        }
        try {
            if (channel != null) {
                channel.close();
            }
            input.close();
        } catch (IOException e) {
            throw footer.file().failure(e);
        }
    }
}
