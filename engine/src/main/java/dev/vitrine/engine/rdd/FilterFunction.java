package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Says which objects stay.
@FunctionalInterface
public interface FilterFunction<T extends @Nullable Object> {
    boolean call(T value) throws Exception;
}
