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
        int width = ColumnBuilder.width(type);
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (valid != 0 && !Mem.getBit(valid, row)) {
                target.appendNull();
            } else if (width == 8) {
                target.appendLong(Mem.getLong(data + 8L * row));
            } else if (type == DataType.FLOAT) {
                target.appendFloat(Mem.getFloat(data + 4L * row));
            } else if (width == 4) {
                target.appendInt(Mem.getInt(data + 4L * row));
            } else if (width == 16) {
                target.appendDecimal(
                        Mem.getLong(data + 16L * row + 8), Mem.getLong(data + 16L * row));
            } else if (type == DataType.STRING || type == DataType.BINARY) {
                long offset = batch.offsetAddress(column) + 4L * row;
                int start = Mem.getInt(offset);
                target.appendBytes(data + start, Mem.getInt(offset + 4) - start);
            } else if (type == DataType.BOOLEAN) {
                target.appendBoolean(Mem.getBit(data, row));
            } else if (width == 2) {
                target.appendInt(Mem.getShort(data + 2L * row));
            } else if (width == 1) {
                target.appendInt(Mem.getByte(data + row));
            } else {
                target.append(batch.value(column, row));
            }
        }
    }
}
