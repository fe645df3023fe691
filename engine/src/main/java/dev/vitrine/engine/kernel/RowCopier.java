package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;

/// Copies chosen rows of a batch to a builder, a column at a time.
public final class RowCopier {
    private RowCopier() {}

    /// Appends rows `rows[from..to)` of `batch` to `target`, whose columns have the same types.
    public static void copy(Batch batch, int[] rows, int from, int to, BatchBuilder target) {
        for (int column = 0; column < target.schema().size(); column++) {
            copyColumn(batch, column, rows, from, to, target.column(column));
        }
    }

    /// Appends rows of one column.
    public static void copyColumn(
            Batch batch, int column, int[] rows, int from, int to, ColumnBuilder target) {
        DataType type = batch.schema().field(column).type();
        long data = batch.dataAddress(column);
        long valid = batch.validityAddress(column);
        if (ColumnBuilder.width(type) > 0) {
            target.appendRows(data, valid, rows, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (valid != 0 && !Mem.getBit(valid, row)) {
                target.appendNull();
            } else if (type == DataType.STRING || type == DataType.BINARY) {
                long offset = batch.offsetAddress(column) + 4L * row;
                int start = Mem.getInt(offset);
                target.appendBytes(data + start, Mem.getInt(offset + 4) - start);
            } else if (type == DataType.BOOLEAN) {
                target.appendBoolean(Mem.getBit(data, row));
            } else {
                target.append(batch.value(column, row));
            }
        }
    }
}
