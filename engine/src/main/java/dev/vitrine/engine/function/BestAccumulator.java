package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.Values;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// max_by (sign 1) and min_by (sign -1): the first argument where the second is extreme.
final class BestAccumulator implements Accumulator {
    private final int sign;
    private @Nullable Object value;
    private @Nullable Object order;

    BestAccumulator(int sign) {
        this.sign = sign;
    }

    @Override
    public void add(@Nullable Object[] args) {
        take(args[0], args[1]);
    }

    @Override
    public List<@Nullable Object> state() {
        return Arrays.asList(value, order);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        take(state.get(0), state.get(1));
    }

    private void take(@Nullable Object candidate, @Nullable Object by) {
        Object current = order;
        if (by != null && (current == null || sign * Values.compare(by, current) > 0)) {
            value = candidate;
            order = by;
        }
    }

    @Override
    public @Nullable Object result() {
        return value;
    }
}
