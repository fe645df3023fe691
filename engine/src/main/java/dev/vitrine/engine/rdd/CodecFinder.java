package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds the codec of a Java type, and remembers the way to it for errors.
final class CodecFinder {
    private static final DataType.Decimal DECIMAL = new DataType.Decimal(38, 18);
    private static final DataType.Decimal WHOLE = new DataType.Decimal(38, 0);

    private static final Map<Class<?>, ValueCodec.Plain> PLAIN = new HashMap<>();

    static {
        same(DataType.BOOLEAN, Boolean.class);
        same(DataType.TINYINT, Byte.class);
        same(DataType.SMALLINT, Short.class);
        same(DataType.INT, Integer.class);
        same(DataType.BIGINT, Long.class);
        same(DataType.FLOAT, Float.class);
        same(DataType.DOUBLE, Double.class);
        same(DataType.STRING, String.class);
        plain(DECIMAL, BigDecimal.class, v -> v, v -> fitting((BigDecimal) v, DECIMAL));
        plain(
                WHOLE,
                BigInteger.class,
                v -> ((BigDecimal) v).toBigIntegerExact(),
                v -> fitting(new BigDecimal((BigInteger) v), WHOLE));
        plain(
                DataType.BINARY,
                byte[].class,
                v -> ((Binary) v).toBytes(),
                v -> Binary.copyOf((byte[]) v));
        plain(
                DataType.DATE,
                LocalDate.class,
                v -> LocalDate.ofEpochDay((Integer) v),
                v -> Math.toIntExact(((LocalDate) v).toEpochDay()));
        plain(
                DataType.DATE,
                java.sql.Date.class,
                v -> java.sql.Date.valueOf(LocalDate.ofEpochDay((Integer) v)),
                v -> Math.toIntExact(((java.sql.Date) v).toLocalDate().toEpochDay()));
        plain(DataType.TIMESTAMP, Instant.class, v -> instant(v), v -> micros((Instant) v));
        plain(
                DataType.TIMESTAMP,
                java.sql.Timestamp.class,
                v -> java.sql.Timestamp.from(instant(v)),
                v -> micros(((java.sql.Timestamp) v).toInstant()));
        plain(
                DataType.TIMESTAMP_NTZ,
                LocalDateTime.class,
                v -> LocalDateTime.ofInstant(instant(v), ZoneOffset.UTC),
                v -> Values.toMicros((LocalDateTime) v));
        plain(
                DataType.Time.DEFAULT,
                LocalTime.class,
                v -> LocalTime.MIDNIGHT.plus((Long) v, ChronoUnit.MICROS),
                v -> ((LocalTime) v).toNanoOfDay() / 1_000);
        plain(
                new DataType.YearMonthInterval(
                        DataType.YearMonthField.YEAR, DataType.YearMonthField.MONTH),
                Period.class,
                v -> Period.ofMonths((Integer) v).normalized(),
                v -> Math.toIntExact(((Period) v).toTotalMonths()));
        plain(
                new DataType.DayTimeInterval(
                        DataType.DayTimeField.DAY, DataType.DayTimeField.SECOND),
                Duration.class,
                v -> Duration.of((Long) v, ChronoUnit.MICROS),
                v -> micros((Duration) v));
    }

    /// Classes gone into, the outermost first.
    private final Deque<Class<?>> inside = new ArrayDeque<>();

    /// Names on the way down, the outermost first.
    private final Deque<String> path = new ArrayDeque<>();

    private static void same(DataType type, Class<?> java) {
        plain(type, java, v -> v, v -> v);
    }

    private static void plain(
            DataType type,
            Class<?> java,
            Function<Object, Object> in,
            Function<Object, Object> out) {
        PLAIN.put(java, new ValueCodec.Plain(type, java, in, out));
    }

    private static Instant instant(Object micros) {
        return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
    }

