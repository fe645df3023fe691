package dev.vitrine.engine.api;

import org.jspecify.annotations.Nullable;

/// A function of no values of a row; classes of values are those of a [Row], and NULL is null.
@FunctionalInterface
public interface UDF0<R extends @Nullable Object> {
    R call() throws Exception;
}
