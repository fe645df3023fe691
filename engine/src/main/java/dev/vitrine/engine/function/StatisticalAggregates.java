package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.AggregateFunctions.aggregate;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Variance, covariance and what follows from them.
final class StatisticalAggregates {
    private static final List<DataType> STATE =
            List.of(
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE,
                    DataType.DOUBLE);

    private StatisticalAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                single(
                                "stddev_samp",
                                "Sample standard deviation.",
                                m -> m.count < 2 ? null : (Object) Math.sqrt(m.m2x / (m.count - 1)))
                        .alsoNamed("stddev", "std"),
                single(
                        "stddev_pop",
                        "Population standard deviation.",
                        m -> Math.sqrt(m.m2x / m.count)),
                single(
                                "var_samp",
                                "Sample variance.",
                                m -> m.count < 2 ? null : (Object) (m.m2x / (m.count - 1)))
                        .alsoNamed("variance"),
                single("var_pop", "Population variance.", m -> m.m2x / m.count),
                pair("covar_pop", "Population covariance.", m -> m.cxy / m.count),
                pair(
                        "covar_samp",
                        "Sample covariance.",
                        m -> m.count < 2 ? null : (Object) (m.cxy / (m.count - 1))),
                pair(
                        "corr",
                        "Pearson's correlation.",
                        m -> m.count < 2 ? null : (Object) (m.cxy / Math.sqrt(m.m2x * m.m2y))),
                pair(
                        "regr_slope",
                        "Slope of the line through the points (y, x).",
                        m -> m.count < 2 || m.m2y == 0 ? null : (Object) (m.cxy / m.m2y)));
    }

    /// Computes the result from moments of one row or more.
    @FunctionalInterface
    private interface Finish {
        @Nullable Object of(Moments moments);
    }

    private static FunctionEntry single(String name, String doc, Finish finish) {
        AggregateFunction function =
                new BoxedAggregate(name, site -> STATE, site -> new Moments(finish));
        return aggregate(
                name + "(x)", doc, List.of(ArgType.DOUBLE), c -> DataType.DOUBLE, function);
    }

    private static FunctionEntry pair(String name, String doc, Finish finish) {
        AggregateFunction function =
                new BoxedAggregate(name, site -> STATE, site -> new Moments(finish));
        return aggregate(
                name + "(x, y)",
                doc,
                List.of(ArgType.DOUBLE, ArgType.DOUBLE),
                c -> DataType.DOUBLE,
                function);
    }

    /// Count, means and second moments of x and y, kept up by Welford's and merged by Chan's
    /// formulas.
    private static final class Moments implements Accumulator {
        private final Finish finish;
        private double count;
        private double meanX;
        private double meanY;
        private double m2x;
        private double m2y;
        private double cxy;

        Moments(Finish finish) {
            this.finish = finish;
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (!(args[0] instanceof Double x)) {
                return;
            }
            Object second = args.length > 1 ? args[1] : x;
            if (!(second instanceof Double y)) {
                return;
            }
            count++;
            double dx = x - meanX;
            double dy = y - meanY;
            meanX += dx / count;
            meanY += dy / count;
            m2x += dx * (x - meanX);
            m2y += dy * (y - meanY);
            cxy += dx * (y - meanY);
        }

        @Override
        public List<@Nullable Object> state() {
            return List.of(count, meanX, meanY, m2x, m2y, cxy);
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            double n = at(state, 0);
            if (n == 0) {
                return;
            }
            double total = count + n;
            double dx = at(state, 1) - meanX;
            double dy = at(state, 2) - meanY;
            double weight = count * n / total;
            m2x += at(state, 3) + dx * dx * weight;
            m2y += at(state, 4) + dy * dy * weight;
            cxy += at(state, 5) + dx * dy * weight;
            meanX += dx * n / total;
            meanY += dy * n / total;
            count = total;
        }

        private static double at(List<@Nullable Object> state, int index) {
            return state.get(index) instanceof Double d ? d : 0;
        }

        @Override
        public @Nullable Object result() {
            return count == 0 ? null : finish.of(this);
        }
    }
}
