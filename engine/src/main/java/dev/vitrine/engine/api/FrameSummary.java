package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Statistics of a frame's columns: all are computed in one pass, then stood up as a row each.
final class FrameSummary {
    private final DataFrame frame;

    FrameSummary(DataFrame frame) {
        this.frame = frame;
    }

    /// A row for each statistic: its name, then its value as text for each number and string.
    ///
    /// @throws IllegalArgumentException for a statistic that there is not
    DataFrame of(List<String> statistics) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < frame.schema().size(); i++) {
            DataType type = frame.schema().field(i).type();
            if (type.isNumeric() || type == DataType.STRING) {
                places.add(i);
            }
        }
        List<Column> computed = new ArrayList<>();
        for (String statistic : statistics) {
            for (int place : places) {
                Field field = frame.schema().field(place);
                computed.add(
                        value(statistic, frame.at(place), field.type())
                                .cast(DataType.STRING)
                                .as("s" + computed.size()));
            }
        }
        // A column that is always there: the list of aggregates may be empty.
        DataFrame one =
                frame.agg(
                        Functions.count(Functions.lit(1)).as("rows"),
                        computed.toArray(Column[]::new));
        List<Column> cells = new ArrayList<>();
        cells.add(Functions.lit(statistics.size()));
        int next = 1;
        for (String statistic : statistics) {
            cells.add(Functions.lit(statistic));
            for (int i = 0; i < places.size(); i++) {
                cells.add(one.at(next++));
            }
        }
        List<String> names = new ArrayList<>(List.of("summary"));
        places.forEach(place -> names.add(frame.schema().field(place).name()));
        return one.select(
                Functions.stack(cells.toArray(Column[]::new)).as(names.toArray(String[]::new)));
    }

    private static Column value(String statistic, Column column, DataType type) {
        String name = statistic.toLowerCase(Locale.ROOT);
        Column number = type.isNumeric() ? column : column.try_cast(DataType.DOUBLE);
        if (name.endsWith("%")) {
            return Functions.percentile_approx(
                    number, Functions.lit(share(statistic)), Functions.lit(10_000));
        }
        return switch (name) {
            case "count" -> Functions.count(column);
            case "count_distinct" -> Functions.count_distinct(column);
            case "approx_count_distinct" -> Functions.approx_count_distinct(column);
            case "mean" -> Functions.avg(number);
            case "stddev" -> Functions.stddev_samp(number);
            case "min" -> Functions.min(column);
            case "max" -> Functions.max(column);
            default -> throw new IllegalArgumentException("There is no statistic " + statistic);
        };
    }

    private static double share(String percentile) {
        try {
            double share =
                    Double.parseDouble(percentile.substring(0, percentile.length() - 1)) / 100;
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(percentile + " is no percentile", e);
        }
        throw new IllegalArgumentException("Percentiles are from 0% to 100%, not " + percentile);
    }
}
