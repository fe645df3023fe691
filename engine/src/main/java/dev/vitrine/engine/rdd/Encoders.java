package dev.vitrine.engine.rdd;

import dev.vitrine.engine.types.DataType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes [Encoder]s; under Spark's name. A primitive component is NOT NULL; anything else may be
/// null.
///
/// | Java | column |
/// |---|---|
/// | `boolean`, `byte`, `short`, `int`, `long`, `float`, `double` and their boxes | BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE |
/// | `String`, any enum | STRING |
/// | `BigDecimal`, `BigInteger` | DECIMAL(38,18), DECIMAL(38,0) |
/// | `byte[]` | BINARY |
/// | `LocalDate`, `java.sql.Date` | DATE |
/// | `Instant`, `java.sql.Timestamp` | TIMESTAMP |
/// | `LocalDateTime`, `LocalTime` | TIMESTAMP_NTZ, TIME(6) |
/// | `Period`, `Duration` | INTERVAL YEAR TO MONTH, INTERVAL DAY TO SECOND |
/// | `Optional<X>` | as X, empty for NULL |
/// | `List<X>`, `Set<X>`, `Map<K, V>` | ARRAY, MAP |
/// | records | STRUCT |
public final class Encoders {
    private Encoders() {}

    public static Encoder<@Nullable Boolean> BOOLEAN() {
        return of(Boolean.class);
    }

    public static Encoder<@Nullable Byte> BYTE() {
        return of(Byte.class);
    }

    public static Encoder<@Nullable Short> SHORT() {
        return of(Short.class);
    }

    public static Encoder<@Nullable Integer> INT() {
        return of(Integer.class);
    }

    public static Encoder<@Nullable Long> LONG() {
        return of(Long.class);
    }

    public static Encoder<@Nullable Float> FLOAT() {
        return of(Float.class);
    }

    public static Encoder<@Nullable Double> DOUBLE() {
        return of(Double.class);
    }

    public static Encoder<@Nullable String> STRING() {
        return of(String.class);
    }

    public static Encoder<@Nullable BigDecimal> DECIMAL() {
        return of(BigDecimal.class);
    }

    public static Encoder<byte @Nullable []> BINARY() {
        return of(byte[].class);
    }

    public static Encoder<@Nullable LocalDate> LOCALDATE() {
        return of(LocalDate.class);
    }

    public static Encoder<@Nullable Instant> INSTANT() {
        return of(Instant.class);
    }

    /// Objects of a record class, whose components are columns.
    ///
    /// @throws dev.vitrine.engine.error.EngineException ENCODER_NOT_FOUND for a component of a
    ///   class that no column has, CIRCULAR_CLASS_REFERENCE where a record holds itself
    public static <T extends Record> Encoder<T> record(Class<T> type) {
        return of(type);
    }

    /// Objects of a class with a constructor without parameters, and with getters and setters,
    /// whose names sorted are the columns; a record class is taken as [#record] does.
    ///
    /// @throws dev.vitrine.engine.error.EngineException as [#record]
    public static <T> Encoder<T> bean(Class<T> type) {
        return type.isRecord() ? of(type) : new Encoder<>(new CodecFinder().bean(type));
    }

    /// Objects of any class in the table above.
    ///
    /// @throws dev.vitrine.engine.error.EngineException as [#record]
    public static <T extends @Nullable Object> Encoder<T> of(Class<?> type) {
        return of((Type) type);
    }

    /// Objects of any type in the table above, such as `List<String>`.
    ///
    /// @param type for `T`, which the caller has to see to
    /// @throws dev.vitrine.engine.error.EngineException as [#record]
    public static <T extends @Nullable Object> Encoder<T> of(Type type) {
        return new Encoder<>(new CodecFinder().find(type));
    }

    /// Pairs of two classes' objects, as columns `_1` and `_2`.
    public static <T1 extends @Nullable Object, T2 extends @Nullable Object>
            Encoder<Tuple2<T1, T2>> tuple(Encoder<T1> first, Encoder<T2> second) {
        return new Encoder<>(
                new ProductCodec(
                        ProductShape.ofRecord(Tuple2.class),
                        List.of(first.codec(), second.codec())));
    }

    /// Lists of a class' objects.
    public static <T extends @Nullable Object> Encoder<@Nullable List<T>> list(Encoder<T> element) {
        return new Encoder<>(new ValueCodec.Sequence(element.codec(), false));
    }

    /// Maps of two classes' objects.
    public static <K extends @Nullable Object, V extends @Nullable Object>
            Encoder<@Nullable Map<K, V>> map(Encoder<K> key, Encoder<V> value) {
        return new Encoder<>(new ValueCodec.Mapping(key.codec(), value.codec()));
    }

    /// The type that values of a Java class have in columns.
    ///
    /// @throws dev.vitrine.engine.error.EngineException as [#record]
    public static DataType typeOf(Type type) {
        return new CodecFinder().find(type).type();
    }
}
