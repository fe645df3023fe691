package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.rdd.UserCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A call of a user's function from an expression: values are turned into what a [Row] has, and
/// whatever goes wrong becomes one error that says where.
record UserFunction(String name, JavaFunction function, boolean deterministic, boolean canGiveNull)
        implements ScalarFunction {
    @Override
    public boolean nullPropagating() {
        return false;
    }

    @Override
    public boolean nullable(List<Expr> args) {
        return canGiveNull;
    }

    @Override
    public boolean canFail(CallSite site) {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway") // what the lambda gives may be null, which is not inferred
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        @Nullable Object[] values = new @Nullable Object[args.length];
        for (int i = 0; i < args.length; i++) {
            values[i] = JavaValues.toJava(args[i], site.argTypes().get(i));
        }
        return UserCode.of(name, site)
                .<@Nullable Object>call(
                        () -> shown(values),
                        () -> checked(function.body().call(values), canGiveNull, site));
    }

    /// What a user's code gave, as the engine boxes it.
    static @Nullable Object checked(@Nullable Object result, boolean canBeNull, CallSite site) {
        if (result == null && !canBeNull) {
            throw new IllegalStateException("it gave NULL, which it says it never does");
        }
        return JavaValues.boxed(result, site.type());
    }

    private static String shown(@Nullable Object[] values) {
        return Arrays.stream(values).map(UserCode::shown).collect(Collectors.joining(", "));
    }
}
