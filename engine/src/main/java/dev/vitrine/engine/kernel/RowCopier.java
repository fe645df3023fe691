package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;

/// Copies chosen rows of a batch to a builder, a column at a time.
public final class RowCopier {
    private static final int TEXTS_AT_ONCE = 1024;

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
        if (type == DataType.STRING || type == DataType.BINARY) {
            texts(batch.offsetAddress(column), data, valid, rows, from, to, target);
            return;
        }
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (valid != 0 && !Mem.getBit(valid, row)) {
                target.appendNull();
            } else if (type == DataType.BOOLEAN) {
                target.appendBoolean(Mem.getBit(data, row));
            } else {
                target.append(batch.value(column, row));
            }
        }
    }

    private static void texts(
            long offsets,
            long data,
            long valid,
            int[] rows,
            int from,
            int to,
            ColumnBuilder target) {
        int step = Math.min(to - from, TEXTS_AT_ONCE);
        long[] addresses = new long[step];
        int[] lengths = new int[step];
        for (int at = from; at < to; at += step) {
            int count = Math.min(step, to - at);
            for (int i = 0; i < count; i++) {
                int row = rows[at + i];
                int start = Mem.getInt(offsets + 4L * row);
                addresses[i] = data + start;
                lengths[i] = Mem.getInt(offsets + 4L * row + 4) - start;
            }
            for (int i = 0; valid != 0 && i < count; i++) {
                lengths[i] = Mem.getBit(valid, rows[at + i]) ? lengths[i] : -1;
            }
            target.appendTexts(addresses, lengths, count);
        }
    }
}
