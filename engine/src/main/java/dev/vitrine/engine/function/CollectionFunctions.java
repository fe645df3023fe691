package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions of arrays, maps and structs, and concat, which joins strings, binaries and arrays.
final class CollectionFunctions {
    private static final String G = "collection";
    private static final ScalarDefinition.Nullability NEVER = ScalarDefinition.Nullability.NEVER;
    private static final DataType NO_ELEMENTS = new DataType.Array(DataType.NULL, true);

    private static final FunctionEntry CONCAT_TEXT =
            define(
                            "string",
                            "concat(a, b, …)",
                            "The arguments, strings, binaries or arrays, one after the other.",
                            "concat('Spark', 'SQL')",
                            "SparkSQL")
                    .andMore(ArgType.ANY)
                    .computedBy((a, s) -> joined(a));

    private CollectionFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.add(
                new FunctionEntry(
                        "concat",
                        List.of(),
                        FunctionKind.SCALAR,
                        "string",
                        CONCAT_TEXT.signature(),
                        CONCAT_TEXT.doc(),
                        CONCAT_TEXT.example(),
                        CONCAT_TEXT.result(),
                        CollectionFunctions::concat));
        all.addAll(makers());
        all.addAll(readers());
        all.addAll(reshaping());
        return all;
    }

    static Expr concat(FunctionCall call) {
        if (call.size() == 0) {
            return Expr.Literal.of("");
        }
        boolean plain = call.args().stream().noneMatch(arg -> arg.type().isNested());
        boolean bytes =
                plain && call.args().stream().allMatch(arg -> arg.type() == DataType.BINARY);
        FunctionCall ready =
                plain && !bytes
                        ? call.withArgs(
                                call.args().stream()
                                        .map(arg ->
                                                CommonTypes.cast(arg, DataType.STRING, call.mode()))
                                        .toList())
                        : call.withArgs(call.common());
        // `a || b || c` is one call, however long.
        List<Expr> flat = new ArrayList<>();
        for (Expr arg : ready.args()) {
            if (arg instanceof Expr.Call(var function, var args, var type, var mode)
                    && function.name().equals("concat")
                    && call.name().equals("||")) {
                flat.addAll(args);
            } else {
                flat.add(arg);
            }
        }
        return CONCAT_TEXT.resolver().resolve(ready.withArgs(flat));
    }

    private static @Nullable Object joined(@Nullable Object[] args) {
        return switch (args[0]) {
            case List<?> first -> {
                List<@Nullable Object> all = new ArrayList<>();
                for (Object arg : args) {
                    if (arg instanceof List<?> list) {
                        all.addAll(list);
                    }
                }
                yield all;
            }
            case Binary first -> {
                byte[] bytes = first.toBytes();
                for (int i = 1; i < args.length; i++) {
                    byte[] more = StringFunctions.bytes(args[i]);
                    bytes = Arrays.copyOf(bytes, bytes.length + more.length);
                    System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
                }
                yield Binary.copyOf(bytes);
            }
            case null, default -> {
                StringBuilder text = new StringBuilder();
                for (Object arg : args) {
                    text.append(arg);
                }
                yield text.toString();
            }
        };
    }

    private static List<FunctionEntry> makers() {
        return List.of(
                define(
                                G,
                                "array(a, b, …)",
                                "An array of the arguments.",
                                "array(1, 2, 3)",
                                "[1,2,3]")
                        .andMore(ArgType.ANY)
                        .ofCommonType()
                        .returns(call ->
                                call.size() == 0
                                        ? NO_ELEMENTS
                                        : new DataType.Array(
                                                call.type(0),
                                                call.args().stream().anyMatch(Expr::nullable)))
                        .seesNulls(NEVER)
                        .computedBy(
                                (a, s) -> Collections.unmodifiableList(Arrays.asList(a.clone()))),
                define(
                                G,
                                "map(key, value, …)",
                                "A map of keys and values in turn.",
                                "map(1.0, '2', 3.0, '4')",
                                "{1.0:\"2\",3.0:\"4\"}")
                        .andMore(ArgType.ANY)
                        .returns(CollectionFunctions::mapType)
                        .seesNulls(NEVER)
                        .fails()
                        .computedBy((a, s) -> mapOf(a)),
                define(
                                G,
                                "struct(a, b, …)",
                                "A struct of the arguments, whose names become the fields'.",
                                "struct(1, 2)",
                                "{\"col1\":1,\"col2\":2}")
                        .andMore(ArgType.ANY)
                        .returns(CollectionFunctions::structType)
                        .seesNulls(NEVER)
                        .computedBy(
                                (a, s) -> Collections.unmodifiableList(Arrays.asList(a.clone()))),
                define(
                                G,
                                "named_struct(name, value, …)",
                                "A struct of names and values in turn.",
                                "named_struct('a', 1, 'b', 2)",
                                "{\"a\":1,\"b\":2}")
                        .andMore(ArgType.ANY)
                        .returns(CollectionFunctions::namedStructType)
                        .seesNulls(NEVER)
                        .computedBy((a, s) -> {
                            List<@Nullable Object> values = new ArrayList<>();
                            for (int i = 1; i < a.length; i += 2) {
                                values.add(a[i]);
                            }
                            return values;
                        }),
                define(
                                G,
                                "sequence(start, stop[, step])",
                                "Whole numbers from start to stop, both included.",
                                "sequence(1, 5)",
                                "[1,2,3,4,5]")
                        .takes(ArgType.INTEGRAL, ArgType.INTEGRAL)
                        .maybe(ArgType.INTEGRAL)
                        .ofCommonType()
                        .returns(call -> new DataType.Array(call.type(0), false))
                        .fails()
                        .computedBy(CollectionFunctions::sequence));
    }

    private static DataType mapType(FunctionCall call) {
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (int i = 0; i + 1 < call.size(); i += 2) {
            keys.add(call.arg(i));
            values.add(call.arg(i + 1));
        }
        if (call.size() % 2 != 0) {
            throw new EngineException(
                    ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                    Map.of(
                            "functionName",
                            "`map`",
                            "expectedNum",
                            "2n (n >= 0)",
                            "actualNum",
                            call.size()),
                    call.where());
        }
        DataType key = CommonTypes.of(keys).orElseThrow(() -> call.differing(keys));
        DataType value = CommonTypes.of(values).orElseThrow(() -> call.differing(values));
        boolean same =
                keys.stream().allMatch(k -> k.type().equals(key))
                        && values.stream()
                                .allMatch(v -> v.type().equals(value) || v.type() == DataType.NULL);
        if (!same) {
            throw call.differing(call.args());
        }
        return new DataType.MapOf(key, value, values.stream().anyMatch(Expr::nullable));
    }

    private static Object mapOf(@Nullable Object[] args) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (args[i] == null) {
                throw new EngineException(ErrorCode.NULL_MAP_KEY, Map.of());
            }
            if (map.containsKey(args[i])) {
                throw new EngineException(
                        ErrorCode.DUPLICATED_MAP_KEY, Map.of("key", String.valueOf(args[i])));
            }
            map.put(args[i], args[i + 1]);
        }
        return map;
    }

    private static DataType structType(FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            String name =
                    switch (call.arg(i)) {
                        case Expr.Attribute a -> a.name();
                        case Expr.Alias a -> a.name();
                        case Expr.GetField g -> g.name();
                        default -> "col" + (i + 1);
                    };
            fields.add(new Field(name, call.type(i), call.arg(i).nullable()));
        }
        return new DataType.Struct(fields);
    }

    private static DataType namedStructType(FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < call.size(); i += 2) {
            if (!(call.arg(i) instanceof Expr.Literal(String name, var type))) {
                throw call.invalidParameter("name", call.arg(i).sql(), "a constant string");
            }
            fields.add(new Field(name, call.type(i + 1), call.arg(i + 1).nullable()));
        }
        return new DataType.Struct(fields);
    }

    private static Object sequence(@Nullable Object[] args, CallSite site) {
        long start = args[0] instanceof Number n ? n.longValue() : 0;
        long stop = args[1] instanceof Number n ? n.longValue() : 0;
        long step =
                args.length > 2 && args[2] instanceof Number n
                        ? n.longValue()
                        : start <= stop ? 1 : -1;
        if (step == 0 || (step > 0 && start > stop) || (step < 0 && start < stop)) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName",
                            "`sequence`",
                            "parameter",
                            "`step`",
                            "invalidValue",
                            step,
                            "expected",
                            "a step from start towards stop"));
        }
        DataType element = ((DataType.Array) site.type()).element();
        List<Object> list = new ArrayList<>();
        for (long n = start; step > 0 ? n <= stop : n >= stop; n += step) {
            list.add(NumberOperations.box(n, element));
        }
        return list;
    }

    private static DataType element(FunctionCall call) {
        return switch (call.type(0)) {
            case DataType.Array(var element, var nulls) -> element;
            case DataType.MapOf(var key, var value, var nulls) -> value;
            default -> throw call.unexpected(0, "ARRAY or MAP");
        };
    }

    private static List<FunctionEntry> readers() {
        return List.of(
                define(
                                G,
                                "size(x)",
                                "Number of elements of an array or map.",
                                "size(array('b', 'd', 'c', 'a'))",
                                "4")
                        .takes(ArgType.ANY)
                        .returns(call -> {
                            element(call);
                            return DataType.INT;
                        })
                        .computedBy((a, s) ->
                                a[0] instanceof List<?> list
                                        ? list.size()
                                        : ((Map<?, ?>) a[0]).size())
                        .alsoNamed("cardinality", "array_size"),
                define(
                                G,
                                "element_at(x, index)",
                                "The element of an array at an index from 1, or the value of a map's key.",
                                "element_at(array(1, 2, 3), 2)",
                                "2")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> elementAt(a[0], a[1], s, 1)),
                define(
                                G,
                                "get(array, index)",
                                "The element of an array at an index from 0; NULL outside.",
                                "get(array(1, 2, 3), 0)",
                                "1")
                        .takes(ArgType.ARRAY, ArgType.INT)
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .computedBy((a, s) ->
                                a[0] instanceof List<?> list
                                                && (Integer) a[1] >= 0
                                                && (Integer) a[1] < list.size()
                                        ? list.get((Integer) a[1])
                                        : null),
                define(
                                G,
                                "[](x, index)",
                                "The element of an array at an index from 0, or the value of a map's key.",
                                "",
                                "")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> elementAt(a[0], a[1], s, 0)),
                define(
                                G,
                                "array_contains(array, value)",
                                "Whether the array holds the value.",
                                "array_contains(array(1, 2, 3), 2)",
                                "true")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .returns(DataType.BOOLEAN)
                        .nullable()
                        .computedBy((a, s) -> contains((List<?>) a[0], a[1])),
                define(
                                G,
                                "array_position(array, value)",
                                "Index from 1 of the value's first occurrence, or 0.",
                                "array_position(array(3, 2, 1), 1)",
                                "3")
                        .takes(ArgType.ARRAY, ArgType.ANY)
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            long at = 0;
                            for (Object item : (List<?>) a[0]) {
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
                                "map_keys(map)",
                                "The map's keys.",
                                "map_keys(map(1, 'a', 2, 'b'))",
                                "[1,2]")
                        .takes(ArgType.MAP)
                        .returns(call ->
                                new DataType.Array(((DataType.MapOf) call.type(0)).key(), false))
                        .computedBy((a, s) -> new ArrayList<>(((Map<?, ?>) a[0]).keySet())),
                define(
                                G,
                                "map_values(map)",
                                "The map's values.",
                                "map_values(map(1, 'a', 2, 'b'))",
                                "[\"a\",\"b\"]")
                        .takes(ArgType.MAP)
                        .returns(call ->
                                new DataType.Array(
                                        ((DataType.MapOf) call.type(0)).value(),
                                        ((DataType.MapOf) call.type(0)).valueContainsNull()))
                        .computedBy((a, s) -> new ArrayList<>(((Map<?, ?>) a[0]).values())));
    }

    private static FunctionEntry extreme(
            String name, String doc, String example, String result, int sign) {
        return define(G, name + "(array)", doc, example, result)
                .takes(ArgType.ARRAY)
                .returns(CollectionFunctions::element)
                .nullable()
                .computedBy((a, s) -> {
                    Object best = null;
                    for (Object item : (List<?>) a[0]) {
                        if (item != null
                                && (best == null || sign * Values.compare(item, best) > 0)) {
                            best = item;
                        }
                    }
                    return best;
                });
    }

    private static @Nullable Object elementAt(
            @Nullable Object container, @Nullable Object index, CallSite site, int base) {
        if (container instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (index != null && Values.compare(entry.getKey(), index) == 0) {
                    return entry.getValue();
                }
            }
            return null;
        }
        List<?> list = (List<?>) container;
        if (list == null || !(index instanceof Number number)) {
            return null;
        }
        long at = number.longValue();
        if (base == 1 && at == 0) {
            throw new EngineException(ErrorCode.INVALID_INDEX_OF_ZERO, Map.of());
        }
        long position = base == 1 ? (at > 0 ? at - 1 : list.size() + at) : at;
        if (position >= 0 && position < list.size()) {
            return list.get((int) position);
        }
        if (site.mode() == EvalMode.ANSI) {
            throw new EngineException(
                    base == 1
                            ? ErrorCode.INVALID_ARRAY_INDEX_IN_ELEMENT_AT
                            : ErrorCode.INVALID_ARRAY_INDEX,
                    Map.of("indexValue", at, "arraySize", list.size()));
        }
        return null;
    }

    private static @Nullable Object contains(@Nullable List<?> list, @Nullable Object value) {
        boolean unknown = false;
        if (list != null && value != null) {
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

    private static List<FunctionEntry> reshaping() {
        return List.of(
                define(
                                G,
                                "sort_array(array[, ascending])",
                                "The elements in order, NULLs first where ascending.",
                                "sort_array(array('b', 'd', NULL, 'c', 'a'), true)",
                                "[null,\"a\",\"b\",\"c\",\"d\"]")
                        .takes(ArgType.ARRAY)
                        .maybe(ArgType.BOOLEAN)
                        .computedBy((a, s) ->
                                sorted((List<?>) a[0], a.length < 2 || (Boolean) a[1], true)),
                define(
                                G,
                                "array_sort(array)",
                                "The elements in ascending order, NULLs last.",
                                "array_sort(array(5, 6, 1))",
                                "[1,5,6]")
                        .takes(ArgType.ARRAY)
                        .computedBy((a, s) -> sorted((List<?>) a[0], true, false)),
                define(
                                G,
                                "array_distinct(array)",
                                "The elements without repetitions.",
                                "array_distinct(array(1, 2, 3, NULL, 3))",
                                "[1,2,3,null]")
                        .takes(ArgType.ARRAY)
                        .computedBy((a, s) -> {
                            Set<@Nullable Object> seen = new HashSet<>();
                            List<@Nullable Object> kept = new ArrayList<>();
                            for (Object item : (List<?>) a[0]) {
                                if (seen.add(Values.hashKey(item))) {
                                    kept.add(item);
                                }
                            }
                            return kept;
                        }),
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
                            for (Object item : (List<?>) a[0]) {
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
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .computedBy((a, s) -> {
                            List<@Nullable Object> all = new ArrayList<>();
                            for (Object item : (List<?>) a[0]) {
                                if (!(item instanceof List<?> list)) {
                                    return null;
                                }
                                all.addAll(list);
                            }
                            return all;
                        }),
                define(
                                G,
                                "slice(array, start, length)",
                                "A part of an array; a negative start counts from the end.",
                                "slice(array(1, 2, 3, 4), 2, 2)",
                                "[2,3]")
                        .takes(ArgType.ARRAY, ArgType.INT, ArgType.INT)
                        .fails()
                        .computedBy((a, s) -> {
                            List<?> list = (List<?>) a[0];
                            int start = (Integer) a[1];
                            int length = (Integer) a[2];
                            if (start == 0 || length < 0) {
                                throw new EngineException(
                                        ErrorCode.INVALID_PARAMETER_VALUE,
                                        Map.of(
                                                "functionName",
                                                "`slice`",
                                                "parameter",
                                                start == 0 ? "`start`" : "`length`",
                                                "invalidValue",
                                                start == 0 ? start : length,
                                                "expected",
                                                "a start that is not 0 and a length that is not negative"));
                            }
                            int from = start > 0 ? start - 1 : list.size() + start;
                            return from < 0 || from >= list.size()
                                    ? List.of()
                                    : new ArrayList<>(
                                            list.subList(
                                                    from,
                                                    (int)
                                                            Math.min(
                                                                    list.size(),
                                                                    (long) from + length)));
                        }));
    }

    private static Object sorted(List<?> list, boolean ascending, boolean nullsLow) {
        Comparator<Object> order = Values::compare;
        Comparator<Object> directed = ascending ? order : order.reversed();
        List<@Nullable Object> copy = new ArrayList<>(list);
        copy.sort(
                ascending == nullsLow
                        ? Comparator.nullsFirst(directed)
                        : Comparator.nullsLast(directed));
        return copy;
    }
}
