package dev.vitrine.connectors.parquet;

import java.util.ArrayList;
import java.util.List;

/// Rows of a row group: ranges in order that do not touch.
record RowRanges(List<Range> ranges) {
    /// Reading so few rows that nobody wants is cheaper than a batch more.
    private static final long MIN_GAP_ROWS = 2048;

    RowRanges {
        ranges = List.copyOf(ranges);
    }

    /// Rows from `from` up to but not `to`, counted in the row group.
    record Range(long from, long to) {}

    static RowRanges of(long from, long to) {
        return new RowRanges(from < to ? List.of(new Range(from, to)) : List.of());
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /// The rows that are in both.
    RowRanges intersect(RowRanges other) {
        List<Range> both = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.size() && theirs < other.ranges.size()) {
            Range left = ranges.get(mine);
            Range right = other.ranges.get(theirs);
            long from = Math.max(left.from, right.from);
            long to = Math.min(left.to, right.to);
            if (from < to) {
                both.add(new Range(from, to));
            }
            if (left.to < right.to) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new RowRanges(both);
    }

    /// The same without small gaps.
    RowRanges joined() {
        List<Range> joined = new ArrayList<>();
        for (Range range : ranges) {
            if (!joined.isEmpty() && range.from - joined.getLast().to < MIN_GAP_ROWS) {
                joined.set(joined.size() - 1, new Range(joined.getLast().from, range.to));
            } else {
                joined.add(range);
            }
        }
        return new RowRanges(joined);
    }
}
