package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// VARIANTs in files: a group of two binaries, `value` and `metadata`.
final class StoredVariants {
    private static final DataType PAIR =
            new DataType.Struct(
                    List.of(
                            new Field("value", DataType.BINARY, false),
                            new Field("metadata", DataType.BINARY, false)));

    private StoredVariants() {}

    /// The type in a file of values of `type`.
    static DataType type(DataType type) {
        return switch (type) {
            case DataType.Simple.VARIANT -> PAIR;
            case DataType.Array(var element, var nulls) -> new DataType.Array(type(element), nulls);
            case DataType.MapOf(var key, var value, var nulls) ->
                    new DataType.MapOf(type(key), type(value), nulls);
            case DataType.Struct(var fields) ->
                    new DataType.Struct(
                            fields.stream().map(f -> f.withType(type(f.type()))).toList());
            default -> type;
        };
    }

    private static boolean isIn(DataType type) {
        return switch (type) {
            case DataType.Simple.VARIANT -> true;
            case DataType.Array(var element, var nulls) -> isIn(element);
            case DataType.MapOf(var key, var value, var nulls) -> isIn(value);
            case DataType.Struct(var fields) -> fields.stream().anyMatch(f -> isIn(f.type()));
            default -> false;
        };
    }

    /// A value as it was read, of [#type], as one of `type`.
    static @Nullable Object read(@Nullable Object stored, DataType type) {
        if (stored == null || !isIn(type)) {
            return stored;
        }
        return switch (type) {
            case DataType.Array(var element, var nulls) -> {
                List<@Nullable Object> items = new ArrayList<>();
                ((List<?>) stored).forEach(item -> items.add(read(item, element)));
                yield items;
            }
            case DataType.MapOf(var key, var value, var nulls) -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) stored).forEach((k, v) -> entries.put(k, read(v, value)));
                yield entries;
            }
            case DataType.Struct(var fields) -> {
                List<@Nullable Object> members = new ArrayList<>();
                for (int i = 0; i < fields.size(); i++) {
                    members.add(read(((List<?>) stored).get(i), fields.get(i).type()));
                }
                yield members;
            }
            default -> {
                List<?> pair = (List<?>) stored;
                yield new Variant(
                        (Binary) Objects.requireNonNull(pair.get(0)),
                        (Binary) Objects.requireNonNull(pair.get(1)));
            }
        };
    }
}
