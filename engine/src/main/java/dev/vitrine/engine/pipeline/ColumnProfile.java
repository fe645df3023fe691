package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the values of a column are like, in the rows that were looked at.
///
/// @param rows rows looked at
/// @param nulls how many of them are NULL
/// @param distinct different values among the others
/// @param min the least value as text; empty where there is none, or no order
/// @param top the most frequent values, most frequent first
/// @param histogram equal ranges from `min` to `max`; empty where values are no numbers or times,
///   or all the same
public record ColumnProfile(
        Field field,
        long rows,
        long nulls,
        long distinct,
        Optional<String> min,
        Optional<String> max,
        List<ValueCount> top,
        List<Bin> histogram) {
    /// How many of the most frequent values are kept.
    public static final int TOP = 5;

    private static final int BINS = 16;

    public ColumnProfile {
        top = List.copyOf(top);
        histogram = List.copyOf(histogram);
    }

    /// A value as text, and how often it occurs.
    public record ValueCount(String value, long count) {}

    /// Values from `from` to before `to`, or up to it in the last bin; both as text.
    public record Bin(String from, String to, long count) {}

    /// Looks at all rows of a result.
    public static List<ColumnProfile> of(QueryResult result) {
        List<ColumnProfile> profiles = new ArrayList<>();
        for (int column = 0; column < result.schema().size(); column++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (long row = 0; row < result.rowCount(); row++) {
                values.add(result.value(row, column));
            }
            profiles.add(of(result.schema().field(column), values, result.zone()));
        }
        return profiles;
    }

    /// @param values boxed as [DataType] says
    /// @param zone in which timestamps are shown
    static ColumnProfile of(Field field, List<@Nullable Object> values, ZoneId zone) {
        DataType type = field.type();
        Map<Object, Long> counts = new LinkedHashMap<>();
        Map<Object, Object> written = new LinkedHashMap<>();
        Object min = null;
        Object max = null;
        List<Object> present = new ArrayList<>();
        for (Object value : values) {
            Object key = Values.hashKey(value);
            if (value == null || key == null) {
                continue;
            }
            present.add(value);
            counts.merge(key, 1L, Long::sum);
            written.putIfAbsent(key, value);
            if (isOrdered(type)) {
                min = min == null || Values.compare(value, min) < 0 ? value : min;
                max = max == null || Values.compare(value, max) > 0 ? value : max;
            }
        }
        List<ValueCount> top =
                counts.entrySet().stream()
                        .sorted(Map.Entry.<Object, Long>comparingByValue(Comparator.reverseOrder()))
                        .limit(TOP)
                        .map(entry ->
                                new ValueCount(
                                        Values.toText(written.get(entry.getKey()), type, zone),
                                        entry.getValue()))
                        .toList();
        return new ColumnProfile(
                field,
                values.size(),
                values.size() - present.size(),
                counts.size(),
                Optional.ofNullable(min).map(value -> Values.toText(value, type, zone)),
                Optional.ofNullable(max).map(value -> Values.toText(value, type, zone)),
                top,
                min == null || max == null ? List.of() : histogram(present, min, max, type, zone));
    }

    private static boolean isOrdered(DataType type) {
        return !type.isNested() && type != DataType.VARIANT && type != DataType.INTERVAL;
    }

    private static List<Bin> histogram(
            List<Object> values, Object min, Object max, DataType type, ZoneId zone) {
        if (!type.isNumeric() && type != DataType.DATE && !type.isTimestamp()) {
            return List.of();
        }
        double low = ((Number) min).doubleValue();
        double width = (((Number) max).doubleValue() - low) / BINS;
        if (!(width > 0) || Double.isInfinite(width)) {
            return List.of();
        }
        long[] counts = new long[BINS];
        for (Object value : values) {
            double number = ((Number) value).doubleValue();
            counts[(int) Math.clamp((number - low) / width, 0, BINS - 1)]++;
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(
                    new Bin(
                            bound(low + bin * width, type, zone),
                            bound(low + (bin + 1) * width, type, zone),
                            counts[bin]));
        }
        return bins;
    }

    private static String bound(double bound, DataType type, ZoneId zone) {
        if (type == DataType.DATE) {
            return Values.toText((int) Math.floor(bound), type, zone);
        }
        if (type.isTimestamp()) {
            return Values.toText((long) bound, type, zone);
        }
        return new BigDecimal(bound)
                .round(new java.math.MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
