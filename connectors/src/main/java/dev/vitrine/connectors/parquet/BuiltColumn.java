package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.util.List;

/// A column that is appended value by value: nested ones, and flat ones packed in a way that
/// [PageColumn] does not know.
final class BuiltColumn implements ParquetColumn {
    private static final int MAX_ROWS = 16_384;

    private final AppendedColumn column;
    private final BatchBuilder builder;

    BuiltColumn(AppendedColumn column, Field field, BatchAllocator allocator) {
        this.column = column;
        this.builder = new BatchBuilder(new Schema(List.of(field)), allocator, 1024);
    }

    @Override
    public void begin(RowGroup group) {
        column.begin(group);
    }

    @Override
    public int fitting(int rows) throws IOException {
        return column.fitting(rows);
    }

    @Override
    public BatchColumn next(int rows) throws IOException {
        column.read(rows, builder.column(0));
        // The batch is never closed: its only reference to the column goes to the caller.
        return builder.build(rows).column(0);
    }

    @Override
    public void skip(long rows) throws IOException {
        for (long left = rows; left > 0; ) {
            int step = column.fitting((int) Math.min(left, MAX_ROWS));
            column.read(step, builder.column(0));
            builder.build(step).close();
            left -= step;
        }
    }

    @Override
    public long bytesRead() {
        return column.bytesRead();
    }

    @Override
    public void close() {
        builder.close();
    }
}
