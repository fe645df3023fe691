package dev.vitrine.plan.graph;

import java.util.Locale;

/// Numbers of rows and times in few characters, always with their unit.
public final class RowText {
    private RowText() {}

    /// `1,234 rows`, `12.3 M rows`.
    public static String rows(long rows) {
        return count(rows) + (rows == 1 ? " row" : " rows");
    }

    /// As [#count(double)].
    public static String count(long value) {
        return count((double) value);
    }

    /// `1,234`, `12.3 M`, `4.56 G`.
    public static String count(double value) {
        if (value < 1e6) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value < 1e9
                ? String.format(Locale.ROOT, "%.2f M", value / 1e6)
                : String.format(Locale.ROOT, "%.2f G", value / 1e9);
    }

    /// `850 µs`, `12.3 ms`, `4.56 s`.
    public static String time(long nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%,d µs", nanos / 1_000);
        }
        return nanos < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /// `850 B`, `12.3 KB`, `4.56 MB`.
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024));
    }
}
