package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.util.Objects;

/// Hashes of values, equal for values that are equal as keys: NULLs alike, -0.0 as 0.0, all NaNs
/// alike.
public final class Hash {
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private Hash() {}

    /// Spreads a 64-bit value over all bits (the finalizer of SplitMix64).
    public static long mix(long value) {
        long x = value * 0xBF58476D1CE4E5B9L;
        x ^= x >>> 32;
        x *= 0x94D049BB133111EBL;
        return x ^ x >>> 29;
    }

    public static long combine(long hash, long value) {
        return mix(hash * 31 + value);
    }

    public static long bytes(long address, int length) {
        long hash = SEED + length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ Mem.getLong(address + i)) * 0x9FB21C651E98DF25L;
            hash ^= hash >>> 35;
        }
        long tail = 0;
        for (; i < length; i++) {
            tail = tail << 8 | Mem.getByte(address + i) & 0xFF;
        }
        return mix(hash ^ tail);
    }

    /// The bits under which equal doubles are equal.
    public static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    public static int bits(float value) {
        return Float.floatToIntBits(value + 0.0f);
    }

    /// Hashes rows of `columns` into `hashes`.
    public static void rows(Batch batch, int[] columns, long[] hashes) {
        int rows = batch.rowCount();
        java.util.Arrays.fill(hashes, 0, rows, SEED);
        for (int column : columns) {
            column(batch, column, hashes, rows);
        }
    }

    private static void column(Batch batch, int column, long[] hashes, int rows) {
        DataType type = batch.schema().field(column).type();
        long data = batch.dataAddress(column);
        long valid = batch.validityAddress(column);
        int width = ColumnBuilder.width(type);
        if (type == DataType.STRING || type == DataType.BINARY) {
            long offsets = batch.offsetAddress(column);
            for (int i = 0; i < rows; i++) {
                if (valid == 0 || Mem.getBit(valid, i)) {
                    int start = Mem.getInt(offsets + 4L * i);
                    int length = Mem.getInt(offsets + 4L * i + 4) - start;
                    hashes[i] = combine(hashes[i], bytes(data + start, length));
                }
            }
        } else if (type == DataType.DOUBLE || type == DataType.FLOAT) {
            for (int i = 0; i < rows; i++) {
                if (valid == 0 || Mem.getBit(valid, i)) {
                    long value =
                            width == 8
                                    ? bits(Mem.getDouble(data + 8L * i))
                                    : bits(Mem.getFloat(data + 4L * i));
                    hashes[i] = combine(hashes[i], value);
                }
            }
        } else if (width == 8) {
            for (int i = 0; i < rows; i++) {
                if (valid == 0 || Mem.getBit(valid, i)) {
                    hashes[i] = combine(hashes[i], Mem.getLong(data + 8L * i));
                }
            }
        } else if (width == 16) {
            for (int i = 0; i < rows; i++) {
                if (valid == 0 || Mem.getBit(valid, i)) {
                    long low = Mem.getLong(data + 16L * i);
                    hashes[i] = combine(combine(hashes[i], low), Mem.getLong(data + 16L * i + 8));
                }
            }
        } else if (width > 0) {
            for (int i = 0; i < rows; i++) {
                if (valid == 0 || Mem.getBit(valid, i)) {
                    hashes[i] = combine(hashes[i], integer(data, width, i));
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                Object value = Values.hashKey(batch.value(column, i));
                if (value != null) {
                    hashes[i] = combine(hashes[i], Objects.hashCode(value));
                }
            }
        }
    }

    private static long integer(long data, int width, int row) {
        return switch (width) {
            case 4 -> Mem.getInt(data + 4L * row);
            case 2 -> Mem.getShort(data + 2L * row);
            default -> Mem.getByte(data + row);
        };
    }
}
