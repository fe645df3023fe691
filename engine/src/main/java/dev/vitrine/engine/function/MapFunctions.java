package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions of maps. The order of entries is that in which they were put in.
final class MapFunctions {
    private static final String G = "map";

    private MapFunctions() {}

    /// A map being put together: no NULL keys, no key twice.
    static final class Builder {
        private final Set<@Nullable Object> seen = new HashSet<>();
        private final Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();

        void put(@Nullable Object key, @Nullable Object value) {
            if (key == null) {
                throw new EngineException(ErrorCode.NULL_MAP_KEY, Map.of());
            }
            if (!seen.add(Values.hashKey(key))) {
                throw new EngineException(
                        ErrorCode.DUPLICATED_MAP_KEY, Map.of("key", String.valueOf(key)));
            }
            map.put(Values.hashKey(key), value);
        }

        Map<@Nullable Object, @Nullable Object> map() {
            return map;
        }
    }

    /// @throws EngineException INVALID_MAP_KEY_TYPE where maps would be keys
    static void checkKey(FunctionCall call, DataType key) {
        if (hasMap(key)) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_MAP_KEY_TYPE,
                    Map.of("keyType", "\"" + key.sql() + "\""),
                    call.where());
        }
    }

    static boolean hasMap(DataType type) {
        return switch (type) {
            case DataType.MapOf map -> true;
            case DataType.Array(var element, var nulls) -> hasMap(element);
            case DataType.Struct(var fields) -> fields.stream().anyMatch(f -> hasMap(f.type()));
            default -> false;
        };
    }

    static DataType.MapOf type(FunctionCall call, int index) {
        return (DataType.MapOf) call.type(index);
    }

    /// An argument that is a map: NULL never gets here.
    static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(parts());
        all.addAll(makers());
        return all;
    }

    private static List<FunctionEntry> parts() {
        return List.of(
                define(
                                G,
                                "map_keys(map)",
                                "The map's keys.",
                                "map_keys(map(1, 'a', 2, 'b'))",
                                "[1,2]")
                        .takes(ArgType.MAP)
                        .returns(call -> new DataType.Array(type(call, 0).key(), false))
                        .computedBy((a, s) -> new ArrayList<>(map(a[0]).keySet())),
                define(
                                G,
                                "map_values(map)",
                                "The map's values.",
                                "map_values(map(1, 'a', 2, 'b'))",
                                "[\"a\",\"b\"]")
                        .takes(ArgType.MAP)
                        .returns(call ->
                                new DataType.Array(
                                        type(call, 0).value(), type(call, 0).valueContainsNull()))
                        .computedBy((a, s) -> new ArrayList<>(map(a[0]).values())),
                define(
                                G,
                                "map_entries(map)",
                                "The map's entries as structs of key and value.",
                                "map_entries(map(1, 'a'))",
                                "[{\"key\":1,\"value\":\"a\"}]")
                        .takes(ArgType.MAP)
                        .returns(call -> new DataType.Array(entryType(type(call, 0)), false))
                        .computedBy((a, s) -> {
                            List<Object> entries = new ArrayList<>();
                            map(a[0])
                                    .forEach(
                                            (key, value) -> entries.add(Arrays.asList(key, value)));
                            return entries;
                        }),
                define(
                                G,
                                "map_contains_key(map, key)",
                                "Whether the map has the key.",
                                "map_contains_key(map(1, 'a', 2, 'b'), 1)",
                                "true")
                        .takes(ArgType.MAP, ArgType.ANY)
                        .prepared(MapFunctions::keyed)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> map(a[0]).containsKey(Values.hashKey(a[1]))));
    }

    /// Map and key brought to one type of key.
    private static FunctionCall keyed(FunctionCall call) {
        if (!(call.type(0) instanceof DataType.MapOf(var key, var value, var nulls))) {
            if (call.type(0) == DataType.NULL) {
                return call;
            }
            throw call.unexpected(0, "MAP");
        }
        if (call.type(1) == DataType.NULL) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__NULL_TYPE,
                    Map.of("functionName", "`" + call.name() + "`"),
                    call.where());
        }
        DataType common =
                ArrayFunctions.alike(key, call.type(1))
                        .orElseThrow(() ->
                                ArrayFunctions.differing(
                                        call,
                                        ErrorCode.DATATYPE_MISMATCH__MAP_FUNCTION_DIFF_TYPES,
                                        0,
                                        1));
        DataType map = new DataType.MapOf(common, value, nulls);
        return call.withArg(0, CommonTypes.cast(call.arg(0), map, call.mode()))
                .withArg(1, CommonTypes.cast(call.arg(1), common, call.mode()));
    }

    private static DataType entryType(DataType.MapOf map) {
        return new DataType.Struct(
                List.of(
                        new Field("key", map.key(), false),
                        new Field("value", map.value(), map.valueContainsNull())));
    }

    private static List<FunctionEntry> makers() {
        return List.of(
                define(
                                G,
                                "map_concat(map, …)",
                                "The entries of all maps; no key may be in two of them.",
                                "map_concat(map(1, 'a'), map(2, 'b'))",
                                "{1:\"a\",2:\"b\"}")
                        .andMore(ArgType.ANY)
                        .prepared(MapFunctions::concatenable)
                        .returns(call ->
                                call.size() == 0
                                        ? new DataType.MapOf(
                                                DataType.STRING, DataType.STRING, false)
                                        : call.type(0))
                        .fails()
                        .computedBy((a, s) -> {
                            Builder builder = new Builder();
                            for (Object map : a) {
                                map(map).forEach(builder::put);
                            }
                            return builder.map();
                        }),
                define(
                                G,
                                "map_from_arrays(keys, values)",
                                "A map of an array of keys and one of values.",
                                "map_from_arrays(array(1, 2), array('a', 'b'))",
                                "{1:\"a\",2:\"b\"}")
                        .takes(ArgType.ARRAY, ArgType.ARRAY)
                        .returns(call -> {
                            DataType.Array keys = (DataType.Array) call.type(0);
                            DataType.Array values = (DataType.Array) call.type(1);
                            checkKey(call, keys.element());
                            return new DataType.MapOf(
                                    keys.element(), values.element(), values.containsNull());
                        })
                        .fails()
                        .computedBy((a, s) -> {
                            List<?> keys = (List<?>) a[0];
                            List<?> values = (List<?>) a[1];
                            if (keys.size() != values.size()) {
                                throw new EngineException(
                                        ErrorCode._LEGACY_ERROR_TEMP_2128, Map.of());
                            }
                            Builder builder = new Builder();
                            for (int i = 0; i < keys.size(); i++) {
                                builder.put(keys.get(i), values.get(i));
                            }
                            return builder.map();
                        }),
                define(
                                G,
                                "map_from_entries(entries)",
                                "A map of an array of structs of key and value.",
                                "map_from_entries(array(struct(1, 'a'), struct(2, 'b')))",
                                "{1:\"a\",2:\"b\"}")
                        .takes(ArgType.ARRAY)
                        .returns(call -> {
                            if (call.type(0)
                                            instanceof
                                            DataType.Array(DataType.Struct(var fields), var nulls)
                                    && fields.size() == 2) {
                                checkKey(call, fields.get(0).type());
                                return new DataType.MapOf(
                                        fields.get(0).type(),
                                        fields.get(1).type(),
                                        fields.get(1).nullable());
                            }
                            throw call.unexpected(0, "ARRAY\" of pair \"STRUCT");
                        })
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> {
                            Builder builder = new Builder();
                            for (Object entry : (List<?>) a[0]) {
                                if (!(entry instanceof List<?> pair)) {
                                    return null;
                                }
                                builder.put(pair.get(0), pair.get(1));
                            }
                            return builder.map();
                        }),
                define(
                                G,
                                "str_to_map(text[, pairSeparator[, keySeparator]])",
                                "A map of text such as a:1,b:2; separators are regular expressions.",
                                "str_to_map('a:1,b:2,c')",
                                "{\"a\":\"1\",\"b\":\"2\",\"c\":null}")
                        .takes(ArgType.STRING)
                        .maybe(ArgType.STRING, ArgType.STRING)
                        .returns(new DataType.MapOf(DataType.STRING, DataType.STRING, true))
                        .fails()
                        .computedBy((a, s) -> {
                            String pairs = a.length > 1 ? (String) a[1] : ",";
                            String keys = a.length > 2 ? (String) a[2] : ":";
                            Builder builder = new Builder();
                            for (Object pair : Regexes.split((String) a[0], pairs, -1)) {
                                List<?> parts = Regexes.split((String) pair, keys, 2);
                                builder.put(parts.get(0), parts.size() > 1 ? parts.get(1) : null);
                            }
                            return builder.map();
                        }));
    }

    private static FunctionCall concatenable(FunctionCall call) {
        for (int i = 0; i < call.size(); i++) {
            boolean map = call.type(i) instanceof DataType.MapOf || call.type(i) == DataType.NULL;
            if (!map) {
                throw differing(call);
            }
        }
        if (call.size() == 0) {
            return call;
        }
        DataType common = DataType.NULL;
        for (Expr arg : call.args()) {
            common = ArrayFunctions.alike(common, arg.type()).orElseThrow(() -> differing(call));
        }
        if (common == DataType.NULL) {
            common = new DataType.MapOf(DataType.STRING, DataType.STRING, true);
        }
        List<Expr> cast = new ArrayList<>();
        for (Expr arg : call.args()) {
            cast.add(CommonTypes.cast(arg, common, call.mode()));
        }
        return call.withArgs(cast);
    }

    private static EngineException differing(FunctionCall call) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__MAP_CONCAT_DIFF_TYPES,
                Map.of(
                        "functionName",
                        "`map_concat`",
                        "dataType",
                        call.args().stream().map(e -> "\"" + e.type().sql() + "\"").toList()),
                call.where());
    }
}
