package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.AggregateFunctions.aggregate;

import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Variance, covariance, regression and what else follows from central moments.
final class StatisticalAggregates {
    private StatisticalAggregates() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(spread());
        all.addAll(pairs());
        all.addAll(regression());
        return all;
    }

    private static List<FunctionEntry> spread() {
        return List.of(
                single(
                                2,
                                "stddev_samp",
                                "Sample standard deviation; NULL for one value.",
                                m -> sample(m.count, m.m2, true))
                        .alsoNamed("stddev", "std"),
                single(
                        2,
                        "stddev_pop",
                        "Population standard deviation.",
                        m -> Math.sqrt(m.m2 / m.count)),
                single(
                                2,
                                "var_samp",
                                "Sample variance; NULL for one value.",
                                m -> sample(m.count, m.m2, false))
                        .alsoNamed("variance"),
                single(2, "var_pop", "Population variance.", m -> m.m2 / m.count),
                single(
                        4,
                        "skewness",
                        "Skewness; NULL where all values are equal.",
                        m ->
                                m.m2 == 0
                                        ? null
                                        : (Object)
                                                (Math.sqrt(m.count)
                                                        * m.m3
                                                        / Math.sqrt(m.m2 * m.m2 * m.m2))),
                single(
                        4,
                        "kurtosis",
                        "Excess kurtosis; NULL where all values are equal.",
                        m -> m.m2 == 0 ? null : (Object) (m.count * m.m4 / (m.m2 * m.m2) - 3)));
    }

    private static @Nullable Object sample(double count, double m2, boolean root) {
        if (count < 2) {
            return null;
        }
        double variance = m2 / (count - 1);
        return root ? Math.sqrt(variance) : variance;
    }

    private static List<FunctionEntry> pairs() {
        return List.of(
                pair(
                        "covar_pop(x, y)",
                        "Population covariance.",
                        m -> m.count == 0 ? null : (Object) (m.cxy / m.count)),
                pair(
                        "covar_samp(x, y)",
                        "Sample covariance; NULL for one pair.",
                        m -> m.count < 2 ? null : (Object) (m.cxy / (m.count - 1))),
                pair(
                        "corr(x, y)",
                        "Pearson's correlation; NULL for one pair.",
                        m -> m.count < 2 ? null : (Object) (m.cxy / Math.sqrt(m.m2x * m.m2y))));
    }

    /// Of the line through the points: the first argument is its y, the second its x.
    private static List<FunctionEntry> regression() {
        return List.of(
                regressionCount(),
                regression("regr_avgx", "Mean of x where y is not NULL.", m -> m.meanY),
                regression("regr_avgy", "Mean of y where x is not NULL.", m -> m.meanX),
                regression("regr_sxx", "Sum of squares of x around its mean.", m -> m.m2y),
                regression("regr_syy", "Sum of squares of y around its mean.", m -> m.m2x),
                regression("regr_sxy", "Sum of products around the means.", m -> m.cxy),
                regression(
                        "regr_slope",
                        "Slope of the line through the points; NULL where all x are equal.",
                        m -> m.m2y == 0 ? null : (Object) (m.cxy / m.m2y)),
                regression(
                        "regr_intercept",
                        "Where the line through the points meets the y axis.",
                        m -> m.m2y == 0 ? null : (Object) (m.meanX - m.cxy / m.m2y * m.meanY)),
                regression(
                        "regr_r2",
                        "Coefficient of determination of the line through the points.",
                        m ->
                                m.m2y == 0
                                        ? null
                                        : m.m2x == 0
                                                ? (Object) 1.0
                                                : (Object) (m.cxy * m.cxy / (m.m2x * m.m2y))));
    }

    private static FunctionEntry regressionCount() {
        BoxedAggregate function =
                new BoxedAggregate(
                                "regr_count",
                                site -> PairMoments.STATE,
                                site -> new PairMoments(m -> (long) m.count))
                        .compiledAs(NativeAggregate.PAIRS, site -> true)
                        .neverNull();
        return aggregate(
                "regr_count(y, x)",
                "Number of pairs of which neither is NULL.",
                List.of(ArgType.DOUBLE, ArgType.DOUBLE),
                c -> DataType.BIGINT,
                function);
    }

    private static FunctionEntry single(int order, String name, String doc, Moments.Finish finish) {
        BoxedAggregate function =
                new BoxedAggregate(
                                name,
                                site -> Moments.state(order),
                                site -> new Moments(order, finish))
                        .compiledAs(
                                order > 2 ? NativeAggregate.MOMENTS_4 : NativeAggregate.MOMENTS,
                                site -> true);
        return aggregate(
                name + "(x)", doc, List.of(ArgType.DOUBLE), c -> DataType.DOUBLE, function);
    }

    private static FunctionEntry regression(String name, String doc, PairMoments.Finish finish) {
        return pair(name + "(y, x)", doc, m -> m.count == 0 ? null : finish.of(m));
    }

    private static FunctionEntry pair(String signature, String doc, PairMoments.Finish finish) {
        String name = signature.substring(0, signature.indexOf('('));
        BoxedAggregate function =
                new BoxedAggregate(name, site -> PairMoments.STATE, site -> new PairMoments(finish))
                        .compiledAs(NativeAggregate.PAIRS, site -> true);
        return aggregate(
                signature,
                doc,
                List.of(ArgType.DOUBLE, ArgType.DOUBLE),
                c -> DataType.DOUBLE,
                function);
    }
}
