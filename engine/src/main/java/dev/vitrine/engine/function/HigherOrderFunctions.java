package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.LambdaValue;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions of arrays that take a function.
final class HigherOrderFunctions {
    /// The group's name is what lets a function take lambdas.
    static final String G = "lambda";

    private HigherOrderFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "transform(array, function)",
                                "What the function gives for each element, or for each element and its index from 0.",
                                "transform(array(1, 2, 3), x -> x + 1)",
                                "[2,3,4]")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(HigherOrderFunctions::ofElements)
                        .returns(call -> new DataType.Array(call.type(1), body(call, 1).nullable()))
                        .computedBy((a, s) -> transformed(ArrayFunctions.list(a[0]), lambda(a[1]))),
                define(
                                G,
                                "filter(array, function)",
                                "The elements for which the function holds.",
                                "filter(array(1, 2, 3), x -> x % 2 == 1)",
                                "[1,3]")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> predicate(ofElements(call), 1))
                        .computedBy((a, s) -> filtered(ArrayFunctions.list(a[0]), lambda(a[1]))),
                define(
                                G,
                                "exists(array, function)",
                                "Whether the function holds for an element.",
                                "exists(array(1, 2, 3), x -> x % 2 == 0)",
                                "true")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> predicate(ofElement(call), 1))
                        .returns(DataType.BOOLEAN)
                        .nullable()
                        .computedBy(
                                (a, s) -> decided(ArrayFunctions.list(a[0]), lambda(a[1]), true))
                        .alsoNamed("any_match"),
                define(
                                G,
                                "forall(array, function)",
                                "Whether the function holds for all elements.",
                                "forall(array(1, 2, 3), x -> x % 2 == 0)",
                                "false")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> predicate(ofElement(call), 1))
                        .returns(DataType.BOOLEAN)
                        .nullable()
                        .computedBy(
                                (a, s) -> decided(ArrayFunctions.list(a[0]), lambda(a[1]), false)),
                define(
                                G,
                                "aggregate(array, start, merge[, finish])",
                                "start merged with each element in turn; finish makes the result of it.",
                                "aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)",
                                "60")
                        .takes(ArgType.ARRAY, ArgType.ANY, ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(HigherOrderFunctions::folding)
                        .returns(call -> call.type(call.size() - 1))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy((a, s) -> folded(a))
                        .alsoNamed("reduce"),
                define(
                                G,
                                "zip_with(a, b, function)",
                                "What the function gives for the elements of two arrays at each index.",
                                "zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)",
                                "[4,6]")
                        .takes(ArgType.ARRAY, ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> {
                            Field left = new Field("x", element(call, 0).type(), true);
                            Field right = new Field("y", element(call, 1).type(), true);
                            return call.withArg(2, call.lambda(2, left, right));
                        })
                        .returns(call -> new DataType.Array(call.type(2), body(call, 2).nullable()))
                        .computedBy((a, s) -> zipped(a)),
                define(
                                G,
                                "array_sort(array[, comparator])",
                                "The elements in ascending order, NULLs last, or as the function compares them.",
                                "array_sort(array(5, 6, 1), (a, b) -> b - a)",
                                "[6,5,1]")
                        .takes(ArgType.ARRAY)
                        .maybe(ArgType.ANY)
                        .prepared(HigherOrderFunctions::sorting)
                        .fails()
                        .computedBy((a, s) -> sorted(a)));
    }

    static LambdaValue lambda(@Nullable Object value) {
        return (LambdaValue) Objects.requireNonNull(value);
    }

    static Expr body(FunctionCall call, int index) {
        return ((Expr.Lambda) call.arg(index)).body();
    }

    private static Field element(FunctionCall call, int index) {
        return switch (call.type(index)) {
            case DataType.Array(var element, var nulls) -> new Field("x", element, nulls);
            case DataType.Simple.NULL -> new Field("x", DataType.NULL, true);
            default -> throw call.unexpected(index, "ARRAY");
        };
    }

    private static FunctionCall ofElement(FunctionCall call) {
        return call.withArg(1, call.lambda(1, element(call, 0)));
    }

    /// The function has one parameter, or also the index.
    private static FunctionCall ofElements(FunctionCall call) {
        boolean indexed =
                call.arg(1) instanceof Expr.UnresolvedLambda(var names, var body)
                        && names.size() == 2;
        return indexed
                ? call.withArg(
                        1, call.lambda(1, element(call, 0), new Field("i", DataType.INT, false)))
                : ofElement(call);
    }

    /// Checks that a function gives truth values.
    static FunctionCall predicate(FunctionCall call, int index) {
        DataType type = call.type(index);
        if (type != DataType.BOOLEAN && type != DataType.NULL) {
            throw call.unexpected(index, "BOOLEAN");
        }
        return call;
    }

    private static Object transformed(List<?> list, LambdaValue function) {
        List<@Nullable Object> results = new ArrayList<>();
        for (Object item : list) {
            results.add(function.apply(item, results.size()));
        }
        return results;
    }

    private static Object filtered(List<?> list, LambdaValue function) {
        List<@Nullable Object> kept = new ArrayList<>();
        int index = 0;
        for (Object item : list) {
            if (Boolean.TRUE.equals(function.apply(item, index++))) {
                kept.add(item);
            }
        }
        return kept;
    }

    /// OR or AND over the elements, in three-valued logic.
    private static @Nullable Object decided(List<?> list, LambdaValue function, boolean decisive) {
        boolean unknown = false;
        for (Object item : list) {
            Object holds = function.apply(item);
            if (holds == null) {
                unknown = true;
            } else if ((Boolean) holds == decisive) {
                return decisive;
            }
        }
        return unknown ? null : !decisive;
    }

    /// The start value takes the type that merging gives, where it can.
    private static FunctionCall folding(FunctionCall call) {
        Field item = element(call, 0);
        Field start = new Field("acc", call.type(1), true);
        Expr.Lambda merge = call.lambda(2, start, item);
        FunctionCall typed = call;
        if (!merge.type().equals(start.type())) {
            Optional<DataType> common = ArrayFunctions.alike(start.type(), merge.type());
            if (common.isPresent()) {
                start = new Field("acc", common.get(), true);
                typed = call.withArg(1, CommonTypes.cast(call.arg(1), start.type(), call.mode()));
                Expr.Lambda again = call.lambda(2, start, item);
                merge =
                        new Expr.Lambda(
                                again.variables(),
                                ArrayFunctions.alike(start.type(), again.type()).equals(common)
                                        ? CommonTypes.cast(again.body(), start.type(), call.mode())
                                        : again.body());
            }
        }
        if (!merge.type().equals(start.type())) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                    Map.of(
                            "sqlExpr", call.sql(),
                            "paramIndex", "third",
                            "requiredType", "\"" + start.type().sql() + "\"",
                            "inputSql", "\"" + merge.sql() + "\"",
                            "inputType", "\"" + merge.type().sql() + "\""),
                    call.where());
        }
        FunctionCall merging = typed.withArg(2, merge);
        return call.size() > 3 ? merging.withArg(3, call.lambda(3, start)) : merging;
    }

    private static @Nullable Object folded(@Nullable Object[] a) {
        if (!(a[0] instanceof List<?> list)) {
            return null;
        }
        Object state = a[1];
        for (Object item : list) {
            state = lambda(a[2]).apply(state, item);
        }
        return a.length > 3 ? lambda(a[3]).apply(state) : state;
    }

    private static Object zipped(@Nullable Object[] a) {
        List<?> left = ArrayFunctions.list(a[0]);
        List<?> right = ArrayFunctions.list(a[1]);
        List<@Nullable Object> results = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            results.add(
                    lambda(a[2])
                            .apply(
                                    i < left.size() ? left.get(i) : null,
                                    i < right.size() ? right.get(i) : null));
        }
        return results;
    }

    private static FunctionCall sorting(FunctionCall call) {
        if (call.size() == 1) {
            return ArrayShaping.ordered(call);
        }
        Field item = element(call, 0);
        FunctionCall compared = call.withArg(1, call.lambda(1, item, item));
        if (compared.type(1) != DataType.INT) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_RETURN_TYPE,
                    Map.of(
                            "functionName", "`array_sort`",
                            "expectedType", "\"INT\"",
                            "actualType", "\"" + compared.type(1).sql() + "\""),
                    call.where());
        }
        return compared;
    }

    private static Object sorted(@Nullable Object[] a) {
        List<@Nullable Object> copy = new ArrayList<>(ArrayFunctions.list(a[0]));
        if (a.length == 1) {
            Comparator<Object> order = Values::compare;
            copy.sort(Comparator.nullsLast(order));
            return copy;
        }
        LambdaValue comparator = lambda(a[1]);
        try {
            copy.sort((left, right) -> {
                if (comparator.apply(left, right) instanceof Integer order) {
                    return order;
                }
                throw new EngineException(
                        ErrorCode.COMPARATOR_RETURNS_NULL,
                        Map.of(
                                "firstValue", String.valueOf(left),
                                "secondValue", String.valueOf(right)));
            });
        } catch (IllegalArgumentException e) {
            // The comparator contradicts itself, which the sort may or may not see: any order will
            // do.
            return copy;
        }
        return copy;
    }
}
