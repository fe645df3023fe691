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

    /// As [#addDecimal], where 128 bits may not suffice for the sum.
    ///
    /// @param scale digits after the point, for the error's text
    /// @throws dev.vitrine.engine.error.EngineException if they do not
    public static void addWide(long at, long high, long low, int scale) {
        long oldHigh = Mem.getLong(at + 8);
        long oldLow = Mem.getLong(at);
        addDecimal(at, high, low);
        long sum = Mem.getLong(at + 8);
        if (((oldHigh ^ sum) & (high ^ sum)) < 0) {
            throw WideDecimal.sumOutOfRange(oldHigh, oldLow, high, low, scale);
        }
    }

    public static void minWide(long at, boolean first, long high, long low) {
        if (first || WideDecimal.compare(high, low, Mem.getLong(at + 8), Mem.getLong(at)) < 0) {
            Mem.putLong(at, low);
            Mem.putLong(at + 8, high);
        }
    }

    public static void maxWide(long at, boolean first, long high, long low) {
        if (first || WideDecimal.compare(high, low, Mem.getLong(at + 8), Mem.getLong(at)) > 0) {
            Mem.putLong(at, low);
            Mem.putLong(at + 8, high);
        }
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

    /// Takes a value into count, mean and second moment, by Welford's formulas.
    public static void addMoments(long at, double value) {
        double before = Mem.getDouble(at);
        double count = before + 1;
        double mean = Mem.getDouble(at + 8);
        double delta = value - mean;
        double share = delta / count;
        Mem.putDouble(at, count);
        Mem.putDouble(at + 8, mean + share);
        Mem.putDouble(at + 16, Mem.getDouble(at + 16) + delta * share * before);
    }

    /// Merges counts, means and second moments, by Chan's formulas.
    public static void mergeMoments(long at, double n, double mean, double m2) {
        double count = Mem.getDouble(at);
        if (n == 0) {
            return;
        }
        if (count == 0) {
            Mem.putDouble(at, n);
            Mem.putDouble(at + 8, mean);
            Mem.putDouble(at + 16, m2);
            return;
        }
        double total = count + n;
        double delta = mean - Mem.getDouble(at + 8);
        double share = delta / total;
        Mem.putDouble(at, total);
        Mem.putDouble(at + 8, Mem.getDouble(at + 8) + share * n);
        Mem.putDouble(at + 16, Mem.getDouble(at + 16) + (m2 + delta * share * count * n));
    }

    /// Takes a value into moments up to the fourth.
    public static void addMoments4(long at, double value) {
        double before = Mem.getDouble(at);
        double count = before + 1;
        double delta = value - Mem.getDouble(at + 8);
        double share = delta / count;
        double term = delta * share * before;
        double m2 = Mem.getDouble(at + 16);
        double m3 = Mem.getDouble(at + 24);
        Mem.putDouble(
                at + 32,
                Mem.getDouble(at + 32)
                        + (term * share * share * (count * count - 3 * count + 3)
                                + 6 * share * share * m2
                                - 4 * share * m3));
        Mem.putDouble(at + 24, m3 + (term * share * (count - 2) - 3 * share * m2));
        addMoments(at, value);
    }

    /// Merges moments up to the fourth, by Pébay's formulas (Sandia report SAND2008-6212).
    public static void mergeMoments4(
            long at, double n, double mean, double m2, double m3, double m4) {
        double count = Mem.getDouble(at);
        if (n != 0) {
            if (count == 0) {
                Mem.putDouble(at + 24, m3);
                Mem.putDouble(at + 32, m4);
            } else {
                mergeHigher(at, n, mean, m2, m3, m4);
            }
        }
        mergeMoments(at, n, mean, m2);
    }

    private static void mergeHigher(
            long at, double n, double mean, double m2, double m3, double m4) {
        double a = Mem.getDouble(at);
        double delta = mean - Mem.getDouble(at + 8);
        double share = delta / (a + n);
        double ownM2 = Mem.getDouble(at + 16);
        double ownM3 = Mem.getDouble(at + 24);
        Mem.putDouble(
                at + 32,
                Mem.getDouble(at + 32)
                        + (m4
                                + delta * share * share * share * a * n * (a * a - a * n + n * n)
                                + 6 * share * share * (a * a * m2 + n * n * ownM2)
                                + 4 * share * (a * m3 - n * ownM3)));
        Mem.putDouble(
                at + 24,
                ownM3
                        + (m3
                                + delta * share * share * a * n * (a - n)
                                + 3 * share * (a * m2 - n * ownM2)));
    }

    /// Takes a pair into count, means, second moments and sum of products, by Welford's formulas.
    public static void addPairs(long at, double x, double y) {
        double count = Mem.getDouble(at) + 1;
        double dx = x - Mem.getDouble(at + 8);
        double dy = y - Mem.getDouble(at + 16);
        double meanX = Mem.getDouble(at + 8) + dx / count;
        double meanY = Mem.getDouble(at + 16) + dy / count;
        Mem.putDouble(at, count);
        Mem.putDouble(at + 8, meanX);
        Mem.putDouble(at + 16, meanY);
        Mem.putDouble(at + 24, Mem.getDouble(at + 24) + dx * (x - meanX));
        Mem.putDouble(at + 32, Mem.getDouble(at + 32) + dy * (y - meanY));
        Mem.putDouble(at + 40, Mem.getDouble(at + 40) + dx * (y - meanY));
    }

    /// Merges what [#addPairs] keeps, by Chan's formulas.
    public static void mergePairs(
            long at, double n, double meanX, double meanY, double m2x, double m2y, double cxy) {
        if (n == 0) {
            return;
        }
        double count = Mem.getDouble(at);
        if (count == 0) {
            Mem.putDouble(at, n);
            Mem.putDouble(at + 8, meanX);
            Mem.putDouble(at + 16, meanY);
            Mem.putDouble(at + 24, m2x);
            Mem.putDouble(at + 32, m2y);
            Mem.putDouble(at + 40, cxy);
            return;
        }
        double total = count + n;
        double dx = meanX - Mem.getDouble(at + 8);
        double dy = meanY - Mem.getDouble(at + 16);
        double weight = count * n / total;
        Mem.putDouble(at, total);
        Mem.putDouble(at + 8, Mem.getDouble(at + 8) + dx * n / total);
        Mem.putDouble(at + 16, Mem.getDouble(at + 16) + dy * n / total);
        Mem.putDouble(at + 24, Mem.getDouble(at + 24) + (m2x + dx * dx * weight));
        Mem.putDouble(at + 32, Mem.getDouble(at + 32) + (m2y + dy * dy * weight));
        Mem.putDouble(at + 40, Mem.getDouble(at + 40) + (cxy + dx * dy * weight));
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
