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
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads some row groups of one file. A batch never holds rows of two.
final class ParquetBatchReader implements BatchReader {
    /// Few enough that the columns of a batch lie in the processor's second cache.
    private static final int BATCH_ROWS = Integer.getInteger("batch.rows", 16_384);

    private final Footer footer;
    private final Schema wanted;
    private final BatchAllocator allocator;
    private final InputFile input;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final List<RowGroup> groups;
    private final Iterator<RowGroup> left;
    private @Nullable FileChannel channel;
    private boolean inputOpened;
    private long remaining;
    private long groupRemaining;

    ParquetBatchReader(ParquetSplit split, ScanRequest request, BatchAllocator allocator) {
        this.footer = Footer.of(split.file());
        this.wanted = request.columns();
        this.allocator = allocator;
        this.input = InputFile.of(split.file().path());
        this.remaining = Math.min(split.rowCount(), request.limit().orElse(Long.MAX_VALUE));
        this.groups = split.rowGroups().stream().map(footer.rowGroups()::get).toList();
        this.left = groups.iterator();
        split.file().checkUnchanged();
        try {
            for (Field field : wanted.fields()) {
                columns.add(column(field));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw split.file().failure(e);
        }
    }

    private ParquetColumn column(Field field) throws IOException {
        SchemaNode node = ParquetSource.find(footer, field.name());
        if (node == null) {
            return new BuiltColumn(new MissingColumn(), field, allocator);
        }
        DataType own = ParquetTypes.field(node).type();
        if (node instanceof SchemaNode.PrimitiveNode leaf && !ParquetTypes.isBareList(node)) {
            ColumnSchema schema = footer.schema().getColumn(leaf.columnIndex());
            if (FlatColumn.canRead(schema, own, field.type())) {
                return flat(schema, field);
            }
        } else if (own.catalogString().equals(field.type().catalogString())) {
            return new BuiltColumn(
                    new NestedColumn(openInput(), footer.schema(), node), field, allocator);
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
        if (remaining == 0) {
            return null;
        }
        List<BatchColumn> read = new ArrayList<>(columns.size());
        try {
            if (groupRemaining == 0) {
                begin(left.next());
            }
            int rows = (int) Math.min(Math.min(BATCH_ROWS, groupRemaining), remaining);
            for (ParquetColumn column : columns) {
                rows = column.fitting(rows);
            }
            for (ParquetColumn column : columns) {
                read.add(column.next(rows));
            }
            remaining -= rows;
            groupRemaining -= rows;
            return Batch.of(wanted, read, rows);
        } catch (IOException | RuntimeException | InternalError e) {
            closeAll(read);
            // A mapped file that another program cut short is an InternalError.
            throw footer.file().failure(e);
        }
    }

    private void begin(RowGroup group) {
        for (ParquetColumn column : columns) {
            column.begin(group);
        }
        groupRemaining = group.numRows();
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
        long bytes = 0;
        for (ParquetColumn column : columns) {
            bytes += column.bytesRead();
        }
        return bytes;
    }

    @Override
    public void close() {
        columns.forEach(ParquetColumn::close);
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
