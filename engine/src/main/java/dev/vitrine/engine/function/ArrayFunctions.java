package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions that look into arrays or put elements into them.
final class ArrayFunctions {
    private static final String G = "array";
    private static final int MAX_ELEMENTS = 2_147_483_632;

    private ArrayFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(searching());
        all.addAll(growing());
        return all;
    }

    /// The type that two types meet in without reading strings as something else, or empty.
    static Optional<DataType> alike(DataType a, DataType b) {
        return readsStrings(a, b) ? Optional.empty() : CommonTypes.of(a, b);
    }

    private static boolean readsStrings(DataType a, DataType b) {
        if (a instanceof DataType.Array(var x, var n)
                && b instanceof DataType.Array(var y, var m)) {
            return readsStrings(x, y);
        }
        if (a instanceof DataType.MapOf m && b instanceof DataType.MapOf o) {
            return readsStrings(m.key(), o.key()) || readsStrings(m.value(), o.value());
        }
        boolean known = a != DataType.NULL && b != DataType.NULL;
        return known && (a == DataType.STRING) != (b == DataType.STRING);
    }

    static EngineException differing(FunctionCall call, ErrorCode code, int left, int right) {
        return new EngineException(
                code,
                Map.of(
                        "functionName", "`" + call.name() + "`",
                        "leftType", "\"" + call.type(left).sql() + "\"",
                        "rightType", "\"" + call.type(right).sql() + "\""),
                call.where());
    }

    static DataType element(FunctionCall call) {
        return ((DataType.Array) call.type(0)).element();
    }

    /// An argument that is an array: NULL never gets here.
    static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    /// Array and element brought to one type.
    ///
    /// @param value index of the element among the arguments
    private static FunctionCall withElement(FunctionCall call, int value, boolean nullsToo) {
        if (!(call.type(0) instanceof DataType.Array(var element, var nulls))) {
            if (call.type(0) == DataType.NULL) {
                return call;
            }
            throw call.unexpected(0, "ARRAY");
        }
        if (!nullsToo && call.type(value) == DataType.NULL) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__NULL_TYPE,
                    Map.of("functionName", "`" + call.name() + "`"),
                    call.where());
        }
        DataType common =
                alike(element, call.type(value))
                        .orElseThrow(() ->
                                differing(
                                        call,
                                        ErrorCode.DATATYPE_MISMATCH__ARRAY_FUNCTION_DIFF_TYPES,
                                        0,
                                        value));
        DataType array = new DataType.Array(common, nulls);
        return call.withArg(0, CommonTypes.cast(call.arg(0), array, call.mode()))
                .withArg(value, CommonTypes.cast(call.arg(value), common, call.mode()));
    }

    private static List<FunctionEntry> searching() {
        return List.of(
                define(
                                G,
                                "array_contains(array, value)",
                                "Whether the array holds the value.",
                                "array_contains(array(1, 2, 3), 2)",
                                "true")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> withElement(call, 1, false))
                        .returns(DataType.BOOLEAN)
                        .nullable()
                        .computedBy((a, s) -> contains(list(a[0]), a[1])),
                define(
                                G,
                                "array_position(array, value)",
                                "Index from 1 of the value's first occurrence, or 0.",
                                "array_position(array(3, 2, 1), 1)",
                                "3")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> withElement(call, 1, true))
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            long at = 0;
                            for (Object item : list(a[0])) {
                                at++;
                                if (item != null && Values.compare(item, a[1]) == 0) {
                                    return at;
                                }
                            }
                            return 0L;
                        }),
                extreme(
                        "array_max",
                        "Largest element that is not NULL.",
                        "array_max(array(1, 20, NULL, 3))",
                        "20",
                        1),
                extreme(
                        "array_min",
                        "Smallest element that is not NULL.",
                        "array_min(array(1, 20, NULL, 3))",
                        "1",
                        -1),
                define(
                                G,
                                "arrays_overlap(a, b)",
                                "Whether the arrays share an element that is not NULL.",
                                "arrays_overlap(array(1, 2, 3), array(3, 4, 5))",
                                "true")
                        .takes(ArgType.ARRAY, ArgType.ARRAY)
                        .prepared(ArrayShaping::pair)
                        .returns(DataType.BOOLEAN)
                        .nullable()
                        .computedBy((a, s) -> overlap(list(a[0]), list(a[1]))));
    }

    private static FunctionEntry extreme(
            String name, String doc, String example, String result, int sign) {
        return define(G, name + "(array)", doc, example, result)
                .takes(ArgType.ARRAY)
                .prepared(ArrayShaping::ordered)
                .returns(ArrayFunctions::element)
                .nullable()
                .computedBy((a, s) -> {
                    Object best = null;
                    for (Object item : list(a[0])) {
                        if (item != null
                                && (best == null || sign * Values.compare(item, best) > 0)) {
                            best = item;
                        }
                    }
                    return best;
                });
    }

    private static @Nullable Object contains(List<?> list, @Nullable Object value) {
        boolean unknown = false;
        if (value != null) {
            for (Object item : list) {
                if (item == null) {
                    unknown = true;
                } else if (Values.compare(item, value) == 0) {
                    return true;
                }
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Object overlap(List<?> left, List<?> right) {
        boolean unknown = false;
        for (Object item : left) {
            Object found = item == null ? null : contains(right, item);
            if (Boolean.TRUE.equals(found)) {
                return true;
            }
            unknown |= found == null;
        }
        unknown |= right.stream().anyMatch(Objects::isNull);
        return unknown && !left.isEmpty() && !right.isEmpty() ? null : false;
    }

    private static DataType withNulls(FunctionCall call, int value) {
        DataType.Array array = (DataType.Array) call.type(0);
        DataType element = array.element() == DataType.NULL ? call.type(value) : array.element();
        return new DataType.Array(element, array.containsNull() || call.arg(value).nullable());
    }

    private static @Nullable Object longer(
            @Nullable Object array, @Nullable Object value, boolean atEnd) {
        if (!(array instanceof List<?> list)) {
            return null;
        }
        List<@Nullable Object> longer = new ArrayList<>(list);
        longer.add(atEnd ? longer.size() : 0, value);
        return longer;
    }

    private static List<FunctionEntry> growing() {
        return List.of(
                define(
                                G,
                                "array_append(array, value)",
                                "The array with the value behind it.",
                                "array_append(array('b', 'd'), 'c')",
                                "[\"b\",\"d\",\"c\"]")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> withElement(call, 1, true))
                        .returns(call -> withNulls(call, 1))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy((a, s) -> longer(a[0], a[1], true)),
                define(
                                G,
                                "array_prepend(array, value)",
                                "The array with the value before it.",
                                "array_prepend(array('b', 'd'), 'c')",
                                "[\"c\",\"b\",\"d\"]")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> withElement(call, 1, true))
                        .returns(call -> withNulls(call, 1))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy((a, s) -> longer(a[0], a[1], false)),
                define(
                                G,
                                "array_insert(array, pos, value)",
                                "The array with the value put in at a position from 1, or from -1 at the end.",
                                "array_insert(array(1, 2, 3, 4), 5, 5)",
                                "[1,2,3,4,5]")
                        .takes(ArgType.ARRAY, ArgType.INT, ArgType.ANY)
                        .maybe(ArgType.BOOLEAN)
                        .prepared(ArrayFunctions::insertion)
                        .returns(call ->
                                new DataType.Array(
                                        ((DataType.Array) withNulls(call, 2)).element(), true))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .fails()
                        .computedBy((a, s) ->
                                a[0] instanceof List<?> list && a[1] instanceof Integer pos
                                        ? inserted(list, pos, a[2], Boolean.TRUE.equals(a[3]))
                                        : null),
                define(
                                G,
                                "array_remove(array, value)",
                                "The array without the elements that equal the value.",
                                "array_remove(array(1, 2, 3, NULL, 3), 3)",
                                "[1,2,null]")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .prepared(call -> withElement(call, 1, true))
                        .computedBy((a, s) -> {
                            List<@Nullable Object> kept = new ArrayList<>();
                            for (Object item : list(a[0])) {
                                if (item == null || Values.compare(item, a[1]) != 0) {
                                    kept.add(item);
                                }
                            }
                            return kept;
                        }),
                define(
                                G,
                                "array_repeat(value, count)",
                                "An array of the value count times over.",
                                "array_repeat('123', 2)",
                                "[\"123\",\"123\"]")
                        .takes(ArgType.ANY, ArgType.INT)
                        .returns(call -> new DataType.Array(call.type(0), call.arg(0).nullable()))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .fails()
                        .computedBy((a, s) -> {
                            if (!(a[1] instanceof Integer count)) {
                                return null;
                            }
                            checkSize("array_repeat", count);
                            List<@Nullable Object> list = new ArrayList<>();
                            for (int i = 0; i < count; i++) {
                                list.add(a[0]);
                            }
                            return list;
                        }));
    }

    /// @throws EngineException where an array would have more elements than one can have
    static void checkSize(String function, long elements) {
        if (elements > MAX_ELEMENTS) {
            throw new EngineException(
                    ErrorCode.COLLECTION_SIZE_LIMIT_EXCEEDED__PARAMETER,
                    Map.of(
                            "functionName",
                            "`" + function + "`",
                            "numberOfElements",
                            elements,
                            "maxRoundedArrayLength",
                            MAX_ELEMENTS));
        }
    }

    /// The fourth argument says whether -1 is the place before the last element, as it once was.
    private static FunctionCall insertion(FunctionCall call) {
        call.arity(3, 3);
        boolean before =
                Boolean.parseBoolean(
                        call.settings()
                                .get("spark.sql.legacy.negativeIndexInArrayInsert", "false"));
        List<Expr> args = new ArrayList<>(withElement(call, 2, true).args());
        args.add(Expr.Literal.of(before));
        return call.withArgs(args);
    }

    private static Object inserted(
            List<?> list, int position, @Nullable Object value, boolean beforeLast) {
        if (position == 0) {
            throw new EngineException(ErrorCode.INVALID_INDEX_OF_ZERO, Map.of());
        }
        int shift = beforeLast ? 0 : 1;
        List<@Nullable Object> longer = new ArrayList<>();
        if (position < 0 && -(long) position > list.size() + shift) {
            long length = -(long) position + 1 - shift;
            checkSize("array_insert", length);
            longer.add(value);
            while (longer.size() < length - list.size()) {
                longer.add(null);
            }
            longer.addAll(list);
            return longer;
        }
        int at = position < 0 ? position + list.size() + shift : position - 1;
        checkSize("array_insert", at + 1L);
        longer.addAll(list.subList(0, Math.min(at, list.size())));
        while (longer.size() < at) {
            longer.add(null);
        }
        longer.add(value);
        if (at < list.size()) {
            longer.addAll(list.subList(at, list.size()));
        }
        return longer;
    }
}
