package dev.vitrine.engine.expr;

import org.jspecify.annotations.Nullable;

/// The value of an [Expr.Lambda] for one row: what higher-order functions call.
@FunctionalInterface
public interface LambdaValue {
    /// The body's value for these arguments, boxed as [dev.vitrine.engine.types.DataType] says.
    @Nullable Object apply(@Nullable Object... args);
}
