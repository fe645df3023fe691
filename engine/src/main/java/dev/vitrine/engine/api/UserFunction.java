package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A call of a user's function from an expression: values are turned into what a [Row] has, and
/// whatever goes wrong becomes one error that says where.
record UserFunction(String name, JavaFunction function, boolean deterministic, boolean canGiveNull)
        implements ScalarFunction {
    private static final int SHOWN = 100;

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
        return UserFunction.<@Nullable Object>guarded(
                name,
                site,
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
        List<String> shown = new ArrayList<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            shown.add(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        }
        return String.join(", ", shown);
    }

    /// Runs a user's code.
    ///
    /// @param values what it was given, for errors
    /// @throws EngineException FAILED_EXECUTE_UDF
    static <R extends @Nullable Object> R guarded(
            String name,
            CallSite site,
            java.util.function.Supplier<String> values,
            TypedFunction.Step<R> step) {
        try {
            return step.run();
        } catch (EngineException e) {
            throw e.code() == ErrorCode.FAILED_EXECUTE_UDF
                    ? e
                    : failed(name, site, values.get(), String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(name, site, values.get(), e.toString(), e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw failed(name, site, values.get(), e.toString(), e);
        }
    }

    private static EngineException failed(
            String name, CallSite site, String values, String reason, Throwable cause) {
        return new EngineException(
                ErrorCode.FAILED_EXECUTE_UDF,
                Map.of(
                        "functionName",
                        "`" + name + "`",
                        "signature",
                        site.argTypes().stream()
                                .map(DataType::catalogString)
                                .collect(Collectors.joining(", ")),
                        "result",
                        site.type().catalogString(),
                        "values",
                        values,
                        "reason",
                        reason),
                null,
                cause);
    }
}
