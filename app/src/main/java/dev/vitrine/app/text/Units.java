package dev.vitrine.app.text;

import java.util.Locale;

/// Numbers with their units, as people read them.
public final class Units {
    private Units() {}

    /// `812 ms`, `3.42 s`, `2 min 05 s`.
    public static String time(long nanos) {
        double millis = nanos / 1e6;
        if (millis < 10) {
            return String.format(Locale.US, "%.1f ms", millis);
        }
        if (millis < 1_000) {
            return String.format(Locale.US, "%.0f ms", millis);
        }
        double seconds = millis / 1_000;
        if (seconds < 60) {
            return String.format(Locale.US, "%.2f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.US, "%d min %02d s", whole / 60, whole % 60);
    }

    /// `512 B`, `13.5 MB`, in steps of 1024.
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.US, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /// A number of rows in little room: exact below 100,000, then three digits: `366K`, `2.93M`.
    public static String count(long count) {
        if (count < 100_000) {
            return String.format(Locale.US, "%,d", count);
        }
        String[] units = {"K", "M", "B", "T"};
        double value = count / 1_000.0;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        String format = value < 9.995 ? "%.2f%s" : value < 99.95 ? "%.1f%s" : "%.0f%s";
        return String.format(Locale.US, format, value, units[unit]);
    }
}
