package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.function.RowValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row that interpreted expressions read: a row of a batch, and for joins the values of a build
/// row after it. Reused.
final class BatchRow implements RowValues {
    private @Nullable Batch batch;
    private int row;
    private int columns;
    private @Nullable List<@Nullable Object> build;

    BatchRow at(Batch at, int index) {
        batch = at;
        row = index;
        columns = at.schema().size();
        return this;
    }

    /// The values that columns after the batch's have.
    BatchRow with(List<@Nullable Object> buildRow) {
        build = buildRow;
        return this;
    }

    @Override
    public @Nullable Object get(int ordinal) {
        if (ordinal < columns) {
            return java.util.Objects.requireNonNull(batch).value(ordinal, row);
        }
        return java.util.Objects.requireNonNull(build).get(ordinal - columns);
    }
}
