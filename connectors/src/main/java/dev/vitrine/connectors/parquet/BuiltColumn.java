package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.util.List;

/// A column that is appended value by value: nested ones, and flat ones packed in a way that
/// [PageColumn] does not know.
final class BuiltColumn implements ParquetColumn {
    private static final int MAX_ROWS = 16_384;

    private final AppendedColumn column;
    private final Field field;
    private final BatchBuilder builder;

    BuiltColumn(AppendedColumn column, Field field, BatchAllocator allocator) {
        this.column = column;
        this.field = field;
        this.builder = new BatchBuilder(new Schema(List.of(field)), allocator, 1024);
    }

    @Override
    public void begin(RowGroup group) {
        column.begin(group);
    }

    @Override
    public int fitting(int rows) throws IOException {
        try {
            return column.fitting(rows);
        } catch (IOException | RuntimeException e) {
            throw named(e);
        }
    }

    @Override
    public BatchColumn next(int rows) throws IOException {
        append(rows);
        // The batch is never closed: its only reference to the column goes to the caller.
        return builder.build(rows).column(0);
    }

    private void append(int rows) throws IOException {
        try {
            column.read(rows, builder.column(0));
        } catch (IOException | RuntimeException e) {
            throw named(e);
        }
    }

    private IOException named(Exception cause) {
        if (cause instanceof EngineException known) {
            throw known;
        }
        return new IOException("column `" + field.name() + "`: " + cause.getMessage(), cause);
    }

    @Override
    public void skip(long rows) throws IOException {
        for (long left = rows; left > 0; ) {
            int step = fitting((int) Math.min(left, MAX_ROWS));
            append(step);
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
