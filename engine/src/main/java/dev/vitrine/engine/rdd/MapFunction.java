package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Makes an object of another.
@FunctionalInterface
public interface MapFunction<T extends @Nullable Object, U extends @Nullable Object> {
    U call(T value) throws Exception;
}
