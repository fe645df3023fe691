package dev.vitrine.engine.expr;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function of the values of one row.
public interface ScalarFunction {
    /// Lower-case name as Spark has it.
    String name();

    /// The result for boxed arguments (see [dev.vitrine.engine.types.DataType]).
    ///
    /// Not called when an argument is NULL and [#nullPropagating] holds.
    @Nullable Object evaluate(@Nullable Object[] args, CallSite site);

    /// Whether the result is NULL as soon as one argument is.
    default boolean nullPropagating() {
        return true;
    }

    /// Whether the result can be NULL.
    default boolean nullable(List<Expr> args) {
        return !nullPropagating() || args.stream().anyMatch(Expr::nullable);
    }

    /// Whether the same arguments always give the same result.
    default boolean deterministic() {
        return true;
    }

    /// Whether some arguments raise an error.
    default boolean canFail(CallSite site) {
        return false;
    }

    /// A Java expression for generated code: `$0`, `$1` … stand for argument values that are not
    /// NULL, `$out` for the [dev.vitrine.engine.kernel.StringRef] that a STRING result goes to (the
    /// expression then is a call that fills it), `$arena` for the scratch memory of the vector.
    /// Empty where the boxed form is called instead. Only for [#nullPropagating] functions.
    default Optional<String> javaTemplate(CallSite site) {
        return Optional.empty();
    }
}
