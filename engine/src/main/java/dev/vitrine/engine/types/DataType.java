package dev.vitrine.engine.types;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A Spark SQL data type: what a value means, not how a column stores it.
///
/// The boxed value of each type, wherever the engine holds a single value (literals, the
/// interpreter, statistics):
///
/// | type | Java value |
/// |---|---|
/// | BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE | `Boolean`, `Byte`, `Short`, `Integer`, `Long`, `Float`, `Double` |
/// | DECIMAL(p,s) | `BigDecimal` of scale s |
/// | STRING | `String` |
/// | BINARY | [Binary] |
/// | DATE | `Integer`, days since 1970-01-01 |
/// | TIMESTAMP, TIMESTAMP_NTZ | `Long`, microseconds since 1970-01-01 00:00:00 (UTC, or as written) |
/// | INTERVAL YEAR TO MONTH | `Integer`, months |
/// | INTERVAL DAY TO SECOND | `Long`, microseconds |
/// | INTERVAL | [CalendarInterval] |
/// | ARRAY | `List<Object>` |
/// | MAP | `java.util.LinkedHashMap<Object, Object>` |
/// | STRUCT | `List<Object>`, one element a field |
@SuppressWarnings("ClassInitializationDeadlock") // a session touches it before it has threads
public sealed interface DataType {
    DataType NULL = Simple.NULL;
    DataType BOOLEAN = Simple.BOOLEAN;
    DataType TINYINT = Simple.TINYINT;
    DataType SMALLINT = Simple.SMALLINT;
    DataType INT = Simple.INT;
    DataType BIGINT = Simple.BIGINT;
    DataType FLOAT = Simple.FLOAT;
    DataType DOUBLE = Simple.DOUBLE;
    DataType STRING = Simple.STRING;
    DataType BINARY = Simple.BINARY;
    DataType DATE = Simple.DATE;
    DataType TIMESTAMP = Simple.TIMESTAMP;
    DataType TIMESTAMP_NTZ = Simple.TIMESTAMP_NTZ;

    /// A span of months, days and microseconds, which have no fixed proportion to one another.
    DataType INTERVAL = Simple.INTERVAL;

    /// Types without parameters. `NULL` is the type of the bare literal NULL (Spark's `void`).
    enum Simple implements DataType {
        NULL("void"),
        BOOLEAN("boolean"),
        TINYINT("tinyint"),
        SMALLINT("smallint"),
        INT("int"),
        BIGINT("bigint"),
        FLOAT("float"),
        DOUBLE("double"),
        STRING("string"),
        BINARY("binary"),
        DATE("date"),
        TIMESTAMP("timestamp"),
        TIMESTAMP_NTZ("timestamp_ntz"),
        INTERVAL("interval");

        private final String catalogName;

        Simple(String catalogName) {
            this.catalogName = catalogName;
        }
    }

    /// A fixed-point number of at most 38 digits.
    record Decimal(int precision, int scale) implements DataType {
        public static final int MAX_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
            }
        }

        /// Spark's bounding rule: digits before the point are kept, the scale gives way (not below
        /// six digits) where the precision asked for exceeds 38.
        public static Decimal adjusted(int precision, int scale) {
            if (precision <= MAX_PRECISION) {
                return new Decimal(Math.max(precision, 1), scale);
            }
            int integral = precision - scale;
            int minScale = Math.min(scale, 6);
            return new Decimal(MAX_PRECISION, Math.max(MAX_PRECISION - integral, minScale));
        }
    }

    /// A span of years and months; `start` and `end` name the fields shown.
    record YearMonthInterval(YearMonthField start, YearMonthField end) implements DataType {}

    /// A span of days to seconds; `start` and `end` name the fields shown.
    record DayTimeInterval(DayTimeField start, DayTimeField end) implements DataType {}

    record Array(DataType element, boolean containsNull) implements DataType {}

    record MapOf(DataType key, DataType value, boolean valueContainsNull) implements DataType {}

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    enum YearMonthField {
        YEAR,
        MONTH
    }

    enum DayTimeField {
        DAY,
        HOUR,
        MINUTE,
        SECOND
    }

    /// The name Spark prints in schemas: `decimal(15,2)`, `struct<a:int,b:array<string>>`.
    default String catalogString() {
        return switch (this) {
            case Simple simple -> simple.catalogName;
            case Decimal(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
            case YearMonthInterval(var start, var end) -> interval(start.name(), end.name());
            case DayTimeInterval(var start, var end) -> interval(start.name(), end.name());
            case Array(var element, var containsNull) -> "array<" + element.catalogString() + ">";
            case MapOf(var key, var value, var nulls) ->
                    "map<" + key.catalogString() + "," + value.catalogString() + ">";
            case Struct(var fields) ->
                    fields.stream()
                            .map(field -> field.name() + ":" + field.type().catalogString())
                            .collect(Collectors.joining(",", "struct<", ">"));
        };
    }

    /// The name in SQL text and error messages: upper case, `STRUCT<a: INT>`.
    default String sql() {
        return switch (this) {
            case Struct(var fields) ->
                    fields.stream()
                            .map(field -> field.name() + ": " + field.type().sql())
                            .collect(Collectors.joining(", ", "STRUCT<", ">"));
            case Array(var element, var containsNull) -> "ARRAY<" + element.sql() + ">";
            case MapOf(var key, var value, var nulls) ->
                    "MAP<" + key.sql() + ", " + value.sql() + ">";
            default -> catalogString().toUpperCase(Locale.ROOT);
        };
    }

    default boolean isIntegral() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    default boolean isFractional() {
        return this == FLOAT || this == DOUBLE || this instanceof Decimal;
    }

    default boolean isNumeric() {
        return isIntegral() || isFractional();
    }

    default boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_NTZ;
    }

    default boolean isNested() {
        return this instanceof Array || this instanceof MapOf || this instanceof Struct;
    }

    /// Whether values can be sorted and compared: neither maps nor INTERVALs are among them.
    default boolean isOrderable() {
        return switch (this) {
            case Simple simple -> simple != Simple.INTERVAL;
            case Array(var element, var nulls) -> element.isOrderable();
            case Struct(var fields) -> fields.stream().allMatch(f -> f.type().isOrderable());
            case MapOf map -> false;
            case Decimal d -> true;
            case YearMonthInterval i -> true;
            case DayTimeInterval i -> true;
        };
    }

    private static String interval(String start, String end) {
        String text = "interval " + start.toLowerCase(Locale.ROOT);
        return start.equals(end) ? text : text + " to " + end.toLowerCase(Locale.ROOT);
    }
}
