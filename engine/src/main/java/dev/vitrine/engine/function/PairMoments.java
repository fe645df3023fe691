package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.DataType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Count, means and second moments of pairs (x, y) of which neither is NULL, kept up by Welford's
/// and merged by Chan's formulas.
final class PairMoments implements Accumulator {
    static final List<DataType> STATE = Collections.nCopies(6, DataType.DOUBLE);

    /// Computes the result from moments of no row or more.
    @FunctionalInterface
    interface Finish {
        @Nullable Object of(PairMoments moments);
    }

    private final Finish finish;
    double count;
    double meanX;
    double meanY;
    double m2x;
    double m2y;
    double cxy;

    PairMoments(Finish finish) {
        this.finish = finish;
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (!(args[0] instanceof Double x && args[1] instanceof Double y)) {
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
        double n = Moments.at(state, 0);
        if (n == 0) {
            return;
        }
        if (count == 0) {
            // Moments of nothing add no rounding.
            count = n;
            meanX = Moments.at(state, 1);
            meanY = Moments.at(state, 2);
            m2x = Moments.at(state, 3);
            m2y = Moments.at(state, 4);
            cxy = Moments.at(state, 5);
            return;
        }
        double total = count + n;
        double dx = Moments.at(state, 1) - meanX;
        double dy = Moments.at(state, 2) - meanY;
        double weight = count * n / total;
        m2x += Moments.at(state, 3) + dx * dx * weight;
        m2y += Moments.at(state, 4) + dy * dy * weight;
        cxy += Moments.at(state, 5) + dx * dy * weight;
        meanX += dx * n / total;
        meanY += dy * n / total;
        count = total;
    }

    @Override
    public @Nullable Object result() {
        return finish.of(this);
    }
}
