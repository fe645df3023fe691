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
import java.util.List;
import java.util.Map;
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
                        .prepared(CollectionFunctions::mapped)
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
                        }));
    }

    /// Keys brought to their common type, and values to theirs.
    private static FunctionCall mapped(FunctionCall call) {
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
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (int i = 0; i < call.size(); i += 2) {
            keys.add(call.arg(i));
            values.add(call.arg(i + 1));
        }
        keys = alike(call, keys, ErrorCode.DATATYPE_MISMATCH__CREATE_MAP_KEY_DIFF_TYPES);
        values = alike(call, values, ErrorCode.DATATYPE_MISMATCH__CREATE_MAP_VALUE_DIFF_TYPES);
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(keys.get(i));
            all.add(values.get(i));
        }
        return call.withArgs(all);
    }

    private static List<Expr> alike(FunctionCall call, List<Expr> exprs, ErrorCode otherwise) {
        DataType type =
                CommonTypes.of(exprs)
                        .orElseThrow(() ->
                                new EngineException(
                                        otherwise,
                                        Map.of(
                                                "functionName",
                                                "`map`",
                                                "dataType",
                                                exprs.stream()
                                                        .map(e -> "\"" + e.type().sql() + "\"")
                                                        .toList()),
                                        call.where()));
        return exprs.stream().map(e -> CommonTypes.cast(e, type, call.mode())).toList();
    }

    private static DataType mapType(FunctionCall call) {
        if (call.size() == 0) {
            return new DataType.MapOf(DataType.NULL, DataType.NULL, false);
        }
        boolean nulls = false;
        for (int i = 1; i < call.size(); i += 2) {
            nulls |= call.arg(i).nullable();
        }
        MapFunctions.checkKey(call, call.type(0));
        return new DataType.MapOf(call.type(0), call.type(1), nulls);
    }

    private static Object mapOf(@Nullable Object[] args) {
        MapFunctions.Builder map = new MapFunctions.Builder();
        for (int i = 0; i + 1 < args.length; i += 2) {
            map.put(args[i], args[i + 1]);
        }
        return map.map();
    }

    /// What a value is called that becomes a struct's field.
    static String fieldName(Expr value, String otherwise) {
        return switch (value) {
            case Expr.Attribute a -> a.name();
            case Expr.Alias a -> a.name();
            case Expr.GetField g -> g.name();
            case Expr.LambdaVariable v -> v.name();
            default -> otherwise;
        };
    }

    private static DataType structType(FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            String name = fieldName(call.arg(i), "col" + (i + 1));
            fields.add(new Field(name, call.type(i), call.arg(i).nullable()));
        }
        return new DataType.Struct(fields);
    }

    private static DataType namedStructType(FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < call.size(); i += 2) {
            if (!(call.arg(i) instanceof Expr.Literal(String name, var type))) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING,
                        Map.of("inputExprs", "\"" + call.arg(i).sql() + "\""),
                        call.where());
            }
            fields.add(new Field(name, call.type(i + 1), call.arg(i + 1).nullable()));
        }
        return new DataType.Struct(fields);
    }

    private static FunctionCall collection(FunctionCall call) {
        if (call.type(0) == DataType.NULL) {
            return call;
        }
        element(call);
        return call;
    }

    /// Outside ANSI mode NULL has the size -1.
    private static @Nullable Object size(@Nullable Object[] a, CallSite site) {
        return switch (a[0]) {
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> site.mode() == EvalMode.LEGACY ? -1 : null;
        };
    }

    private static DataType element(FunctionCall call) {
        return switch (call.type(0)) {
            case DataType.Array(var element, var nulls) -> element;
            case DataType.MapOf(var key, var value, var nulls) -> value;
            default -> throw call.unexpected(0, "ARRAY\" or \"MAP");
        };
    }

    /// The index of an array as INT, or the key of a map as its keys' type.
    private static FunctionCall indexed(FunctionCall call) {
        if (call.type(0) == DataType.NULL) {
            return call.withArg(0, Expr.Literal.nullOf(new DataType.Array(DataType.NULL, true)));
        }
        if (call.type(0) instanceof DataType.MapOf(var key, var value, var nulls)) {
            DataType wanted = call.type(1);
            DataType common =
                    wanted == DataType.STRING || key == DataType.STRING
                            ? wanted.isNested() || key.isNested() ? wanted : key
                            : CommonTypes.of(key, wanted).orElse(wanted);
            if (!common.equals(key) && !(common.isNumeric() && key.isNumeric())) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__MAP_FUNCTION_DIFF_TYPES,
                        Map.of(
                                "functionName", "`" + call.name() + "`",
                                "leftType", "\"" + call.type(0).sql() + "\"",
                                "rightType", "\"" + wanted.sql() + "\""),
                        call.where());
            }
            FunctionCall typed =
                    call.withArg(1, CommonTypes.cast(call.arg(1), common, call.mode()));
            return typed.withArg(
                    0,
                    CommonTypes.cast(
                            call.arg(0), new DataType.MapOf(common, value, nulls), call.mode()));
        }
        if (call.type(0) instanceof DataType.Array && !call.type(1).isIntegral()) {
            return call.withArg(1, call.as(1, ArgType.INT));
        }
        return call;
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
                        .prepared(CollectionFunctions::collection)
                        .returns(DataType.INT)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy(CollectionFunctions::size)
                        .alsoNamed("cardinality"),
                define(
                                G,
                                "array_size(array)",
                                "Number of elements of an array.",
                                "array_size(array('b', 'd', 'c', 'a'))",
                                "4")
                        .takes(ArgType.ARRAY)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> ((List<?>) a[0]).size()),
                define(
                                G,
                                "element_at(x, index)",
                                "The element of an array at an index from 1, or the value of a map's key.",
                                "element_at(array(1, 2, 3), 2)",
                                "2")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .prepared(CollectionFunctions::indexed)
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> elementAt(a[0], a[1], s, 1)),
                define(
                                G,
                                "try_element_at(x, index)",
                                "As element_at, with NULL for an index outside.",
                                "try_element_at(array(1, 2, 3), 4)",
                                "NULL")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .prepared(call -> indexed(call).withMode(EvalMode.TRY))
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
                        .prepared(CollectionFunctions::indexed)
                        .returns(CollectionFunctions::element)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> elementAt(a[0], a[1], s, 0)));
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
}
