package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.stream.Collectors;

/// Types under the names that Spark's classes and its printed schemas have for them.
final class TypeNames {
    private TypeNames() {}

    /// `IntegerType`, `ArrayType(StringType,true)`.
    static String className(DataType type) {
        return switch (type) {
            case DataType.Simple simple ->
                    switch (simple) {
                        case NULL -> "NullType";
                        case BOOLEAN -> "BooleanType";
                        case TINYINT -> "ByteType";
                        case SMALLINT -> "ShortType";
                        case INT -> "IntegerType";
                        case BIGINT -> "LongType";
                        case FLOAT -> "FloatType";
                        case DOUBLE -> "DoubleType";
                        case STRING -> "StringType";
                        case BINARY -> "BinaryType";
                        case DATE -> "DateType";
                        case TIMESTAMP -> "TimestampType";
                        case TIMESTAMP_NTZ -> "TimestampNTZType";
                        case INTERVAL -> "CalendarIntervalType";
                        case VARIANT -> "VariantType";
                    };
            case DataType.Collated(var collation) -> "StringType(" + collation.name() + ")";
            case DataType.Time(int precision) -> "TimeType(" + precision + ")";
            case DataType.Decimal(int precision, int scale) ->
                    "DecimalType(" + precision + "," + scale + ")";
            case DataType.YearMonthInterval(var start, var end) ->
                    "YearMonthIntervalType(" + start.ordinal() + "," + end.ordinal() + ")";
            case DataType.DayTimeInterval(var start, var end) ->
                    "DayTimeIntervalType(" + start.ordinal() + "," + end.ordinal() + ")";
            case DataType.Array(var element, var nulls) ->
                    "ArrayType(" + className(element) + "," + nulls + ")";
            case DataType.MapOf(var key, var value, var nulls) ->
                    "MapType(" + className(key) + "," + className(value) + "," + nulls + ")";
            case DataType.Struct(var fields) ->
                    fields.stream()
                            .map(f ->
                                    "StructField("
                                            + f.name()
                                            + ","
                                            + className(f.type())
                                            + ","
                                            + f.nullable()
                                            + ")")
                            .collect(Collectors.joining(",", "StructType(", ")"));
        };
    }

    /// A schema as lines, nested fields further in.
    ///
    /// @param level how deep nested types are gone into
    static String tree(Schema schema, int level) {
        StringBuilder text = new StringBuilder("root\n");
        fields(schema.fields(), " |", level, text);
        return text.toString();
    }

    private static void fields(List<Field> fields, String prefix, int level, StringBuilder text) {
        for (Field field : fields) {
            line(prefix, field.name(), field.type(), "nullable = " + field.nullable(), text);
            inside(field.type(), prefix + "    |", level - 1, text);
        }
    }

    private static void line(
            String prefix, String name, DataType type, String note, StringBuilder text) {
        text.append(prefix)
                .append("-- ")
                .append(name)
                .append(": ")
                .append(typeName(type))
                .append(" (")
                .append(note)
                .append(")\n");
    }

    private static void inside(DataType type, String prefix, int level, StringBuilder text) {
        if (level <= 0) {
            return;
        }
        switch (type) {
            case DataType.Struct(var fields) -> fields(fields, prefix, level, text);
            case DataType.Array(var element, var nulls) -> {
                line(prefix, "element", element, "containsNull = " + nulls, text);
                inside(element, prefix + "    |", level - 1, text);
            }
            case DataType.MapOf(var key, var value, var nulls) -> {
                text.append(prefix).append("-- key: ").append(typeName(key)).append('\n');
                inside(key, prefix + "    |", level - 1, text);
                line(prefix, "value", value, "valueContainsNull = " + nulls, text);
                inside(value, prefix + "    |", level - 1, text);
            }
            case DataType.Simple simple -> {}
            case DataType.Collated collated -> {}
            case DataType.Time time -> {}
            case DataType.Decimal decimal -> {}
            case DataType.YearMonthInterval interval -> {}
            case DataType.DayTimeInterval interval -> {}
        }
    }

    private static String typeName(DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT -> "byte";
            case DataType.Simple.SMALLINT -> "short";
            case DataType.Simple.INT -> "integer";
            case DataType.Simple.BIGINT -> "long";
            case DataType.Struct struct -> "struct";
            case DataType.Array array -> "array";
            case DataType.MapOf map -> "map";
            default -> type.catalogString();
        };
    }
}
