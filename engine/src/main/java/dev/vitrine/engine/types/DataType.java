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
/// | STRING, whatever its collation | `String` |
/// | BINARY | [Binary] |
/// | DATE | `Integer`, days since 1970-01-01 |
/// | TIME(p) | `Long`, microseconds since midnight |
/// | TIMESTAMP, TIMESTAMP_NTZ | `Long`, microseconds since 1970-01-01 00:00:00 (UTC, or as written) |
/// | INTERVAL YEAR TO MONTH | `Integer`, months |
/// | INTERVAL DAY TO SECOND | `Long`, microseconds |
/// | INTERVAL | [CalendarInterval] |
/// | VARIANT | [Variant] |
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

    /// Values that say themselves what they are.
    DataType VARIANT = Simple.VARIANT;

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
        INTERVAL("interval"),
        VARIANT("variant");

        private final String catalogName;

        Simple(String catalogName) {
            this.catalogName = catalogName;
        }
    }

    /// Text that is not compared by its bytes, `STRING COLLATE UTF8_LCASE`; what is, is [#STRING].
    /// Only plans before [dev.vitrine.engine] optimization hold it: after that such columns are
    /// plain text, beside what they are compared by.
    record Collated(Collation collation) implements DataType {}

    /// A time of day with `precision` digits of the second's fraction, of which it has at most six.
    record Time(int precision) implements DataType {
        public static final int MAX_PRECISION = 6;
        public static final Time DEFAULT = new Time(MAX_PRECISION);

        public Time {
            if (precision < 0 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("time(" + precision + ")");
            }
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
            case Collated(var collation) -> "string collate " + collation.name();
            case Time(int precision) -> "time(" + precision + ")";
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
            case Collated(var collation) -> "STRING COLLATE " + collation.name();
            default -> catalogString().toUpperCase(Locale.ROOT);
        };
    }

    /// Text of a collation.
    static DataType text(Collation collation) {
        return collation.equals(Collation.DEFAULT) ? STRING : new Collated(collation);
    }

    default boolean isText() {
        return this == STRING || this instanceof Collated;
    }

    /// The collation of text.
    default Collation collation() {
        return this instanceof Collated(var collation) ? collation : Collation.DEFAULT;
    }

    /// Whether text with a collation is in it.
    default boolean hasCollation() {
        return switch (this) {
            case Collated c -> true;
            case Array(var element, var nulls) -> element.hasCollation();
            case MapOf(var key, var value, var nulls) -> key.hasCollation() || value.hasCollation();
            case Struct(var fields) -> fields.stream().anyMatch(f -> f.type().hasCollation());
            default -> false;
        };
    }

    /// Whether VARIANTs are in it.
    default boolean hasVariant() {
        return switch (this) {
            case Array(var element, var nulls) -> element.hasVariant();
            case MapOf(var key, var value, var nulls) -> value.hasVariant();
            case Struct(var fields) -> fields.stream().anyMatch(f -> f.type().hasVariant());
            default -> this == VARIANT;
        };
    }

    /// The type of the same values without their collations.
    default DataType withoutCollations() {
        if (!hasCollation()) {
            return this;
        }
        return switch (this) {
            case Collated c -> STRING;
            case Array(var element, var nulls) -> new Array(element.withoutCollations(), nulls);
            case MapOf(var key, var value, var nulls) ->
                    new MapOf(key.withoutCollations(), value.withoutCollations(), nulls);
            case Struct(var fields) ->
                    new Struct(
                            fields.stream()
                                    .map(f -> f.withType(f.type().withoutCollations()))
                                    .toList());
            default -> this;
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

    /// Whether values can be sorted and compared: maps, INTERVALs and VARIANTs are not among them.
    default boolean isOrderable() {
        return switch (this) {
            case Simple simple -> simple != Simple.INTERVAL && simple != Simple.VARIANT;
            case Array(var element, var nulls) -> element.isOrderable();
            case Struct(var fields) -> fields.stream().allMatch(f -> f.type().isOrderable());
            case MapOf map -> false;
            case Collated c -> true;
            case Time t -> true;
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
