package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.util.List;

/// The order of rows by some of their columns.
public final class RowOrder {

    /// @param column index in the batches' schema
    public record Key(int column, boolean descending, boolean nullsFirst) {}

    private final List<Key> keys;

    public RowOrder(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    List<Key> keys() {
        return keys;
    }

    /// Order of two rows: below 0, 0 or above 0.
    public int compare(Batch a, int aRow, Batch b, int bRow) {
        for (Key key : keys) {
            boolean aNull = a.isNull(key.column, aRow);
            boolean bNull = b.isNull(key.column, bRow);
            int order;
            if (aNull || bNull) {
                order = aNull == bNull ? 0 : aNull == key.nullsFirst ? -1 : 1;
            } else {
                order = compareValues(a, aRow, b, bRow, key.column);
                order = key.descending ? -order : order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// A number that orders a row by the first key as far as 62 bits go: a smaller one is before;
    /// equal ones need [#compare].
    public long prefix(Batch batch, int row) {
        Key key = keys.getFirst();
        if (batch.isNull(key.column, row)) {
            return key.nullsFirst ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long value = ordered(batch, key.column, row) >> 1;
        return key.descending ? -value - 1 : value;
    }

    private static long ordered(Batch batch, int column, int row) {
        DataType type = batch.schema().field(column).type();
        long data = batch.dataAddress(column);
        if (type == DataType.DOUBLE) {
            return orderedBits(Mem.getDouble(data + 8L * row));
        }
        if (type == DataType.FLOAT) {
            return orderedBits(Mem.getFloat(data + 4L * row));
        }
        if (type == DataType.STRING || type == DataType.BINARY) {
            long offset = batch.offsetAddress(column) + 4L * row;
            int start = Mem.getInt(offset);
            return bytesPrefix(data + start, Mem.getInt(offset + 4) - start);
        }
        return switch (ColumnBuilder.width(type)) {
            case 8 -> Mem.getLong(data + 8L * row);
            case 4 -> (long) Mem.getInt(data + 4L * row) << 32;
            case 16 -> wide(data + 16L * row);
            case 2 -> (long) Mem.getShort(data + 2L * row) << 32;
            case 1 -> (long) Mem.getByte(data + row) << 32;
            default -> 0;
        };
    }

    /// A 128-bit number as a 64-bit one in the same order, or the nearest.
    private static long wide(long address) {
        long low = Mem.getLong(address);
        long high = Mem.getLong(address + 8);
        return high == low >> 63 ? low : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    static long orderedBits(double value) {
        long bits = Hash.bits(value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    private static long bytesPrefix(long address, int length) {
        long prefix = 0;
        for (int i = 0; i < 8; i++) {
            prefix = prefix << 8 | (i < length ? Mem.getByte(address + i) & 0xFF : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    private static int compareValues(Batch a, int aRow, Batch b, int bRow, int column) {
        DataType type = a.schema().field(column).type();
        long aData = a.dataAddress(column);
        long bData = b.dataAddress(column);
        if (type == DataType.DOUBLE) {
            return Double.compare(
                    Mem.getDouble(aData + 8L * aRow) + 0.0, Mem.getDouble(bData + 8L * bRow) + 0.0);
        }
        if (type == DataType.FLOAT) {
            return Float.compare(
                    Mem.getFloat(aData + 4L * aRow) + 0.0f, Mem.getFloat(bData + 4L * bRow) + 0.0f);
        }
        if (type == DataType.STRING || type == DataType.BINARY) {
            long aOffset = a.offsetAddress(column) + 4L * aRow;
            long bOffset = b.offsetAddress(column) + 4L * bRow;
            int aStart = Mem.getInt(aOffset);
            int bStart = Mem.getInt(bOffset);
            return StringRef.compareBytes(
                    aData + aStart,
                    Mem.getInt(aOffset + 4) - aStart,
                    bData + bStart,
                    Mem.getInt(bOffset + 4) - bStart);
        }
        return switch (ColumnBuilder.width(type)) {
            case 8 -> Long.compare(Mem.getLong(aData + 8L * aRow), Mem.getLong(bData + 8L * bRow));
            case 4 -> Integer.compare(Mem.getInt(aData + 4L * aRow), Mem.getInt(bData + 4L * bRow));
            case 16 -> {
                int high =
                        Long.compare(
                                Mem.getLong(aData + 16L * aRow + 8),
                                Mem.getLong(bData + 16L * bRow + 8));
                yield high != 0
                        ? high
                        : Long.compareUnsigned(
                                Mem.getLong(aData + 16L * aRow), Mem.getLong(bData + 16L * bRow));
            }
            default -> Values.compare(boxed(a, column, aRow), boxed(b, column, bRow));
        };
    }

    private static Object boxed(Batch batch, int column, int row) {
        return java.util.Objects.requireNonNull(batch.value(column, row));
    }
}
