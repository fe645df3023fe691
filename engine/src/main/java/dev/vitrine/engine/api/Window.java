package dev.vitrine.engine.api;

/// Where definitions of windows begin, under Spark's names.
public final class Window {
    /// A bound of a frame: the first row of the partition.
    public static final long UNBOUNDED_PRECEDING = Long.MIN_VALUE;

    /// A bound of a frame: the last row of the partition.
    public static final long UNBOUNDED_FOLLOWING = Long.MAX_VALUE;

    /// A bound of a frame: the row itself.
    public static final long CURRENT_ROW = 0;

    private Window() {}

    public static long unboundedPreceding() {
        return UNBOUNDED_PRECEDING;
    }

    public static long unboundedFollowing() {
        return UNBOUNDED_FOLLOWING;
    }

    public static long currentRow() {
        return CURRENT_ROW;
    }

    public static WindowSpec partitionBy(Column... columns) {
        return WindowSpec.ALL.partitionBy(columns);
    }

    public static WindowSpec partitionBy(String first, String... more) {
        return WindowSpec.ALL.partitionBy(first, more);
    }

    public static WindowSpec orderBy(Column... columns) {
        return WindowSpec.ALL.orderBy(columns);
    }

    public static WindowSpec orderBy(String first, String... more) {
        return WindowSpec.ALL.orderBy(first, more);
    }

    /// See [WindowSpec#rowsBetween(long, long)].
    public static WindowSpec rowsBetween(long start, long end) {
        return WindowSpec.ALL.rowsBetween(start, end);
    }

    /// See [WindowSpec#rangeBetween(long, long)].
    public static WindowSpec rangeBetween(long start, long end) {
        return WindowSpec.ALL.rangeBetween(start, end);
    }
}
