package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import dev.vitrine.engine.types.Variant;
import dev.vitrine.engine.types.VariantBuilder;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Casts from and to VARIANT.
final class VariantCasts {
    private VariantCasts() {}

    /// Whether a VARIANT may be cast to a type: all that it can hold.
    static boolean canRead(DataType to) {
        return switch (to) {
            case DataType.Array(var element, var nulls) -> canRead(element);
            case DataType.MapOf(var key, var value, var nulls) -> key.isText() && canRead(value);
            case DataType.Struct(var fields) -> fields.stream().allMatch(f -> canRead(f.type()));
            case DataType.YearMonthInterval i -> false;
            case DataType.DayTimeInterval i -> false;
            default -> to != DataType.INTERVAL && to != DataType.NULL;
        };
    }

    /// Whether values of a type may become a VARIANT: not structs and maps, of which
    /// to_variant_object makes one.
    static boolean canWrite(DataType from) {
        return switch (from) {
            case DataType.Array(var element, var nulls) -> canWrite(element);
            case DataType.MapOf m -> false;
            case DataType.Struct s -> false;
            case DataType.YearMonthInterval i -> false;
            case DataType.DayTimeInterval i -> false;
            default -> from != DataType.INTERVAL;
        };
    }

    /// @param mode TRY gives null for what cannot be cast; the others raise an error
    /// @throws EngineException INVALID_VARIANT_CAST
    static @Nullable Object read(Variant variant, DataType to, EvalMode mode, ZoneId zone) {
        if (to == DataType.VARIANT) {
            return variant;
        }
        if (variant.kind() == Variant.Kind.NULL) {
            return null;
        }
        Object value =
                switch (to) {
                    case DataType.Array(var element, var nulls)
                            when variant.kind() == Variant.Kind.ARRAY ->
                            elements(variant, element, mode, zone);
                    case DataType.MapOf(var key, var each, var nulls)
                            when variant.kind() == Variant.Kind.OBJECT -> {
                        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                        for (int i = 0; i < variant.size(); i++) {
                            map.put(variant.key(i), read(variant.element(i), each, mode, zone));
                        }
                        yield map;
                    }
                    case DataType.Struct(var fields) when variant.kind() == Variant.Kind.OBJECT ->
                            struct(variant, fields, mode, zone);
                    default -> scalar(variant, to, zone);
                };
        if (value == null && mode != EvalMode.TRY) {
            throw new EngineException(
                    ErrorCode.INVALID_VARIANT_CAST,
                    Map.of(
                            "value",
                            Values.toText(variant, DataType.VARIANT, zone),
                            "dataType",
                            "\"" + to.sql() + "\""));
        }
        return value;
    }

    private static List<@Nullable Object> elements(
            Variant variant, DataType element, EvalMode mode, ZoneId zone) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < variant.size(); i++) {
            list.add(read(variant.element(i), element, mode, zone));
        }
        return list;
    }

    private static List<@Nullable Object> struct(
            Variant variant, List<Field> fields, EvalMode mode, ZoneId zone) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : fields) {
            values.add(
                    variant.field(field.name())
                            .map(member -> read(member, field.type(), mode, zone))
                            .orElse(null));
        }
        return values;
    }

    private static @Nullable Object scalar(Variant variant, DataType to, ZoneId zone) {
        if (to.isText() && variant.kind() != Variant.Kind.STRING) {
            String json = Values.toText(variant, DataType.VARIANT, zone);
            return switch (variant.kind()) {
                case DATE, TIMESTAMP_NTZ, TIME, BINARY, UUID ->
                        CastText.of(Objects.requireNonNull(variant.scalar()), type(variant), zone);
                case TIMESTAMP -> Values.toText(variant.scalar(), DataType.TIMESTAMP, zone);
                default -> json;
            };
        }
        DataType from = type(variant);
        if (from == DataType.VARIANT || !Casting.canCast(from, to, EvalMode.ANSI)) {
            return null;
        }
        return Casting.caster(from, to, EvalMode.TRY, zone)
                .cast(Objects.requireNonNull(variant.scalar()));
    }

    /// The type of a scalar; VARIANT for what is none.
    static DataType type(Variant variant) {
        return switch (variant.kind()) {
            case NULL -> DataType.NULL;
            case BOOLEAN -> DataType.BOOLEAN;
            case WHOLE -> DataType.BIGINT;
            case FLOAT -> DataType.FLOAT;
            case DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> {
                BigDecimal number = (BigDecimal) Objects.requireNonNull(variant.scalar());
                BigDecimal bare =
                        number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
                int scale = Math.max(bare.scale(), 0);
                int precision = Math.max(bare.precision() - Math.min(bare.scale(), 0), scale);
                yield new DataType.Decimal(Math.max(precision, 1), scale);
            }
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_NTZ -> DataType.TIMESTAMP_NTZ;
            case TIME -> DataType.Time.DEFAULT;
            case BINARY -> DataType.BINARY;
            case STRING, UUID -> DataType.STRING;
            case OBJECT, ARRAY -> DataType.VARIANT;
        };
    }

    /// A value of any type as a VARIANT; structs and maps become objects.
    static Variant write(Object value, DataType type) {
        if (value instanceof Variant variant) {
            return variant;
        }
        VariantBuilder builder = new VariantBuilder();
        return builder.build(encoded(builder, value, type));
    }

    private static VariantBuilder.Encoded encoded(
            VariantBuilder builder, @Nullable Object value, DataType type) {
        if (value == null) {
            return builder.ofNull();
        }
        return switch (type) {
            case DataType.Simple.DATE -> builder.ofDate((Integer) value);
            case DataType.Simple.TIMESTAMP -> builder.ofTimestamp((Long) value, true);
            case DataType.Simple.TIMESTAMP_NTZ -> builder.ofTimestamp((Long) value, false);
            case DataType.Time t -> builder.ofTime((Long) value);
            case DataType.Array(var element, var nulls) -> {
                List<VariantBuilder.Encoded> elements = new ArrayList<>();
                ((List<?>) value).forEach(v -> elements.add(encoded(builder, v, element)));
                yield builder.ofArray(elements);
            }
            case DataType.MapOf(var key, var each, var nulls) -> {
                Map<String, VariantBuilder.Encoded> fields = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach(
                                (k, v) -> fields.put(String.valueOf(k), encoded(builder, v, each)));
                yield builder.ofObject(fields);
            }
            case DataType.Struct(var fields) -> {
                Map<String, VariantBuilder.Encoded> members = new LinkedHashMap<>();
                for (int i = 0; i < fields.size(); i++) {
                    members.put(
                            fields.get(i).name(),
                            encoded(builder, ((List<?>) value).get(i), fields.get(i).type()));
                }
                yield builder.ofObject(members);
            }
            default -> scalar(builder, value);
        };
    }

    private static VariantBuilder.Encoded scalar(VariantBuilder builder, Object value) {
        return switch (value) {
            case Variant v -> builder.of(v);
            case Boolean b -> builder.of(b.booleanValue());
            case Double d -> builder.of(d.doubleValue());
            case Float f -> builder.of(f.floatValue());
            case BigDecimal d -> builder.of(d);
            case Binary b -> builder.of(b);
            case Number n -> builder.of(n.longValue());
            default -> builder.of(value.toString());
        };
    }
}
