package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;

/// The largest magnitude in a whole-number or decimal column: what decides whether arithmetic on it
/// fits 64 bits.
public final class Bounds {
    private Bounds() {}

    /// The largest absolute value of a column; infinite where a 128-bit value does not fit 64 bits.
    /// NULLs hold zero, or are taken for what lies there. What a reader knows is not looked for.
    public static double maxAbs(Batch batch, int column) {
        double known = batch.knownMaxAbs(column);
        if (!Double.isNaN(known)) {
            return known;
        }
        int width = ColumnBuilder.width(batch.schema().field(column).type());
        return maxAbs(batch.dataAddress(column), width, batch.rowCount());
    }

    public static double maxAbs(long data, int width, int rows) {
        long min = 0;
        long max = 0;
        switch (width) {
            case 8 -> {
                for (int i = 0; i < rows; i++) {
                    long value = Mem.getLong(data + 8L * i);
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            case 16 -> {
                for (int i = 0; i < rows; i++) {
                    long value = Mem.getLong(data + 16L * i);
                    if (Mem.getLong(data + 16L * i + 8) != value >> 63) {
                        return Double.POSITIVE_INFINITY;
                    }
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            case 4 -> {
                for (int i = 0; i < rows; i++) {
                    int value = Mem.getInt(data + 4L * i);
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            case 2 -> {
                return 32_768;
            }
            default -> {
                return 128;
            }
        }
        return Math.max(-(double) min, (double) max);
    }
}
