package dev.vitrine.engine.function;

import org.jspecify.annotations.Nullable;

/// One row as an [Evaluator] sees it.
@FunctionalInterface
public interface RowValues {
    /// The value of a column, boxed as [dev.vitrine.engine.types.DataType] says.
    @Nullable Object get(int ordinal);
}