    private static long micros(Duration duration) {
        return Math.addExact(
                Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static BigDecimal fitting(BigDecimal value, DataType.Decimal type) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw new EngineException(
                    ErrorCode.INVALID_EXTERNAL_TYPE,
                    Map.of("externalType", value.toPlainString(), "type", type.sql()));
        }
        return scaled;
    }

    /// @throws EngineException ENCODER_NOT_FOUND, CIRCULAR_CLASS_REFERENCE
    ValueCodec find(Type type) {
        return find(type, Map.of());
    }

    /// A class with getters and setters.
    ValueCodec bean(Class<?> type) {
        return product(ProductShape.ofBean(type), Map.of());
    }

    private ValueCodec find(Type type, Map<TypeVariable<?>, Type> known) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofGeneric(generic, known);
            case TypeVariable<?> variable when known.containsKey(variable) ->
                    find(known.get(variable), known);
            default -> throw notFound(type);
        };
    }

    private ValueCodec ofClass(Class<?> type) {
        if (type.isPrimitive() && type != void.class) {
            ValueCodec.Plain boxed = PLAIN.get(MethodType.methodType(type).wrap().returnType());
            if (boxed != null) {
                return new ValueCodec.Primitive(boxed, String.join(".", path), type.getName());
            }
        }
        ValueCodec.Plain plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (type.isRecord()) {
            return product(ProductShape.ofRecord(type), Map.of());
        }
        throw notFound(type);
    }

    private ValueCodec ofGeneric(ParameterizedType type, Map<TypeVariable<?>, Type> known) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] args = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return new ValueCodec.Maybe(find(args[0], known));
        }
        if (raw == List.class || raw == Collection.class || raw == Set.class) {
            return new ValueCodec.Sequence(within("[]", args[0], known), raw == Set.class);
        }
        if (raw == Map.class) {
            return new ValueCodec.Mapping(
                    within("key", args[0], known), within("value", args[1], known));
        }
        if (raw.isRecord()) {
            Map<TypeVariable<?>, Type> bound = new HashMap<>(known);
            for (int i = 0; i < args.length; i++) {
                Type arg = args[i];
                bound.put(
                        raw.getTypeParameters()[i],
                        arg instanceof TypeVariable<?> v && known.containsKey(v)
                                ? known.get(v)
                                : arg);
            }
            return product(ProductShape.ofRecord(raw), bound);
        }
        throw notFound(type);
    }

    private ValueCodec within(String step, Type type, Map<TypeVariable<?>, Type> known) {
        path.addLast(step);
        try {
            return find(type, known);
        } finally {
            path.removeLast();
        }
    }

    private ValueCodec product(ProductShape shape, Map<TypeVariable<?>, Type> known) {
        Class<?> type = shape.product();
        if (inside.contains(type)) {
            throw new EngineException(
                    ErrorCode.CIRCULAR_CLASS_REFERENCE, Map.of("t", type.getName()));
        }
        boolean outermost = path.isEmpty();
        inside.addLast(type);
        if (outermost) {
            path.addLast(type.getSimpleName());
        }
        try {
            return new ProductCodec(
                    shape,
                    shape.components().stream()
                            .map(c -> within(c.name(), c.type(), known))
                            .toList());
        } finally {
            inside.removeLast();
            if (outermost) {
                path.removeLast();
            }
        }
    }

    private ValueCodec enumeration(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return new ValueCodec.Plain(
                DataType.STRING,
                type,
                name -> {
                    Object constant = constants.get((String) name);
                    if (constant == null) {
                        throw new EngineException(
                                ErrorCode.INVALID_EXTERNAL_TYPE,
                                Map.of(
                                        "externalType",
                                        "the constant " + name,
                                        "type",
                                        type.getSimpleName()));
                    }
                    return constant;
                },
                constant -> ((Enum<?>) constant).name());
    }

    private EngineException notFound(Type type) {
        return new EngineException(
                ErrorCode.ENCODER_NOT_FOUND,
                Map.of(
                        "typeName",
                        type.getTypeName()
                                + (path.isEmpty() ? "" : " (" + String.join(".", path) + ")")));
    }
}
