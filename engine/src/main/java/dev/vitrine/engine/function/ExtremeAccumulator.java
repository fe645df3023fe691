package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.Values;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// min (sign -1) and max (sign 1).
final class ExtremeAccumulator implements Accumulator {
    private final int sign;
    private @Nullable Object best;

    ExtremeAccumulator(int sign) {
        this.sign = sign;
    }

    @Override
    public void add(@Nullable Object[] args) {
        take(args[0]);
    }

    @Override
    public List<@Nullable Object> state() {
        return Collections.singletonList(best);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        take(state.getFirst());
    }

    private void take(@Nullable Object value) {
        Object current = best;
        if (value != null && (current == null || sign * Values.compare(value, current) > 0)) {
            best = value;
        }
    }

    @Override
    public @Nullable Object result() {
        return best;
    }
}
