package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Random parts of frames.
final class FrameSamples {
    /// A column that only stands between two projections.
    private static final String CHANCE = "vitrine chance";

    /// Whole numbers that a DOUBLE holds exactly.
    private static final long CHANCES = 1L << 53;

    private FrameSamples() {}

    /// Every part numbers the rows by the same chance and keeps those of its own span.
    static DataFrame[] split(DataFrame frame, double[] weights, long seed) {
        double sum = Arrays.stream(weights).sum();
        if (weights.length == 0
                || !(sum > 0)
                || Arrays.stream(weights).anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException(
                    "Weights must not be negative, and their sum positive: "
                            + Arrays.toString(weights));
        }
        DataFrame numbered = withFixedChance(frame, seed);
        DataFrame[] parts = new DataFrame[weights.length];
        double from = 0;
        for (int i = 0; i < weights.length; i++) {
            double to = i == weights.length - 1 ? 1 : from + weights[i] / sum;
            Column chance = chance(numbered);
            parts[i] = withoutChance(numbered.filter(chance.geq(from).and(chance.lt(to))), frame);
            from = to;
        }
        return parts;
    }

    /// Rows kept by the share that the value of a column has.
    ///
    /// @param fractions value to share; values that are not there have none
    static DataFrame by(DataFrame frame, Column column, Map<?, Double> fractions, long seed) {
        DataFrame numbered = withChance(frame, seed);
        Column chance = chance(numbered);
        Column kept = Functions.lit(false);
        for (Map.Entry<?, Double> stratum : fractions.entrySet()) {
            double share = stratum.getValue();
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "Shares are from 0 to 1, not " + share + " for " + stratum.getKey());
            }
            kept = kept.or(column.eqNullSafe(stratum.getKey()).and(chance.lt(share)));
        }
        return withoutChance(numbered.filter(kept), frame);
    }

    private static DataFrame withChance(DataFrame frame, long seed) {
        return frame.select(Functions.col("*"), Functions.rand(seed).as(CHANCE));
    }

    /// A chance that only the row says, so that parts fit together in whatever query they stand:
    /// made of its values, and of its number among rows equal to it. Rows with maps, which are
    /// equal to none, have the chance of their place.
    private static DataFrame withFixedChance(DataFrame frame, long seed) {
        Column[] columns = frame.all().toArray(Column[]::new);
        boolean comparable =
                columns.length > 0
                        && frame.schema().fields().stream()
                                .noneMatch(field -> holdsMap(field.type()));
        if (!comparable) {
            return withChance(frame, seed);
        }
        Column number =
                Functions.row_number()
                        .over(Window.partitionBy(columns).orderBy(columns[0]))
                        .as(CHANCE);
        DataFrame counted = frame.select(Functions.col("*"), number);
        List<Column> kept = new ArrayList<>(counted.all());
        Column[] hashed = Functions.with(Functions.lit(seed), kept.toArray(Column[]::new));
        Column hash = Functions.pmod(Functions.xxhash64(hashed), Functions.lit(CHANCES));
        kept.set(kept.size() - 1, hash.divide((double) CHANCES).as(CHANCE));
        return counted.select(kept.toArray(Column[]::new));
    }

    private static boolean holdsMap(DataType type) {
        return switch (type) {
            case DataType.MapOf map -> true;
            case DataType.Array(var element, var nulls) -> holdsMap(element);
            case DataType.Struct(var fields) ->
                    fields.stream().anyMatch(field -> holdsMap(field.type()));
            default -> false;
        };
    }

    private static Column chance(DataFrame numbered) {
        return numbered.at(numbered.schema().size() - 1);
    }

    private static DataFrame withoutChance(DataFrame numbered, DataFrame frame) {
        return numbered.select(
                numbered.all().subList(0, frame.schema().size()).toArray(Column[]::new));
    }
}
