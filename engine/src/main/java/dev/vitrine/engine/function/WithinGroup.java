package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `WITHIN GROUP (ORDER BY …)` of a call: its keys stand as [Expr.SortKey]s behind the
/// arguments.
///
/// @param args the arguments before the keys
record WithinGroup(FunctionCall call, List<Expr> args, List<Expr.SortKey> keys) {

    static WithinGroup of(FunctionCall call) {
        List<Expr> args = call.args().stream().filter(a -> !(a instanceof Expr.SortKey)).toList();
        List<Expr.SortKey> keys =
                call.args().stream()
                        .filter(Expr.SortKey.class::isInstance)
                        .map(Expr.SortKey.class::cast)
                        .toList();
        return new WithinGroup(call.withArgs(args), args, keys);
    }

    boolean isThere() {
        return !keys.isEmpty();
    }

    /// The one key; the call must be neither without one nor DISTINCT.
    Expr.SortKey only() {
        if (keys.isEmpty()) {
            throw error(ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__WITHIN_GROUP_MISSING);
        }
        if (call.distinct()) {
            throw error(ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__DISTINCT_UNSUPPORTED);
        }
        if (keys.size() > 1) {
            throw error(ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__WRONG_NUM_ORDERINGS);
        }
        return keys.getFirst();
    }

    boolean descending() {
        return isThere() && keys.getFirst().direction() == SortDirection.DESCENDING;
    }

    private EngineException error(ErrorCode code) {
        return error(code, 1);
    }

    /// @param expected the number of keys, or of arguments, that there should be
    EngineException error(ErrorCode code, int expected) {
        return new EngineException(
                code,
                Map.of(
                        "functionName",
                        "`" + call.name() + "`",
                        "expectedNum",
                        expected,
                        "actualNum",
                        args.isEmpty() ? keys.size() : args.size()),
                call.where());
    }

    /// The value of a constant argument.
    ///
    /// @throws EngineException DATATYPE_MISMATCH.NON_FOLDABLE_INPUT
    @Nullable Object constant(String name, Expr arg) {
        return ExprEvaluator.constant(call.constant(arg, name), call.zone());
    }

    EngineException unexpectedNull(String name) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_NULL,
                Map.of("sqlExpr", call.sql(), "exprName", "`" + name + "`"),
                call.where());
    }

    /// A percentage, or an array of them, between 0 and 1.
    Percentages percentages(Expr arg) {
        boolean array = arg.type() instanceof DataType.Array;
        DataType wanted = array ? new DataType.Array(DataType.DOUBLE, false) : DataType.DOUBLE;
        if (!array
                && !CommonTypes.implicitly(
                        arg.type(), DataType.DOUBLE, arg instanceof Expr.Literal)) {
            throw call.unexpected(Math.max(call.args().indexOf(arg), 0), "DOUBLE or ARRAY<DOUBLE>");
        }
        Object value = constant("percentage", CommonTypes.cast(arg, wanted, call.mode()));
        if (value == null) {
            throw unexpectedNull("percentage");
        }
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        for (Object each : values) {
            if (!(each instanceof Double p)) {
                throw unexpectedNull("percentage");
            }
            if (p < 0 || p > 1) {
                throw call.outOfRange("percentage", "[0.0, 1.0]", value);
            }
        }
        return new Percentages(values.stream().map(v -> (Double) v).toList(), array);
    }

    /// @param array whether the result is an array, one value for each percentage
    record Percentages(List<Double> values, boolean array) {
        Percentages {
            values = List.copyOf(values);
        }

        DataType type(DataType one) {
            return array ? new DataType.Array(one, false) : one;
        }
    }
}
