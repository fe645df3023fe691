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
record UserFunction(
        String name, UserDefinedFunction.Code code, boolean deterministic, boolean canGiveNull)
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
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        @Nullable Object[] values = new @Nullable Object[args.length];
        for (int i = 0; i < args.length; i++) {
            values[i] = JavaValues.toJava(args[i], site.argTypes().get(i));
        }
        try {
            Object result =
                    switch (code) {
                        case UserDefinedFunction.Code.PerRow(var function) ->
                                function.body().call(values);
                        case UserDefinedFunction.Code.PerBatch(var function) ->
                                one(function, values);
                    };
            if (result == null && !canGiveNull) {
                throw failed(values, site, "it gave NULL, which it says it never does", null);
            }
            return JavaValues.boxed(result, site.type());
        } catch (EngineException e) {
            throw e.code() == ErrorCode.FAILED_EXECUTE_UDF
                    ? e
                    : failed(values, site, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(values, site, e.toString(), e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw failed(values, site, e.toString(), e);
        }
    }

    private static @Nullable Object one(VectorUdf function, @Nullable Object[] values)
            throws Exception {
        List<ColumnView> columns = new ArrayList<>();
        for (Object value : values) {
            columns.add(new ColumnView(new @Nullable Object[] {value}));
        }
        List<@Nullable Object> results = new ArrayList<>();
        function.call(columns, 1, results::add);
        if (results.size() != 1) {
            throw new IllegalStateException(
                    "it gave " + results.size() + " values for a batch of 1 row");
        }
        return results.getFirst();
    }

    private EngineException failed(
            @Nullable Object[] values,
            CallSite site,
            @Nullable String reason,
            @Nullable Throwable cause) {
        List<String> shown = new ArrayList<>();
        for (Object value : values) {
            String text = String.valueOf(value);
            shown.add(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        }
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
                        String.join(", ", shown),
                        "reason",
                        String.valueOf(reason)),
                null,
                cause);
    }
}
