package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;

/// Running states of aggregates in memory, as [KeyTable] payloads hold them. Called by generated
/// code.
public final class AggregateState {
    private AggregateState() {}

    public static void count(long at) {
        Mem.putLong(at, Mem.getLong(at) + 1);
    }

    public static void addLong(long at, long value) {
        Mem.putLong(at, CheckedMath.addLong(Mem.getLong(at), value));
    }

    /// Wraps around on overflow.
    public static void addLongWrapping(long at, long value) {
        Mem.putLong(at, Mem.getLong(at) + value);
    }

    public static void addDouble(long at, double value) {
        Mem.putDouble(at, Mem.getDouble(at) + value);
    }

    /// Adds to a 128-bit sum.
    public static void addDecimal(long at, long value) {
        addDecimal(at, value >> 63, value);
    }

    public static void addDecimal(long at, long high, long low) {
        long old = Mem.getLong(at);
        long sum = old + low;
        long carry = ((old & low) | ((old | low) & ~sum)) >>> 63;
        Mem.putLong(at, sum);
        Mem.putLong(at + 8, Mem.getLong(at + 8) + high + carry);
    }

    public static void minLong(long at, boolean first, long value) {
        if (first || value < Mem.getLong(at)) {
            Mem.putLong(at, value);
        }
    }

    public static void maxLong(long at, boolean first, long value) {
        if (first || value > Mem.getLong(at)) {
            Mem.putLong(at, value);
        }
    }

    public static void minDouble(long at, boolean first, double value) {
        if (first || CheckedMath.compare(value, Mem.getDouble(at)) < 0) {
            Mem.putDouble(at, value);
        }
    }

    public static void maxDouble(long at, boolean first, double value) {
        if (first || CheckedMath.compare(value, Mem.getDouble(at)) > 0) {
            Mem.putDouble(at, value);
        }
    }

    public static void minString(KeyTable table, long at, boolean first, StringRef value) {
        if (first || order(value, at) < 0) {
            keep(table, at, value);
        }
    }

    public static void maxString(KeyTable table, long at, boolean first, StringRef value) {
        if (first || order(value, at) > 0) {
            keep(table, at, value);
        }
    }

    private static int order(StringRef value, long at) {
        return StringRef.compareBytes(
                value.address, value.length, Mem.getLong(at), (int) Mem.getLong(at + 8));
    }

    private static void keep(KeyTable table, long at, StringRef value) {
        Mem.putLong(at, table.keep(value.address, value.length));
        Mem.putLong(at + 8, value.length);
    }
}
