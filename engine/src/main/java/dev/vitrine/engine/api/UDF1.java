package dev.vitrine.engine.api;

import org.jspecify.annotations.Nullable;

/// A function of one value of a row; classes of values are those of a [Row], and NULL is null.
@FunctionalInterface
public interface UDF1<T1 extends @Nullable Object, R extends @Nullable Object> {
    R call(T1 t1) throws Exception;
}
