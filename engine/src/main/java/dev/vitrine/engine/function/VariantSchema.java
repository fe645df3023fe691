package dev.vitrine.engine.function;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The type that describes VARIANTs: a STRUCT stands for an object, VARIANT for values that differ.
final class VariantSchema {
    private VariantSchema() {}

    static DataType of(Variant variant) {
        return switch (variant.kind()) {
            case OBJECT -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i < variant.size(); i++) {
                    fields.add(Field.of(variant.key(i), of(variant.element(i))));
                }
                yield new DataType.Struct(fields);
            }
            case ARRAY -> {
                DataType element = DataType.NULL;
                for (int i = 0; i < variant.size(); i++) {
                    element = merged(element, of(variant.element(i)));
                }
                yield new DataType.Array(element, true);
            }
            default -> VariantCasts.type(variant);
        };
    }

    /// The type of values of either type.
    static DataType merged(DataType a, DataType b) {
        if (a.equals(b) || b == DataType.NULL) {
            return a;
        }
        if (a == DataType.NULL) {
            return b;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return CommonTypes.of(a, b).orElse(DataType.VARIANT);
        }
        return switch (a) {
            case DataType.Array(var element, var nulls)
                    when b instanceof DataType.Array(var other, var n) ->
                    new DataType.Array(merged(element, other), true);
            case DataType.Struct(var fields) when b instanceof DataType.Struct(var others) -> {
                Map<String, DataType> all = new TreeMap<>();
                fields.forEach(f -> all.put(f.name(), f.type()));
                others.forEach(f -> all.merge(f.name(), f.type(), VariantSchema::merged));
                yield new DataType.Struct(
                        all.entrySet().stream()
                                .map(e -> Field.of(e.getKey(), e.getValue()))
                                .toList());
            }
            default -> DataType.VARIANT;
        };
    }

    static String text(DataType type) {
        return switch (type) {
            case DataType.Array(var element, var nulls) -> "ARRAY<" + text(element) + ">";
            case DataType.Struct(var fields) ->
                    fields.stream()
                            .map(f -> name(f.name()) + ": " + text(f.type()))
                            .collect(Collectors.joining(", ", "OBJECT<", ">"));
            default -> type.sql();
        };
    }

    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
