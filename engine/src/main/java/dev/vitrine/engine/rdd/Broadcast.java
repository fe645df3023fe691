package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// A value that tasks read; under Spark's name. Executors share one heap, so they share the value
/// too: it must not be changed.
public final class Broadcast<T> {
    private final int id;
    private volatile @Nullable T value;

    Broadcast(int id, T value) {
        this.id = id;
        this.value = value;
    }

    public int id() {
        return id;
    }

    /// @throws IllegalStateException after [#destroy]
    public T value() {
        T held = value;
        if (held == null) {
            throw new IllegalStateException("Attempted to use " + this + " after it was destroyed");
        }
        return held;
    }

    /// The same as [#value].
    public T getValue() {
        return value();
    }

    /// Lets go of the executors' copies, of which there are none: the value stays.
    public void unpersist() {
        value();
    }

    /// Lets go of the value for good.
    public void destroy() {
        value = null;
    }

    @Override
    public String toString() {
        return "Broadcast(" + id + ")";
    }
}
