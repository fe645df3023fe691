package dev.vitrine.connectors.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// Parquet's type for each of the engine's, as Spark writes them.
final class WrittenTypes {
    private static final int MAX_INT_DIGITS = 9;
    private static final int MAX_LONG_DIGITS = 18;

    private WrittenTypes() {}

    static MessageType message(Schema schema) {
        List<Type> fields = schema.fields().stream().map(WrittenTypes::field).toList();
        return new MessageType("table", fields);
    }

    private static Type field(Field field) {
        return type(field.name(), field.type(), Type.Repetition.OPTIONAL);
    }

    private static Type type(String name, DataType type, Type.Repetition repetition) {
        return switch (type) {
            case DataType.Simple.BOOLEAN -> leaf(PrimitiveTypeName.BOOLEAN, null, repetition, name);
            case DataType.Simple.TINYINT ->
                    leaf(PrimitiveTypeName.INT32, intType(8), repetition, name);
            case DataType.Simple.SMALLINT ->
                    leaf(PrimitiveTypeName.INT32, intType(16), repetition, name);
            case DataType.Simple.INT -> leaf(PrimitiveTypeName.INT32, null, repetition, name);
            case DataType.YearMonthInterval i ->
                    leaf(PrimitiveTypeName.INT32, null, repetition, name);
            case DataType.Simple.BIGINT -> leaf(PrimitiveTypeName.INT64, null, repetition, name);
            case DataType.DayTimeInterval i ->
                    leaf(PrimitiveTypeName.INT64, null, repetition, name);
            case DataType.Time t ->
                    leaf(
                            PrimitiveTypeName.INT64,
                            LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS),
                            repetition,
                            name);
            case DataType.Simple.FLOAT -> leaf(PrimitiveTypeName.FLOAT, null, repetition, name);
            case DataType.Simple.DOUBLE -> leaf(PrimitiveTypeName.DOUBLE, null, repetition, name);
            case DataType.Simple.STRING ->
                    leaf(PrimitiveTypeName.BINARY, stringType(), repetition, name);
            case DataType.Collated c -> type(name, DataType.STRING, repetition);
            case DataType.Simple.BINARY -> leaf(PrimitiveTypeName.BINARY, null, repetition, name);
            case DataType.Simple.DATE ->
                    leaf(PrimitiveTypeName.INT32, dateType(), repetition, name);
            case DataType.Simple.TIMESTAMP ->
                    leaf(
                            PrimitiveTypeName.INT64,
                            timestampType(true, TimeUnit.MICROS),
                            repetition,
                            name);
            case DataType.Simple.TIMESTAMP_NTZ ->
                    leaf(
                            PrimitiveTypeName.INT64,
                            timestampType(false, TimeUnit.MICROS),
                            repetition,
                            name);
            case DataType.Decimal d -> decimal(d, repetition, name);
            case DataType.Array(var element, var nulls) ->
                    Types.list(repetition)
                            .element(type("element", element, Type.Repetition.OPTIONAL))
                            .named(name);
            case DataType.MapOf(var key, var value, var nulls) ->
                    Types.map(repetition)
                            .key(type("key", key, Type.Repetition.REQUIRED))
                            .value(type("value", value, Type.Repetition.OPTIONAL))
                            .named(name);
            case DataType.Struct(var fields) ->
                    Types.buildGroup(repetition)
                            .addFields(
                                    fields.stream().map(WrittenTypes::field).toArray(Type[]::new))
                            .named(name);
            case DataType.Simple.VARIANT ->
                    Types.buildGroup(repetition)
                            .addField(type("value", DataType.BINARY, Type.Repetition.REQUIRED))
                            .addField(type("metadata", DataType.BINARY, Type.Repetition.REQUIRED))
                            .named(name);
            case DataType.Simple.NULL, DataType.Simple.INTERVAL ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_FEATURE,
                            Map.of(
                                    "feature",
                                    "A column `"
                                            + name
                                            + "` of type "
                                            + type.sql()
                                            + " in Parquet"));
        };
    }

    private static Type decimal(DataType.Decimal type, Type.Repetition repetition, String name) {
        LogicalTypeAnnotation logical = decimalType(type.scale(), type.precision());
        if (isIntDecimal(type)) {
            return leaf(PrimitiveTypeName.INT32, logical, repetition, name);
        }
        if (type.precision() <= MAX_LONG_DIGITS) {
            return leaf(PrimitiveTypeName.INT64, logical, repetition, name);
        }
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(decimalBytes(type.precision()))
                .as(logical)
                .named(name);
    }

    /// Whether a decimal is written in 32 bits.
    static boolean isIntDecimal(DataType.Decimal type) {
        return type.precision() <= MAX_INT_DIGITS;
    }

    /// Fewest bytes that hold every signed number of `precision` digits.
    static int decimalBytes(int precision) {
        return java.math.BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }

    private static Type leaf(
            PrimitiveTypeName physical,
            @org.jspecify.annotations.Nullable LogicalTypeAnnotation logical,
            Type.Repetition repetition,
            String name) {
        return Types.primitive(physical, repetition).as(logical).named(name);
    }
}
