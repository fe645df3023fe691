package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is added, in no order; under Spark's name.
public final class CollectionAccumulator<T extends @Nullable Object>
        extends AccumulatorV2<T, List<T>> {
    private final List<T> added = new ArrayList<>();

    CollectionAccumulator() {}

    @Override
    protected CollectionAccumulator<T> copyAndReset() {
        return new CollectionAccumulator<>();
    }

    @Override
    protected synchronized void accumulate(T value) {
        added.add(value);
    }

    @Override
    protected synchronized void merge(AccumulatorV2<T, List<T>> other) {
        added.addAll(other.result());
    }

    @Override
    protected synchronized List<T> result() {
        return Collections.unmodifiableList(new ArrayList<>(added));
    }

    @Override
    public synchronized boolean isZero() {
        return added.isEmpty();
    }

    @Override
    public synchronized void reset() {
        added.clear();
    }
}
