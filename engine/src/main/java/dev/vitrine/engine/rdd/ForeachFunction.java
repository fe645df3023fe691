package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Does something with an object.
@FunctionalInterface
public interface ForeachFunction<T extends @Nullable Object> {
    void call(T value) throws Exception;
}
