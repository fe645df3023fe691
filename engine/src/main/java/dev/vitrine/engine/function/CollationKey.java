package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What values are compared, grouped and sorted by whose type has collations in it: plain text or
/// bytes, so that whatever compares needs to know of no collation.
///
/// @param of the type with its collations
public record CollationKey(DataType of) implements ScalarFunction {

    /// `value`, which has lost its collations, as what it is compared by.
    public static Expr of(DataType type, Expr value) {
        return type.hasCollation()
                ? new Expr.Call(
                        new CollationKey(type), List.of(value), keyType(type), EvalMode.LEGACY)
                : value;
    }

    private static DataType keyType(DataType type) {
        return switch (type) {
            case DataType.Collated(var collation) ->
                    collation.ofLanguage() ? DataType.BINARY : DataType.STRING;
            case DataType.Array(var element, var nulls) ->
                    new DataType.Array(keyType(element), nulls);
            case DataType.MapOf(var key, var value, var nulls) ->
                    new DataType.MapOf(keyType(key), keyType(value), nulls);
            case DataType.Struct(var fields) ->
                    new DataType.Struct(fields.stream().map(CollationKey::keyField).toList());
            default -> type;
        };
    }

    private static Field keyField(Field field) {
        return field.withType(keyType(field.type()));
    }

    @Override
    public String name() {
        return "collation_key";
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        return CollatedFunctions.key(args[0], of);
    }
}
