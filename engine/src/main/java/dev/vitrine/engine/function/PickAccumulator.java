package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// first and last: one row's value and whether there was a row.
final class PickAccumulator implements Accumulator {
    enum Choice {
        FIRST,
        LAST
    }

    private final Choice choice;
    private final boolean skipsNulls;
    private boolean present;
    private @Nullable Object value;

    PickAccumulator(Choice choice, boolean skipsNulls) {
        this.choice = choice;
        this.skipsNulls = skipsNulls;
    }

    @Override
    public void add(@Nullable Object[] args) {
        take(args[0]);
    }

    @Override
    public List<@Nullable Object> state() {
        return Arrays.asList(present, value);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        if (Boolean.TRUE.equals(state.getFirst())) {
            take(state.get(1));
        }
    }

    private void take(@Nullable Object candidate) {
        if (candidate == null && skipsNulls) {
            return;
        }
        if (!present || choice == Choice.LAST) {
            value = candidate;
            present = true;
        }
    }

    @Override
    public @Nullable Object result() {
        return value;
    }
}
