package dev.vitrine.engine.function;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Values as `CAST(… AS STRING)` writes them: nested ones as `[1, 2]`, `{k -> v}`, `{1, a}`.
final class CastText {
    private CastText() {}

    static String of(Object value, DataType type, ZoneId zone) {
        return switch (type) {
            case DataType.Array(var element, var nulls) -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                ((List<?>) value).forEach(item -> text.add(nested(item, element, zone)));
                yield text.toString();
            }
            case DataType.MapOf(var key, var val, var nulls) -> {
                StringJoiner text = new StringJoiner(", ", "{", "}");
                ((Map<?, ?>) value)
                        .forEach((k, v) ->
                                text.add(nested(k, key, zone) + " -> " + nested(v, val, zone)));
                yield text.toString();
            }
            case DataType.Struct(var fields) -> {
                StringJoiner text = new StringJoiner(", ", "{", "}");
                Iterator<?> items = ((List<?>) value).iterator();
                for (Field field : fields) {
                    text.add(nested(items.next(), field.type(), zone));
                }
                yield text.toString();
            }
            case DataType.Simple.INTERVAL -> value.toString();
            default -> Values.toLiteral(value, type, zone);
        };
    }

    private static String nested(@Nullable Object value, DataType type, ZoneId zone) {
        return value == null ? "null" : of(value, type, zone);
    }
}
