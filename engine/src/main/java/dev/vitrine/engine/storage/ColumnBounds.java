package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.spi.TableStatistics.ColumnStatistics;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Smallest and largest value and number of NULLs of each column of a batch, for columns that are
/// ordered and not strings.
///
/// @param columns by column number; null where nothing is known
record ColumnBounds(List<@Nullable Column> columns) {
    /// Rows that different values are counted in.
    private static final int COUNTED_ROWS = 4096;

    /// @param min smallest value, boxed as [DataType] says; null where all are NULL
    record Column(@Nullable Object min, @Nullable Object max, long nulls) {}

    static ColumnBounds of(Batch batch) {
        List<@Nullable Column> columns = new ArrayList<>();
        for (int column = 0; column < batch.schema().size(); column++) {
            DataType type = batch.schema().field(column).type();
            columns.add(
                    type.isNested()
                                    || type == DataType.INTERVAL
                                    || type == DataType.VARIANT
                                    || type == DataType.NULL
                            ? null
                            : column(batch, column));
        }
        return new ColumnBounds(columns);
    }

    private static Column column(Batch batch, int column) {
        DataType type = batch.schema().field(column).type();
        long nulls = 0;
        if (batch.validityAddress(column) != 0) {
            for (int row = 0; row < batch.rowCount(); row++) {
                nulls += batch.isNull(column, row) ? 1 : 0;
            }
        }
        if (type == DataType.STRING || type == DataType.BINARY || type == DataType.BOOLEAN) {
            return new Column(null, null, nulls);
        }
        RowRange range = RowRange.of(batch, column);
        return new Column(
                range.least() < 0 ? null : batch.value(column, range.least()),
                range.greatest() < 0 ? null : batch.value(column, range.greatest()),
                nulls);
    }

    /// Whether a row of the batch may meet all of `filters`.
    boolean mayMatch(Schema schema, List<ColumnFilter> filters) {
        for (ColumnFilter filter : filters) {
            var index = schema.indexOf(filter.column());
            Column column = index.isPresent() ? columns.get(index.getAsInt()) : null;
            if (column != null && !mayMatch(column, filter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayMatch(Column column, ColumnFilter filter) {
        if (filter.op() == ColumnFilter.Op.IS_NULL) {
            return column.nulls > 0;
        }
        Object min = column.min;
        Object max = column.max;
        if (min == null || max == null) {
            return true;
        }
        return switch (filter.op()) {
            case EQ, IN ->
                    filter.values().stream()
                            .anyMatch(v ->
                                    Values.compare(v, min) >= 0 && Values.compare(v, max) <= 0);
            case LT -> Values.compare(min, filter.values().getFirst()) < 0;
            case LE -> Values.compare(min, filter.values().getFirst()) <= 0;
            case GT -> Values.compare(max, filter.values().getFirst()) > 0;
            case GE -> Values.compare(max, filter.values().getFirst()) >= 0;
            case IS_NULL, IS_NOT_NULL -> true;
        };
    }

    /// What the bounds of all batches say of the table.
    static TableStatistics statistics(
            Schema schema, List<Batch> batches, List<ColumnBounds> bounds) {
        return statistics(
                schema,
                batches.stream().mapToLong(Batch::rowCount).sum(),
                batches.stream().mapToLong(Batch::sizeBytes).sum(),
                bounds,
                batches);
    }

    /// @param known batches at hand, by which different values are counted
    static TableStatistics statistics(
            Schema schema, long rows, long bytes, List<ColumnBounds> bounds, List<Batch> known) {
        Map<String, ColumnStatistics> columns = new HashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Column all = null;
            for (ColumnBounds batch : bounds) {
                Column column = batch.columns.get(i);
                all = column == null || all == null ? column : merged(all, column);
            }
            if (all != null) {
                columns.put(
                        schema.field(i).name(),
                        new ColumnStatistics(
                                all.min,
                                all.max,
                                OptionalLong.of(all.nulls),
                                distinct(known, i, rows)));
            }
        }
        return new TableStatistics(OptionalLong.of(rows), OptionalLong.of(bytes), columns);
    }

    private static Column merged(Column a, Column b) {
        return new Column(least(a.min, b.min, 1), least(a.max, b.max, -1), a.nulls + b.nulls);
    }

    private static @Nullable Object least(@Nullable Object a, @Nullable Object b, int sign) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Values.compare(a, b) * sign <= 0 ? a : b;
    }

    /// Different values: the entries of the largest dictionary where columns are coded; else those
    /// among the first rows if they are few, and empty if they are not.
    private static OptionalLong distinct(List<Batch> batches, int column, long rows) {
        long entries = 0;
        for (Batch batch : batches) {
            Dictionary dictionary = batch.dictionary(column);
            entries = Math.max(entries, dictionary == null ? 0 : dictionary.size());
        }
        if (entries > 0) {
            return OptionalLong.of(Math.min(entries, rows));
        }
        Set<@Nullable Object> values = new HashSet<>();
        int counted = 0;
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount() && counted < COUNTED_ROWS; row++) {
                values.add(Values.hashKey(batch.value(column, row)));
                counted++;
            }
        }
        return values.size() * 8 <= counted ? OptionalLong.of(values.size()) : OptionalLong.empty();
    }
}
