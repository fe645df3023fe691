package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.DataType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Count, mean and central moments up to the fourth of one variable, kept up by Welford's and
/// merged by Pébay's formulas (Sandia report SAND2008-6212).
final class Moments implements Accumulator {
    /// Computes the result from moments of one row or more.
    @FunctionalInterface
    interface Finish {
        @Nullable Object of(Moments moments);
    }

    private final Finish finish;
    private final int order;
    double count;
    double mean;
    double m2;
    double m3;
    double m4;

    /// @param order the highest moment that `finish` reads: 2 or 4
    Moments(int order, Finish finish) {
        this.order = order;
        this.finish = finish;
    }

    static List<DataType> state(int order) {
        return Collections.nCopies(order + 1, DataType.DOUBLE);
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (!(args[0] instanceof Double x)) {
            return;
        }
        double before = count;
        count++;
        double delta = x - mean;
        double share = delta / count;
        double term = delta * share * before;
        mean += share;
        if (order > 2) {
            m4 +=
                    term * share * share * (count * count - 3 * count + 3)
                            + 6 * share * share * m2
                            - 4 * share * m3;
            m3 += term * share * (count - 2) - 3 * share * m2;
        }
        m2 += term;
    }

    @Override
    public List<@Nullable Object> state() {
        return order > 2 ? List.of(count, mean, m2, m3, m4) : List.of(count, mean, m2);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        double n = at(state, 0);
        if (n == 0) {
            return;
        }
        if (count == 0) {
            take(state);
            return;
        }
        double a = count;
        double total = a + n;
        double delta = at(state, 1) - mean;
        double otherM2 = at(state, 2);
        double share = delta / total;
        if (order > 2) {
            double otherM3 = at(state, 3);
            m4 +=
                    at(state, 4)
                            + delta * share * share * share * a * n * (a * a - a * n + n * n)
                            + 6 * share * share * (a * a * otherM2 + n * n * m2)
                            + 4 * share * (a * otherM3 - n * m3);
            m3 +=
                    otherM3
                            + delta * share * share * a * n * (a - n)
                            + 3 * share * (a * otherM2 - n * m2);
        }
        m2 += otherM2 + delta * share * a * n;
        mean += share * n;
        count = total;
    }

    /// Becomes the first part as it is: moments of nothing add no rounding.
    private void take(List<@Nullable Object> state) {
        count = at(state, 0);
        mean = at(state, 1);
        m2 = at(state, 2);
        if (order > 2) {
            m3 = at(state, 3);
            m4 = at(state, 4);
        }
    }

    static double at(List<@Nullable Object> state, int index) {
        return state.get(index) instanceof Double d ? d : 0;
    }

    @Override
    public @Nullable Object result() {
        return count == 0 ? null : finish.of(this);
    }
}
