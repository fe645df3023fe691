package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/// How a [DataType] is stored: the one place where logical types meet Arrow's.
///
/// A decimal of at most 18 digits is held as its unscaled value in a 64-bit integer column; wider
/// ones as Arrow's 128-bit decimal. Day-time intervals are Arrow durations in microseconds; an
/// INTERVAL is a struct, since Arrow counts its nanoseconds in 64 bits and Spark its microseconds.
public final class ArrowTypes {
    /// Widest decimal that a 64-bit column holds.
    public static final int MAX_LONG_DIGITS = 18;

    private ArrowTypes() {}

    /// Whether a decimal column holds 64-bit unscaled values.
    public static boolean isLongDecimal(DataType type) {
        return type instanceof DataType.Decimal(int precision, int scale)
                && precision <= MAX_LONG_DIGITS;
    }

    public static org.apache.arrow.vector.types.pojo.Schema schema(Schema schema) {
        return new org.apache.arrow.vector.types.pojo.Schema(
                schema.fields().stream().map(ArrowTypes::field).toList());
    }

    public static org.apache.arrow.vector.types.pojo.Field field(Field field) {
        return field(field.name(), field.type());
    }

    private static org.apache.arrow.vector.types.pojo.Field field(String name, DataType type) {
        // Always nullable: what the analyzer knows of nulls must not change how memory is laid out.
        return new org.apache.arrow.vector.types.pojo.Field(
                name, FieldType.nullable(arrowType(type)), children(type));
    }

    private static ArrowType arrowType(DataType type) {
        return switch (type) {
            // Arrow's own vector for it has no validity, which keys and sorts look at.
            case DataType.Simple.NULL -> ArrowType.Bool.INSTANCE;
            case DataType.Simple.BOOLEAN -> ArrowType.Bool.INSTANCE;
            case DataType.Simple.TINYINT -> new ArrowType.Int(8, true);
            case DataType.Simple.SMALLINT -> new ArrowType.Int(16, true);
            case DataType.Simple.INT -> new ArrowType.Int(32, true);
            case DataType.Simple.BIGINT -> new ArrowType.Int(64, true);
            case DataType.Simple.FLOAT ->
                    new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DataType.Simple.DOUBLE ->
                    new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DataType.Simple.STRING -> ArrowType.Utf8.INSTANCE;
            case DataType.Simple.BINARY -> ArrowType.Binary.INSTANCE;
            case DataType.Simple.DATE -> new ArrowType.Date(DateUnit.DAY);
            case DataType.Simple.TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case DataType.Simple.TIMESTAMP_NTZ ->
                    new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case DataType.Simple.INTERVAL, DataType.Simple.VARIANT -> ArrowType.Struct.INSTANCE;
            case DataType.Collated c -> ArrowType.Utf8.INSTANCE;
            case DataType.Time t -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case DataType.Decimal(int precision, int scale) ->
                    precision <= MAX_LONG_DIGITS
                            ? new ArrowType.Int(64, true)
                            : new ArrowType.Decimal(precision, scale, 128);
            case DataType.YearMonthInterval i -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case DataType.DayTimeInterval i -> new ArrowType.Duration(TimeUnit.MICROSECOND);
            case DataType.Array a -> ArrowType.List.INSTANCE;
            case DataType.MapOf m -> new ArrowType.Map(false);
            case DataType.Struct s -> ArrowType.Struct.INSTANCE;
        };
    }

    private static List<org.apache.arrow.vector.types.pojo.Field> children(DataType type) {
        return switch (type) {
            case DataType.Array(var element, var nulls) -> List.of(field("element", element));
            case DataType.MapOf(var key, var value, var nulls) -> {
                var entry =
                        new org.apache.arrow.vector.types.pojo.Field(
                                "entries",
                                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                                List.of(
                                        new org.apache.arrow.vector.types.pojo.Field(
                                                "key",
                                                FieldType.notNullable(arrowType(key)),
                                                children(key)),
                                        field("value", value)));
                yield List.of(entry);
            }
            case DataType.Simple.VARIANT ->
                    List.of(field("value", DataType.BINARY), field("metadata", DataType.BINARY));
            case DataType.Simple.INTERVAL ->
                    List.of(
                            field("months", DataType.INT),
                            field("days", DataType.INT),
                            field("microseconds", DataType.BIGINT));
            case DataType.Struct(var fields) -> fields(fields);
            default -> List.of();
        };
    }

    /// Arrow keeps one child a name: fields that share theirs are told apart by their places.
    private static List<org.apache.arrow.vector.types.pojo.Field> fields(List<Field> fields) {
        Set<String> names = new HashSet<>();
        List<org.apache.arrow.vector.types.pojo.Field> children = new ArrayList<>();
        for (Field field : fields) {
            String name = field.name();
            for (int i = children.size(); !names.add(name); i++) {
                name = field.name() + "_" + i;
            }
            children.add(field(name, field.type()));
        }
        return children;
    }
}
