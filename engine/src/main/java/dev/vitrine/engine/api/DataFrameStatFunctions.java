package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Statistics of a frame's columns; under Spark's names. What gives numbers runs at once.
public final class DataFrameStatFunctions {
    private static final double USUAL_SUPPORT = 0.01;

    private final DataFrame frame;

    DataFrameStatFunctions(DataFrame frame) {
        this.frame = frame;
    }

    /// Pearson's correlation of two columns; NaN where there is none.
    public double corr(String one, String other) {
        return number(Functions.corr(frame.col(one), frame.col(other)));
    }

    /// @param method `pearson`
    /// @throws IllegalArgumentException for any other method
    public double corr(String one, String other, String method) {
        if (!method.equals("pearson")) {
            throw new IllegalArgumentException("There is no correlation " + method);
        }
        return corr(one, other);
    }

    /// Sample covariance of two columns; NaN where there is none.
    public double cov(String one, String other) {
        return number(Functions.covar_samp(frame.col(one), frame.col(other)));
    }

    private double number(Column aggregate) {
        Row row = frame.agg(aggregate).head();
        return row.isNullAt(0) ? Double.NaN : row.getDouble(0);
    }

    /// The values below which given shares of a column's values lie.
    ///
    /// @param shares from 0 to 1
    /// @param relativeError how far a rank may be off, as a share of the rows; 0 for exact ones
    /// @return one value a share, or nothing where the column has no values
    public double[] approxQuantile(String column, double[] shares, double relativeError) {
        if (!(relativeError >= 0)) {
            throw new IllegalArgumentException("An error is not negative: " + relativeError);
        }
        double accuracy = relativeError == 0 ? Integer.MAX_VALUE : Math.ceil(1 / relativeError);
        Column[] wanted = Arrays.stream(shares).mapToObj(Functions::lit).toArray(Column[]::new);
        Column number = frame.col(column).cast(DataType.DOUBLE);
        Row row =
                frame.filter(Functions.not(number.isNaN()))
                        .agg(
                                Functions.percentile_approx(
                                        number,
                                        Functions.array(wanted),
                                        Functions.lit((int) Math.min(accuracy, Integer.MAX_VALUE))))
                        .head();
        List<Double> values = row.getList(0);
        return values == null
                ? new double[0]
                : values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    public double[][] approxQuantile(String[] columns, double[] shares, double relativeError) {
        return Arrays.stream(columns)
                .map(column -> approxQuantile(column, shares, relativeError))
                .toArray(double[][]::new);
    }

    /// How often each pair of values is met: a row for each value of `one`, a column for each of
    /// `other`. Runs once to know the columns.
    public DataFrame crosstab(String one, String other) {
        Column first = text(frame.col(one));
        Column second = text(frame.col(other));
        Row[] values = frame.select(second.as("value")).distinct().orderBy("value").collect();
        Column[] counts =
                Arrays.stream(values)
                        .map(row -> String.valueOf(row.get(0)))
                        .map(value -> Functions.count_if(second.equalTo(value)).as(value))
                        .toArray(Column[]::new);
        String name = one + "_" + other;
        return counts.length == 0
                ? frame.select(first.as(name)).limit(0)
                : frame.groupBy(first.as(name))
                        .agg(counts[0], Arrays.copyOfRange(counts, 1, counts.length));
    }

    private static Column text(Column column) {
        return Functions.coalesce(column.cast(DataType.STRING), Functions.lit("null"));
    }

    public DataFrame freqItems(String[] columns) {
        return freqItems(columns, USUAL_SUPPORT);
    }

    /// The values that more than a share of the rows have, as one row of arrays. Unlike Spark's,
    /// which may give some more, these are exact.
    ///
    /// @param support the share, at least 0.0001
    public DataFrame freqItems(String[] columns, double support) {
        if (!(support >= 1e-4 && support <= 1)) {
            throw new IllegalArgumentException("The share is from 0.0001 to 1, not " + support);
        }
        List<Expr> lists =
                Arrays.stream(columns)
                        .map(name ->
                                frequent(name, support).scalar().as(name + "_freqItems").expr())
                        .toList();
        LogicalPlan one = new LogicalPlan.LocalRelation(List.of(), List.of(List.of()));
        return frame.with(new LogicalPlan.Project(one, lists));
    }

    private DataFrame frequent(String name, double support) {
        DataFrame counted = frame.groupBy(frame.col(name).as("value")).count();
        Column all = frame.agg(Functions.count(Functions.lit(1)).as("rows")).scalar();
        return counted.filter(counted.col("count").gt(all.multiply(support)))
                .agg(Functions.collect_list(counted.col("value")).as("items"));
    }

    /// Rows kept by the share that the value of a column has.
    ///
    /// @param fractions value to share from 0 to 1; values that are not there have none
    public <T> DataFrame sampleBy(String column, Map<T, Double> fractions, long seed) {
        return sampleBy(frame.col(column), fractions, seed);
    }

    public <T> DataFrame sampleBy(Column column, Map<T, Double> fractions, long seed) {
        return FrameSamples.by(frame, column, fractions, seed);
    }
}
