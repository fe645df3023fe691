package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// count: rows none of whose arguments is NULL.
final class CountAccumulator implements Accumulator {
    private long count;

    @Override
    public void add(@Nullable Object[] args) {
        for (Object arg : args) {
            if (arg == null) {
                return;
            }
        }
        count++;
    }

    @Override
    public List<@Nullable Object> state() {
        return List.of(count);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        if (state.getFirst() instanceof Long other) {
            count += other;
        }
    }

    @Override
    public Object result() {
        return count;
    }
}
