package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Builds batches column by column: append to every [#column] the same number of values, then
/// [#build]. Used by one thread; close it to give back what was not built.
public final class BatchBuilder implements AutoCloseable {
    private final Schema schema;
    private final ColumnBuilder[] columns;

    /// @param expectedRows rows to make room for; more may come
    public BatchBuilder(Schema schema, BatchAllocator allocator, int expectedRows) {
        this.schema = schema;
        this.columns = new ColumnBuilder[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnBuilder(schema.field(i), allocator, expectedRows);
        }
    }

    public Schema schema() {
        return schema;
    }

    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /// Appends one row of boxed values. Slow: for constants, tests and the interpreter.
    public void appendRow(List<? extends @Nullable Object> values) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].append(values.get(i));
        }
    }

    /// Rows appended since the last [#build]; for builders of no columns, 0.
    public int rowCount() {
        return columns.length == 0 ? 0 : columns[0].rowCount();
    }

    /// Bytes of variable-width data appended since the last [#build]; batches are cut before they
    /// reach 2^31.
    public long variableBytes() {
        long bytes = 0;
        for (ColumnBuilder column : columns) {
            bytes += column.variableBytes();
        }
        return bytes;
    }

    /// The rows appended so far as a batch that the caller closes; the builder starts afresh.
    public Batch build() {
        return build(rowCount());
    }

    /// As [#build], for schemas without columns too, where `rows` alone says how many rows there
    /// are.
    public Batch build(int rows) {
        List<FieldVector> vectors = new ArrayList<>(columns.length);
        try {
            for (ColumnBuilder column : columns) {
                vectors.add(column.build());
            }
        } catch (RuntimeException e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
        return new Batch(schema, vectors, rows);
    }

    @Override
    public void close() {
        for (ColumnBuilder column : columns) {
            column.close();
        }
    }
}
