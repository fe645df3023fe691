package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;

/// Values of BOOLEAN and fixed-width columns as signed 64-bit numbers in the same order.
final class OrderedNumbers {
    private OrderedNumbers() {}

    /// Writes rows `from` to before `to` to `values`, from index `at` on; what is written for NULLs
    /// means nothing. Whether equal numbers mean equal values: 128-bit decimals may lie beyond.
    static boolean write(Batch batch, int column, int from, int to, long[] values, int at) {
        if (from >= to) {
            return true;
        }
        DataType type = batch.schema().field(column).type();
        long data = batch.dataAddress(column);
        int shift = at - from;
        if (type == DataType.DOUBLE) {
            for (int i = from; i < to; i++) {
                values[i + shift] = RowOrder.orderedBits(Mem.getDouble(data + 8L * i));
            }
        } else if (type == DataType.FLOAT) {
            for (int i = from; i < to; i++) {
                values[i + shift] = RowOrder.orderedBits(Mem.getFloat(data + 4L * i));
            }
        } else if (type == DataType.BOOLEAN) {
            for (int i = from; i < to; i++) {
                values[i + shift] = Mem.getBit(data, i) ? 1 : 0;
            }
        } else {
            return integers(batch, column, from, to, values, shift);
        }
        return true;
    }

    private static boolean integers(
            Batch batch, int column, int from, int to, long[] values, int shift) {
        long data = batch.dataAddress(column);
        switch (ColumnBuilder.width(batch.schema().field(column).type())) {
            case 16 -> {
                return wide(batch, column, from, to, values, shift);
            }
            case 8 -> {
                for (int i = from; i < to; i++) {
                    values[i + shift] = Mem.getLong(data + 8L * i);
                }
            }
            case 4 -> {
                for (int i = from; i < to; i++) {
                    values[i + shift] = Mem.getInt(data + 4L * i);
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++) {
                    values[i + shift] = Mem.getShort(data + 2L * i);
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    values[i + shift] = Mem.getByte(data + i);
                }
            }
        }
        return true;
    }

    /// 128-bit numbers as the nearest 64-bit ones; exact where all of them are.
    private static boolean wide(
            Batch batch, int column, int from, int to, long[] values, int shift) {
        long data = batch.dataAddress(column);
        long valid = batch.validityAddress(column);
        boolean exact = true;
        for (int i = from; i < to; i++) {
            long low = Mem.getLong(data + 16L * i);
            long high = Mem.getLong(data + 16L * i + 8);
            boolean fits = high == low >> 63;
            values[i + shift] = fits ? low : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            exact &= fits || valid != 0 && !Mem.getBit(valid, i);
        }
        return exact;
    }
}
