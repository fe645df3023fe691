package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Functions that make an array of whole arrays: in another order, without some elements, joined.
final class ArrayShaping {
    private static final String G = "array";

    private ArrayShaping() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(orders());
        all.addAll(sets());
        all.addAll(joints());
        return all;
    }

    /// Two arrays brought to one type.
    static FunctionCall pair(FunctionCall call) {
        for (int i = 0; i < 2; i++) {
            if (!(call.type(i) instanceof DataType.Array) && call.type(i) != DataType.NULL) {
                throw differing(call);
            }
        }
        DataType common =
                ArrayFunctions.alike(call.type(0), call.type(1)).orElseThrow(() -> differing(call));
        return call.withArg(0, CommonTypes.cast(call.arg(0), common, call.mode()))
                .withArg(1, CommonTypes.cast(call.arg(1), common, call.mode()));
    }

    private static EngineException differing(FunctionCall call) {
        return ArrayFunctions.differing(
                call, ErrorCode.DATATYPE_MISMATCH__BINARY_ARRAY_DIFF_TYPES, 0, 1);
    }

    /// Checks that the elements of the first argument have an order.
    static FunctionCall ordered(FunctionCall call) {
        if (call.type(0) instanceof DataType.Array(var element, var nulls)
                && MapFunctions.hasMap(element)) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_ORDERING_TYPE,
                    Map.of(
                            "functionName", "`" + call.name() + "`",
                            "dataType", "\"" + call.type(0).sql() + "\""),
                    call.where());
        }
        return call;
    }

    private static List<FunctionEntry> orders() {
        return List.of(
                define(
                                G,
                                "sort_array(array[, ascending])",
                                "The elements in order, NULLs first where ascending.",
                                "sort_array(array('b', 'd', NULL, 'c', 'a'), true)",
                                "[null,\"a\",\"b\",\"c\",\"d\"]")
                        .takes(ArgType.ARRAY)
                        .maybe(ArgType.BOOLEAN)
                        .prepared(call -> {
                            if (call.size() > 1 && call.type(1) != DataType.BOOLEAN) {
                                throw call.unexpected(1, "BOOLEAN");
                            }
                            return ordered(call);
                        })
                        .computedBy((a, s) ->
                                sorted(ArrayFunctions.list(a[0]), a.length < 2 || (Boolean) a[1])),
                define(G, "shuffle(array[, seed])", "The elements in a random order.", "", "")
                        .takes(ArgType.ARRAY)
                        .maybe(ArgType.BIGINT)
                        .varies()
                        .computedBy((a, s) -> {
                            List<@Nullable Object> copy =
                                    new ArrayList<>(ArrayFunctions.list(a[0]));
                            Collections.shuffle(
                                    copy,
                                    a.length > 1
                                            ? new Random((Long) a[1])
                                            : ThreadLocalRandom.current());
                            return copy;
                        }),
                define(
                                G,
                                "slice(array, start, length)",
                                "A part of an array; a negative start counts from the end.",
                                "slice(array(1, 2, 3, 4), 2, 2)",
                                "[2,3]")
                        .takes(ArgType.ARRAY, ArgType.INT, ArgType.INT)
                        .fails()
                        .computedBy((a, s) ->
                                slice(ArrayFunctions.list(a[0]), (Integer) a[1], (Integer) a[2])));
    }

    private static Object sorted(List<?> list, boolean ascending) {
        Comparator<Object> order = Values::compare;
        List<@Nullable Object> copy = new ArrayList<>(list);
        copy.sort(
                ascending ? Comparator.nullsFirst(order) : Comparator.nullsLast(order.reversed()));
        return copy;
    }

    private static Object slice(List<?> list, int start, int length) {
        if (start == 0) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__START,
                    Map.of("functionName", "`slice`", "parameter", "`start`"));
        }
        if (length < 0) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__LENGTH,
                    Map.of("functionName", "`slice`", "parameter", "`length`", "length", length));
        }
        int from = start > 0 ? start - 1 : list.size() + start;
        return from < 0 || from >= list.size()
                ? List.of()
                : new ArrayList<>(
                        list.subList(from, (int) Math.min(list.size(), (long) from + length)));
    }

    private static List<FunctionEntry> sets() {
        return List.of(
                define(
                                G,
                                "array_distinct(array)",
                                "The elements without repetitions.",
                                "array_distinct(array(1, 2, 3, NULL, 3))",
                                "[1,2,3,null]")
                        .takes(ArgType.ARRAY)
                        .computedBy((a, s) -> {
                            Set<@Nullable Object> seen = new HashSet<>();
                            return chosen(
                                    ArrayFunctions.list(a[0]),
                                    item -> seen.add(Values.hashKey(item)));
                        }),
                define(
                                G,
                                "array_union(a, b)",
                                "The elements of both arrays without repetitions.",
                                "array_union(array(1, 2, 3), array(1, 3, 5))",
                                "[1,2,3,5]")
                        .takes(ArgType.ARRAY, ArgType.ARRAY)
                        .prepared(ArrayShaping::pair)
                        .returns(call -> CommonTypes.of(call.args()).orElse(call.type(0)))
                        .computedBy((a, s) -> {
                            Set<@Nullable Object> seen = new HashSet<>();
                            List<@Nullable Object> all = new ArrayList<>();
                            for (Object array : a) {
                                all.addAll(
                                        chosen(
                                                ArrayFunctions.list(array),
                                                item -> seen.add(Values.hashKey(item))));
                            }
                            return all;
                        }),
                define(
                                G,
                                "array_intersect(a, b)",
                                "The elements that both arrays hold, without repetitions.",
                                "array_intersect(array(1, 2, 3), array(1, 3, 5))",
                                "[1,3]")
                        .takes(ArgType.ARRAY, ArgType.ARRAY)
                        .prepared(ArrayShaping::pair)
                        .computedBy((a, s) -> {
                            Set<@Nullable Object> left = keys(ArrayFunctions.list(a[1]));
                            return chosen(
                                    ArrayFunctions.list(a[0]),
                                    item -> left.remove(Values.hashKey(item)));
                        }),
                define(
                                G,
                                "array_except(a, b)",
                                "The elements of the first array that the second does not hold, without repetitions.",
                                "array_except(array(1, 2, 3), array(1, 3, 5))",
                                "[2]")
                        .takes(ArgType.ARRAY, ArgType.ARRAY)
                        .prepared(ArrayShaping::pair)
                        .computedBy((a, s) -> {
                            Set<@Nullable Object> seen = keys(ArrayFunctions.list(a[1]));
                            return chosen(
                                    ArrayFunctions.list(a[0]),
                                    item -> seen.add(Values.hashKey(item)));
                        }),
                define(
                                G,
                                "array_compact(array)",
                                "The array without its NULLs.",
                                "array_compact(array(1, 2, 3, NULL))",
                                "[1,2,3]")
                        .takes(ArgType.ARRAY)
                        .returns(call -> new DataType.Array(ArrayFunctions.element(call), false))
                        .computedBy(
                                (a, s) -> chosen(ArrayFunctions.list(a[0]), item -> item != null)));
    }

    /// Which elements are kept, asked in order.
    @FunctionalInterface
    private interface Choice {
        boolean keeps(@Nullable Object item);
    }

    private static List<@Nullable Object> chosen(List<?> list, Choice choice) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : list) {
            if (choice.keeps(item)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Set<@Nullable Object> keys(List<?> list) {
        Set<@Nullable Object> keys = new HashSet<>();
        list.forEach(item -> keys.add(Values.hashKey(item)));
        return keys;
    }

    private static List<FunctionEntry> joints() {
        return List.of(
                define(
                                G,
                                "array_join(array, separator[, forNull])",
                                "The elements as text with a separator between them.",
                                "array_join(array('hello', 'world'), ' ')",
                                "hello world")
                        .takes(ArgType.ARRAY, ArgType.STRING)
                        .maybe(ArgType.STRING)
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> {
                            List<String> parts = new ArrayList<>();
                            DataType element = ((DataType.Array) s.argTypes().getFirst()).element();
                            for (Object item : ArrayFunctions.list(a[0])) {
                                if (item != null) {
                                    parts.add(CastText.of(item, element, s.zone()));
                                } else if (a.length > 2) {
                                    parts.add(String.valueOf(a[2]));
                                }
                            }
                            return String.join((String) a[1], parts);
                        }),
                define(
                                G,
                                "flatten(arrays)",
                                "An array of arrays as one array.",
                                "flatten(array(array(1, 2), array(3, 4)))",
                                "[1,2,3,4]")
                        .takes(ArgType.ARRAY)
                        .prepared(call -> {
                            boolean nested =
                                    call.type(0) instanceof DataType.Array(var element, var nulls)
                                            && element instanceof DataType.Array;
                            if (!nested) {
                                throw call.unexpected(0, "ARRAY\" of \"ARRAY");
                            }
                            return call;
                        })
                        .returns(ArrayFunctions::element)
                        .nullable()
                        .computedBy((a, s) -> {
                            List<@Nullable Object> all = new ArrayList<>();
                            for (Object item : ArrayFunctions.list(a[0])) {
                                if (!(item instanceof List<?> list)) {
                                    return null;
                                }
                                all.addAll(list);
                            }
                            return all;
                        }),
                define(
                                G,
                                "arrays_zip(a, b, …)",
                                "An array of structs: the n-th holds the n-th elements of all arrays.",
                                "arrays_zip(array(1, 2), array('a'))",
                                "[{\"0\":1,\"1\":\"a\"},{\"0\":2,\"1\":null}]")
                        .andMore(ArgType.ARRAY)
                        .returns(ArrayShaping::zippedType)
                        .computedBy((a, s) -> zipped(a)));
    }

    private static DataType zippedType(FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            String name = CollectionFunctions.fieldName(call.arg(i), String.valueOf(i));
            fields.add(new Field(name, ((DataType.Array) call.type(i)).element(), true));
        }
        return new DataType.Array(new DataType.Struct(fields), false);
    }

    private static Object zipped(@Nullable Object[] arrays) {
        int longest = 0;
        for (Object array : arrays) {
            longest = Math.max(longest, ArrayFunctions.list(array).size());
        }
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < longest; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Object array : arrays) {
                List<?> list = ArrayFunctions.list(array);
                row.add(i < list.size() ? list.get(i) : null);
            }
            rows.add(row);
        }
        return rows;
    }
}
