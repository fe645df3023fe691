package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.LambdaValue;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions of maps that take a function.
final class MapLambdas {
    private static final String G = HigherOrderFunctions.G;

    private MapLambdas() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "transform_keys(map, function)",
                                "The map with the keys that the function gives for key and value.",
                                "transform_keys(map(1, 'a', 2, 'b'), (k, v) -> k + 1)",
                                "{2:\"a\",3:\"b\"}")
                        .takes(ArgType.MAP, ArgType.ANY)
                        .prepared(MapLambdas::ofEntries)
                        .returns(call -> {
                            MapFunctions.checkKey(call, call.type(1));
                            DataType.MapOf map = MapFunctions.type(call, 0);
                            return new DataType.MapOf(
                                    call.type(1), map.value(), map.valueContainsNull());
                        })
                        .fails()
                        .computedBy((a, s) -> {
                            LambdaValue function = HigherOrderFunctions.lambda(a[1]);
                            MapFunctions.Builder builder = new MapFunctions.Builder();
                            MapFunctions.map(a[0])
                                    .forEach((k, v) -> builder.put(function.apply(k, v), v));
                            return builder.map();
                        }),
                define(
                                G,
                                "transform_values(map, function)",
                                "The map with the values that the function gives for key and value.",
                                "transform_values(map(1, 10, 2, 20), (k, v) -> k + v)",
                                "{1:11,2:22}")
                        .takes(ArgType.MAP, ArgType.ANY)
                        .prepared(MapLambdas::ofEntries)
                        .returns(call ->
                                new DataType.MapOf(
                                        MapFunctions.type(call, 0).key(),
                                        call.type(1),
                                        HigherOrderFunctions.body(call, 1).nullable()))
                        .computedBy((a, s) -> {
                            LambdaValue function = HigherOrderFunctions.lambda(a[1]);
                            MapFunctions.Builder builder = new MapFunctions.Builder();
                            MapFunctions.map(a[0])
                                    .forEach((k, v) -> builder.put(k, function.apply(k, v)));
                            return builder.map();
                        }),
                define(
                                G,
                                "map_filter(map, function)",
                                "The entries for which the function of key and value holds.",
                                "map_filter(map(1, 0, 2, 2), (k, v) -> k > v)",
                                "{1:0}")
                        .takes(ArgType.MAP, ArgType.ANY)
                        .prepared(call -> HigherOrderFunctions.predicate(ofEntries(call), 1))
                        .computedBy((a, s) -> {
                            LambdaValue function = HigherOrderFunctions.lambda(a[1]);
                            MapFunctions.Builder builder = new MapFunctions.Builder();
                            MapFunctions.map(a[0])
                                    .forEach((k, v) -> {
                                        if (Boolean.TRUE.equals(function.apply(k, v))) {
                                            builder.put(k, v);
                                        }
                                    });
                            return builder.map();
                        }),
                define(
                                G,
                                "map_zip_with(a, b, function)",
                                "For each key of two maps, what the function gives for it and the values of both.",
                                "map_zip_with(map(1, 'a'), map(1, 'x'), (k, v1, v2) -> concat(v1, v2))",
                                "{1:\"ax\"}")
                        .takes(ArgType.MAP, ArgType.MAP, ArgType.ANY)
                        .prepared(MapLambdas::zipping)
                        .returns(call ->
                                new DataType.MapOf(
                                        MapFunctions.type(call, 0).key(),
                                        call.type(2),
                                        HigherOrderFunctions.body(call, 2).nullable()))
                        .computedBy((a, s) -> zipped(a)));
    }

    private static DataType.MapOf map(FunctionCall call, int index) {
        return switch (call.type(index)) {
            case DataType.MapOf map -> map;
            case DataType.Simple.NULL -> new DataType.MapOf(DataType.NULL, DataType.NULL, true);
            default -> throw call.unexpected(index, "MAP");
        };
    }

    private static FunctionCall ofEntries(FunctionCall call) {
        DataType.MapOf map = map(call, 0);
        return call.withArg(
                1,
                call.lambda(
                        1,
                        new Field("k", map.key(), false),
                        new Field("v", map.value(), map.valueContainsNull())));
    }

    private static FunctionCall zipping(FunctionCall call) {
        DataType.MapOf left = map(call, 0);
        DataType.MapOf right = map(call, 1);
        DataType key =
                ArrayFunctions.alike(left.key(), right.key())
                        .orElseThrow(() ->
                                ArrayFunctions.differing(
                                        call,
                                        ErrorCode.DATATYPE_MISMATCH__MAP_ZIP_WITH_DIFF_TYPES,
                                        0,
                                        1));
        DataType a = new DataType.MapOf(key, left.value(), left.valueContainsNull());
        DataType b = new DataType.MapOf(key, right.value(), right.valueContainsNull());
        return call.withArg(0, CommonTypes.cast(call.arg(0), a, call.mode()))
                .withArg(1, CommonTypes.cast(call.arg(1), b, call.mode()))
                .withArg(
                        2,
                        call.lambda(
                                2,
                                new Field("k", key, false),
                                new Field("v1", left.value(), true),
                                new Field("v2", right.value(), true)));
    }

    private static Object zipped(@Nullable Object[] a) {
        Map<?, ?> left = MapFunctions.map(a[0]);
        Map<?, ?> right = MapFunctions.map(a[1]);
        List<@Nullable Object> keys = new ArrayList<>(left.keySet());
        keys.addAll(right.keySet());
        Set<@Nullable Object> seen = new HashSet<>();
        MapFunctions.Builder builder = new MapFunctions.Builder();
        for (Object key : keys) {
            if (seen.add(Values.hashKey(key))) {
                builder.put(
                        key,
                        HigherOrderFunctions.lambda(a[2])
                                .apply(key, left.get(key), right.get(key)));
            }
        }
        return builder.map();
    }
}
