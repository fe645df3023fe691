package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;

/// Writes keys of a batch's rows as [KeyLayout] says, a column at a time.
public final class KeyColumns {
    private final KeyLayout layout;
    private final int[] columns;

    /// @param columns of the batches, in the layout's order
    public KeyColumns(KeyLayout layout, int[] columns) {
        this.layout = layout;
        this.columns = columns.clone();
    }

    /// Writes the keys of rows `from` to before `to`, one after the other. Long strings stay in the
    /// batch.
    public void put(Batch batch, int from, int to, long keys) {
        int stride = layout.bytes();
        for (int i = 0; i < to - from; i++) {
            Mem.putLong(keys + (long) i * stride, 0);
        }
        for (int i = 0; i < columns.length; i++) {
            long slots = keys + layout.offset(i);
            values(batch, columns[i], from, to, slots);
            long valid = batch.validityAddress(columns[i]);
            if (valid != 0) {
                nulls(valid, i, from, to, keys);
            }
        }
    }

    private void nulls(long valid, int index, int from, int to, long keys) {
        for (int row = from; row < to; row++) {
            if (!Mem.getBit(valid, row)) {
                long key = keys + (long) (row - from) * layout.bytes();
                Mem.putLong(key, Mem.getLong(key) | 1L << index);
                Mem.putLong(key + layout.offset(index), 0);
                if (layout.isString(index) || layout.isWide(index)) {
                    Mem.putLong(key + layout.offset(index) + 8, 0);
                }
            }
        }
    }

    private void values(Batch batch, int column, int from, int to, long slots) {
        int stride = layout.bytes();
        DataType type = batch.schema().field(column).type();
        long data = batch.dataAddress(column);
        if (type == DataType.STRING || type == DataType.BINARY) {
            long offsets = batch.offsetAddress(column);
            for (int row = from; row < to; row++, slots += stride) {
                int start = Mem.getInt(offsets + 4L * row);
                int length = Mem.getInt(offsets + 4L * row + 4) - start;
                KeyTable.putString(slots, data + start, length);
            }
        } else if (type == DataType.BOOLEAN) {
            for (int row = from; row < to; row++, slots += stride) {
                Mem.putLong(slots, Mem.getBit(data, row) ? 1 : 0);
            }
        } else if (type == DataType.DOUBLE) {
            for (int row = from; row < to; row++, slots += stride) {
                Mem.putLong(slots, Hash.bits(Mem.getDouble(data + 8L * row)));
            }
        } else if (type == DataType.FLOAT) {
            for (int row = from; row < to; row++, slots += stride) {
                Mem.putLong(slots, Hash.bits(Mem.getFloat(data + 4L * row)));
            }
        } else if (KeyLayout.isWide(type)) {
            for (int row = from; row < to; row++, slots += stride) {
                Mem.putLong(slots, Mem.getLong(data + 16L * row));
                Mem.putLong(slots + 8, Mem.getLong(data + 16L * row + 8));
            }
        } else {
            integers(data, ColumnBuilder.width(type), from, to, slots);
        }
    }

    private void integers(long data, int width, int from, int to, long first) {
        int stride = layout.bytes();
        long slots = first;
        for (int row = from; row < to; row++, slots += stride) {
            long value =
                    switch (width) {
                        case 8 -> Mem.getLong(data + 8L * row);
                        case 4 -> Mem.getInt(data + 4L * row);
                        case 2 -> Mem.getShort(data + 2L * row);
                        default -> Mem.getByte(data + row);
                    };
            Mem.putLong(slots, value);
        }
    }
}
