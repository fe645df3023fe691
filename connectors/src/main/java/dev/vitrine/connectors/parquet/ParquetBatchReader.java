package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads some row groups of one file.
final class ParquetBatchReader implements BatchReader {
    private static final int BATCH_ROWS = 65_536;

    private final Footer footer;
    private final Schema wanted;
    private final InputFile input;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final BatchBuilder builder;
    private long remaining;

    ParquetBatchReader(ParquetSplit split, ScanRequest request, BatchAllocator allocator) {
        this.footer = Footer.of(split.file());
        this.wanted = request.columns();
        this.input = InputFile.of(split.file().path());
        this.remaining = Math.min(split.rowCount(), request.limit().orElse(Long.MAX_VALUE));
        this.builder = new BatchBuilder(wanted, allocator, (int) Math.min(BATCH_ROWS, remaining));
        split.file().checkUnchanged();
        try {
            if (wanted.size() > 0) {
                input.open();
            }
            List<RowGroup> groups =
                    split.rowGroups().stream().map(footer.rowGroups()::get).toList();
            for (Field field : wanted.fields()) {
                columns.add(column(field, groups));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw split.file().failure(e);
        }
    }

    private ParquetColumn column(Field field, List<RowGroup> groups) {
        SchemaNode node = ParquetSource.find(footer, field.name());
        if (node == null) {
            return new MissingColumn();
        }
        DataType own = ParquetTypes.field(node).type();
        if (node instanceof SchemaNode.PrimitiveNode leaf && !ParquetTypes.isBareList(node)) {
            var column = footer.schema().getColumn(leaf.columnIndex());
            if (FlatColumn.canRead(column, own, field.type())) {
                var chunks = groups.stream().map(g -> g.columns().get(leaf.columnIndex())).toList();
                return new FlatColumn(new Pages(input, column, chunks), field.type());
            }
        } else if (own.catalogString().equals(field.type().catalogString())) {
            return new NestedColumn(input, footer.schema(), groups, node);
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

    @Override
    public @Nullable Batch next() {
        if (remaining == 0) {
            return null;
        }
        try {
            int rows = (int) Math.min(BATCH_ROWS, remaining);
            for (ParquetColumn column : columns) {
                rows = column.fitting(rows);
            }
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).read(rows, builder.column(i));
            }
            remaining -= rows;
            return builder.build(rows);
        } catch (IOException | RuntimeException | InternalError e) {
            // A mapped file that another program cut short is an InternalError.
            throw footer.file().failure(e);
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
        builder.close();
        try {
            input.close();
        } catch (IOException e) {
            throw footer.file().failure(e);
        }
    }
}
