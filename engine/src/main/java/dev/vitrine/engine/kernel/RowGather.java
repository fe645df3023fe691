package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import org.jspecify.annotations.Nullable;

/// Copies rows that lie scattered over several batches to a builder, a column at a time. Coded
/// columns are read through their dictionaries. Used by one thread.
public final class RowGather {
    private static final int STEP = 1024;

    private final Schema schema;
    private final @Nullable Batch[] batches;
    private final long[][] data;
    private final long[][] offsets;
    private final long[][] valid;
    private final long[][] codes;
    private final long[] longs = new long[STEP];
    private final int[] ints = new int[STEP];
    private final long[] bits = new long[STEP / 64];

    /// @param size batches that rows may come from
    public RowGather(Schema schema, int size) {
        this.schema = schema;
        this.batches = new @Nullable Batch[size];
        this.data = new long[schema.size()][size];
        this.offsets = new long[schema.size()][size];
        this.valid = new long[schema.size()][size];
        this.codes = new long[schema.size()][size];
    }

    /// Sets batch number `index`, which the caller keeps open.
    public void set(int index, Batch batch) {
        batches[index] = batch;
        for (int column = 0; column < schema.size(); column++) {
            Dictionary dictionary = batch.dictionary(column);
            valid[column][index] = batch.validityAddress(column);
            if (dictionary != null) {
                codes[column][index] = batch.codesAddress(column);
                data[column][index] = dictionary.dataAddress();
                offsets[column][index] = dictionary.offsetAddress();
            } else {
                codes[column][index] = 0;
                data[column][index] = batch.dataAddress(column);
                offsets[column][index] = batch.offsetAddress(column);
            }
        }
    }

    /// Appends rows `row[i]` of batches `batch[i]` for `i` in `[from, to)`.
    public void copy(int[] batch, int[] row, int from, int to, BatchBuilder target) {
        for (int column = 0; column < schema.size(); column++) {
            for (int at = from; at < to; at += STEP) {
                copy(column, batch, row, at, Math.min(at + STEP, to), target.column(column));
            }
        }
    }

    private void copy(int column, int[] batch, int[] row, int from, int to, ColumnBuilder target) {
        DataType type = schema.field(column).type();
        long[] values = data[column];
        int count = to - from;
        switch (ColumnBuilder.width(type)) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    longs[i] = Mem.getLong(values[batch[from + i]] + 8L * row[from + i]);
                }
                target.appendLongs(longs, 0, count, valid(column, batch, row, from, to));
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    ints[i] = Mem.getInt(values[batch[from + i]] + 4L * row[from + i]);
                }
                target.appendInts(ints, 0, count, valid(column, batch, row, from, to));
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    ints[i] = Mem.getShort(values[batch[from + i]] + 2L * row[from + i]);
                }
                target.appendInts(ints, 0, count, valid(column, batch, row, from, to));
            }
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    ints[i] = Mem.getByte(values[batch[from + i]] + row[from + i]);
                }
                target.appendInts(ints, 0, count, valid(column, batch, row, from, to));
            }
            default -> copyOthers(column, type, batch, row, from, to, target);
        }
    }

    /// Bits that say which of the rows are not NULL, or null where none of their batches has any.
    private long @Nullable [] valid(int column, int[] batch, int[] row, int from, int to) {
        long[] addresses = valid[column];
        boolean any = false;
        java.util.Arrays.fill(bits, 0);
        for (int i = from; i < to; i++) {
            long address = addresses[batch[i]];
            any |= address != 0;
            if (address == 0 || Mem.getBit(address, row[i])) {
                bits[(i - from) >> 6] |= 1L << (i - from);
            }
        }
        return any ? bits : null;
    }

    private void copyOthers(
            int column,
            DataType type,
            int[] batch,
            int[] row,
            int from,
            int to,
            ColumnBuilder target) {
        boolean string = type == DataType.STRING || type == DataType.BINARY;
        boolean wide = ColumnBuilder.width(type) == 16;
        for (int i = from; i < to; i++) {
            int b = batch[i];
            int r = row[i];
            long address = valid[column][b];
            if (address != 0 && !Mem.getBit(address, r)) {
                target.appendNull();
            } else if (string) {
                long code = codes[column][b];
                long entry = code == 0 ? r : Mem.getInt(code + 4L * r);
                long offset = offsets[column][b] + 4 * entry;
                int start = Mem.getInt(offset);
                target.appendBytes(data[column][b] + start, Mem.getInt(offset + 4) - start);
            } else if (wide) {
                long value = data[column][b] + 16L * r;
                target.appendDecimal(Mem.getLong(value + 8), Mem.getLong(value));
            } else if (type == DataType.BOOLEAN) {
                target.appendBoolean(Mem.getBit(data[column][b], r));
            } else {
                target.append(java.util.Objects.requireNonNull(batches[b]).value(column, r));
            }
        }
    }
}
