package dev.vitrine.engine.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// JSON trees as values of a type: what does not fit is NULL, and the record as a whole is then not
/// sound.
final class JsonReading {
    private final FormatOptions options;
    private final ZoneId zone;
    private boolean sound = true;

    JsonReading(FormatOptions options, ZoneId zone) {
        this.options = options;
        this.zone = zone;
    }

    /// Whether everything so far fitted its type.
    boolean isSound() {
        return sound;
    }

    /// The value of a node that is the whole text; an array stands for its first struct, and a
    /// struct for an array of it.
    @Nullable Object root(JsonNode node, DataType type) {
        return switch (type) {
            case DataType.Struct struct when node.isArray() ->
                    node.isEmpty() ? null : read(node.get(0), type);
            case DataType.Array(DataType.Struct struct, var nulls) when node.isObject() -> {
                List<@Nullable Object> one = new ArrayList<>();
                one.add(read(node, struct));
                yield one;
            }
            default -> read(node, type);
        };
    }

    private @Nullable Object misfit() {
        sound = false;
        return null;
    }

    @Nullable Object read(JsonNode node, DataType type) {
        if (node.isNull()) {
            return null;
        }
        return switch (type) {
            case DataType.Array(var element, var nulls) -> {
                if (!node.isArray()) {
                    yield misfit();
                }
                List<@Nullable Object> list = new ArrayList<>();
                node.forEach(item -> list.add(read(item, element)));
                yield list;
            }
            case DataType.MapOf(var key, var value, var nulls) -> {
                if (!node.isObject()) {
                    yield misfit();
                }
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(e -> map.put(e.getKey(), read(e.getValue(), value)));
                yield map;
            }
            case DataType.Struct(var fields) -> node.isObject() ? struct(node, fields) : misfit();
            case DataType.Decimal decimal -> decimal(node, decimal);
            case DataType.Collated c -> read(node, DataType.STRING);
            case DataType.Time t -> cast(node, type);
            case DataType.YearMonthInterval i -> cast(node, type);
            case DataType.DayTimeInterval i -> cast(node, type);
            case DataType.Simple simple -> simple(node, simple);
        };
    }

    private Object struct(JsonNode node, List<Field> fields) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : fields) {
            JsonNode value = node.get(field.name());
            values.add(value == null ? null : read(value, field.type()));
        }
        return values;
    }

    private @Nullable Object cast(JsonNode node, DataType type) {
        Object value =
                node.isTextual()
                        ? Casting.caster(
                                        DataType.STRING,
                                        type,
                                        dev.vitrine.engine.expr.EvalMode.TRY,
                                        zone)
                                .cast(node.textValue())
                        : null;
        return value == null ? misfit() : value;
    }

    private @Nullable Object decimal(JsonNode node, DataType.Decimal type) {
        BigDecimal number = null;
        if (node.isNumber()) {
            number = node.decimalValue();
        } else if (node.isTextual()) {
            try {
                number = new BigDecimal(node.textValue().strip());
            } catch (NumberFormatException e) {
                return misfit();
            }
        }
        BigDecimal fitted =
                number == null ? null : number.setScale(type.scale(), RoundingMode.HALF_UP);
        return fitted == null || fitted.precision() > type.precision() ? misfit() : fitted;
    }

    private @Nullable Object simple(JsonNode node, DataType.Simple type) {
        return switch (type) {
            case BOOLEAN -> node.isBoolean() ? (Object) node.booleanValue() : misfit();
            case TINYINT, SMALLINT, INT, BIGINT -> whole(node, type);
            case DOUBLE, FLOAT -> {
                Double number = real(node);
                yield number == null
                        ? misfit()
                        : type == DataType.DOUBLE ? (Object) number : (Object) number.floatValue();
            }
            case STRING -> node.isTextual() ? node.textValue() : node.toString();
            case BINARY -> node.isTextual() ? binary(node.textValue()) : misfit();
            case DATE -> {
                var days =
                        node.isTextual()
                                ? options.date(node.textValue())
                                : java.util.OptionalInt.empty();
                yield days.isPresent() ? (Object) days.getAsInt() : misfit();
            }
            case TIMESTAMP, TIMESTAMP_NTZ -> {
                if (node.isIntegralNumber() && type == DataType.TIMESTAMP) {
                    yield TimeUnit.SECONDS.toMicros(node.longValue());
                }
                var micros =
                        node.isTextual()
                                ? options.timestamp(node.textValue(), type, zone)
                                : java.util.OptionalLong.empty();
                yield micros.isPresent() ? (Object) micros.getAsLong() : misfit();
            }
            case INTERVAL -> {
                Optional<CalendarInterval> interval =
                        node.isTextual()
                                ? CalendarInterval.parse(node.textValue())
                                : Optional.empty();
                yield interval.isPresent() ? interval.get() : misfit();
            }
            case VARIANT -> VariantJson.parse(node.toString());
            case NULL -> null;
        };
    }

    private @Nullable Object binary(String text) {
        try {
            return Binary.copyOf(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return misfit();
        }
    }

    private @Nullable Object whole(JsonNode node, DataType type) {
        if (!node.isIntegralNumber()) {
            return misfit();
        }
        BigInteger number = node.bigIntegerValue();
        boolean fits = number.bitLength() < 64 && NumberOperations.fits(number.longValue(), type);
        return fits ? NumberOperations.box(number.longValue(), type) : misfit();
    }

    private static @Nullable Double real(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isTextual()
                ? switch (node.textValue()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
                    case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
                    default -> null;
                }
                : null;
    }
}
