package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects an operator's output rows and hands them up in batches of the session's size.
final class RowOutput implements AutoCloseable {
    private static final long MAX_VARIABLE_BYTES = 64L << 20;

    private final TaskContext context;
    private final int nodeId;
    private final Operator above;
    private final int batchRows;
    private final BatchBuilder builder;
    private int rows;

    RowOutput(TaskContext context, int nodeId, Schema schema, Operator above) {
        this.context = context;
        this.nodeId = nodeId;
        this.above = above;
        this.batchRows = context.batchRows();
        this.builder = new BatchBuilder(schema, context.allocator(), Math.min(batchRows, 1024));
    }

    /// The builder to append one row to, before [#endRow].
    BatchBuilder builder() {
        return builder;
    }

    void add(List<? extends @Nullable Object> row) {
        builder.appendRow(row);
        endRow();
    }

    void endRow() {
        rows++;
        if (rows >= batchRows
                || (rows & 1023) == 0 && builder.variableBytes() > MAX_VARIABLE_BYTES) {
            flush();
        }
    }

    /// How many more rows a batch takes.
    int room() {
        return batchRows - rows;
    }

    /// Ends several rows, at most [#room], that were appended a column at a time.
    void endRows(int count) {
        rows += count;
        if (rows >= batchRows || builder.variableBytes() > MAX_VARIABLE_BYTES) {
            flush();
        }
    }

    /// Hands up what is there.
    void flush() {
        if (rows == 0) {
            return;
        }
        context.check();
        try (Batch batch = builder.build(rows)) {
            context.metrics().gave(nodeId, rows);
            rows = 0;
            above.accept(batch);
            context.metrics().entering(nodeId);
        }
    }

    @Override
    public void close() {
        builder.close();
    }
}
