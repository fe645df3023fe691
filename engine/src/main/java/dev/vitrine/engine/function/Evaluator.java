package dev.vitrine.engine.function;

import org.jspecify.annotations.Nullable;

/// An expression made ready to be evaluated row by row. Stateless unless the expression is not
/// deterministic.
@FunctionalInterface
public interface Evaluator {
    /// The expression's value for a row, boxed as [dev.vitrine.engine.types.DataType] says.
    @Nullable Object eval(RowValues row);
}
