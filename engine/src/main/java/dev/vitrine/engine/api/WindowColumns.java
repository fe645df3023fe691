package dev.vitrine.engine.api;

import org.jspecify.annotations.Nullable;

/// Functions of a row's place in a window, for [Column#over(WindowSpec)]. Users see them as
/// [Functions].
abstract sealed class WindowColumns extends AggregateColumns permits SketchColumns {
    WindowColumns() {}

    /// Share of the rows that do not come after its peers.
    public static Column cume_dist() {
        return call("cume_dist");
    }

    /// Number of the row's group of peers, from 1.
    public static Column dense_rank() {
        return call("dense_rank");
    }

    /// The value so many rows before.
    public static Column lag(Column x, int offset) {
        return call("lag", x, lit(offset));
    }

    public static Column lag(String x, int offset) {
        return call("lag", col(x), lit(offset));
    }

    public static Column lag(Column x, int offset, @Nullable Object value) {
        return call("lag", x, lit(offset), lit(value));
    }

    public static Column lag(String x, int offset, @Nullable Object value) {
        return call("lag", col(x), lit(offset), lit(value));
    }

    public static Column lag(Column x, int offset, @Nullable Object value, boolean ignoreNulls) {
        return ignoringNulls(ignoreNulls, "lag", x, lit(offset), lit(value));
    }

    /// The value so many rows behind.
    public static Column lead(Column x, int offset) {
        return call("lead", x, lit(offset));
    }

    public static Column lead(String x, int offset) {
        return call("lead", col(x), lit(offset));
    }

    public static Column lead(Column x, int offset, @Nullable Object value) {
        return call("lead", x, lit(offset), lit(value));
    }

    public static Column lead(String x, int offset, @Nullable Object value) {
        return call("lead", col(x), lit(offset), lit(value));
    }

    public static Column lead(Column x, int offset, @Nullable Object value, boolean ignoreNulls) {
        return ignoringNulls(ignoreNulls, "lead", x, lit(offset), lit(value));
    }

    /// The value of the frame's n-th row.
    public static Column nth_value(Column x, int n) {
        return call("nth_value", x, lit(n));
    }

    public static Column nth_value(Column x, int n, boolean ignoreNulls) {
        return ignoringNulls(ignoreNulls, "nth_value", x, lit(n));
    }

    /// Number of the row's bucket, of n as equal as can be.
    public static Column ntile(int n) {
        return call("ntile", lit(n));
    }

    /// Share of the other rows that come before all its peers.
    public static Column percent_rank() {
        return call("percent_rank");
    }

    /// One more than the rows before all its peers.
    public static Column rank() {
        return call("rank");
    }

    /// Number of the row in its partition, from 1.
    public static Column row_number() {
        return call("row_number");
    }
}
