package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Makes one object of two; in which order is not said.
@FunctionalInterface
public interface ReduceFunction<T extends @Nullable Object> {
    T call(T first, T second) throws Exception;
}
