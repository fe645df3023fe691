package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of all rows whose first argument is not NULL, a list for each argument.
final class ValueList implements Accumulator {
    /// Makes the result of the lists.
    @FunctionalInterface
    interface Finish {
        @Nullable Object of(List<List<@Nullable Object>> columns);
    }

    private final Finish finish;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    ValueList(int width, Finish finish) {
        this.finish = finish;
        for (int i = 0; i < width; i++) {
            columns.add(new ArrayList<>());
        }
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (args[0] != null) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(args[i]);
            }
        }
    }

    @Override
    public List<@Nullable Object> state() {
        return new ArrayList<>(columns);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        for (int i = 0; i < columns.size(); i++) {
            if (state.get(i) instanceof List<?> others) {
                columns.get(i).addAll(others);
            }
        }
    }

    @Override
    public @Nullable Object result() {
        return finish.of(Collections.unmodifiableList(columns));
    }
}
