package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Makes an object of two others.
@FunctionalInterface
public interface Function2<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
    R call(A first, B second) throws Exception;
}
