package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TextLength;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.function.Collations;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads data types.
final class TypeBuilder {
    private final SourceText source;

    TypeBuilder(SourceText source) {
        this.source = source;
    }

    Schema schema(List<SqlGrammar.FieldContext> fields) {
        return new Schema(fields.stream().map(this::field).toList());
    }

    private Field field(SqlGrammar.FieldContext field) {
        return new Field(
                Quoting.identifier(field.anyName().getText()),
                type(field.dataType()),
                field.NOT() == null);
    }

    /// The length that CHAR and VARCHAR ask for.
    static Optional<TextLength> textLength(SqlGrammar.DataTypeContext context) {
        if (!(context instanceof SqlGrammar.NamedTypeContext named)
                || named.INTEGER_LITERAL().size() != 1) {
            return Optional.empty();
        }
        return switch (named.identifier().getText().toLowerCase(Locale.ROOT)) {
            case "char", "character" -> Optional.of(new TextLength(true, number(named, 0)));
            case "varchar" -> Optional.of(new TextLength(false, number(named, 0)));
            default -> Optional.empty();
        };
    }

    DataType type(SqlGrammar.DataTypeContext context) {
        return switch (context) {
            case SqlGrammar.ArrayTypeContext array ->
                    new DataType.Array(type(array.dataType()), true);
            case SqlGrammar.MapTypeContext map ->
                    new DataType.MapOf(type(map.dataType(0)), type(map.dataType(1)), true);
            case SqlGrammar.StructTypeContext struct ->
                    new DataType.Struct(struct.field().stream().map(this::field).toList());
            case SqlGrammar.IntervalTypeContext interval ->
                    IntervalLiterals.type(
                            interval.intervalUnit(0).getText(),
                            interval.intervalUnit(interval.intervalUnit().size() - 1).getText(),
                            source.range(interval));
            case SqlGrammar.NamedTypeContext named -> named(named);
            case SqlGrammar.CalendarIntervalTypeContext interval -> DataType.INTERVAL;
            default -> throw EngineException.internal("the type " + context.getText());
        };
    }

    private DataType named(SqlGrammar.NamedTypeContext named) {
        String name = named.identifier().getText().toLowerCase(Locale.ROOT);
        int count = named.INTEGER_LITERAL().size();
        int first = count > 0 ? number(named, 0) : 0;
        DataType type =
                switch (name) {
                    case "boolean" -> DataType.BOOLEAN;
                    case "tinyint", "byte" -> DataType.TINYINT;
                    case "smallint", "short" -> DataType.SMALLINT;
                    case "int", "integer" -> DataType.INT;
                    case "bigint", "long" -> DataType.BIGINT;
                    case "float", "real" -> DataType.FLOAT;
                    case "double" -> DataType.DOUBLE;
                    case "string" -> DataType.STRING;
                    case "binary" -> DataType.BINARY;
                    case "date" -> DataType.DATE;
                    case "timestamp" ->
                            source.localTimestamps() ? DataType.TIMESTAMP_NTZ : DataType.TIMESTAMP;
                    case "timestamp_ltz" -> DataType.TIMESTAMP;
                    case "timestamp_ntz" -> DataType.TIMESTAMP_NTZ;
                    case "time" -> time(named, count == 0 ? DataType.Time.MAX_PRECISION : first);
                    case "void" -> DataType.NULL;
                    case "variant" -> DataType.VARIANT;
                    case "char", "character", "varchar" -> {
                        if (count == 0) {
                            throw new EngineException(
                                    ErrorCode.DATATYPE_MISSING_SIZE,
                                    Map.of("type", "\"" + name.toUpperCase(Locale.ROOT) + "\""),
                                    source.range(named));
                        }
                        yield DataType.STRING;
                    }
                    case "decimal", "dec", "numeric" ->
                            decimal(
                                    named,
                                    count == 0 ? 10 : first,
                                    count > 1 ? number(named, 1) : 0);
                    default -> throw unknown(named);
                };
        if (named.COLLATE() != null) {
            if (type != DataType.STRING) {
                throw unknown(named);
            }
            type =
                    DataType.text(
                            Collations.named(
                                    ExprBuilder.collationName(named.multipart()),
                                    source.range(named.multipart())));
        }
        boolean takesLength =
                type instanceof DataType.Decimal
                        || type instanceof DataType.Time
                        || (type.isText() && !name.equals("string"));
        if (count > 0 && !takesLength) {
            throw unknown(named);
        }
        return type;
    }

    private static int number(SqlGrammar.NamedTypeContext named, int index) {
        String digits = named.INTEGER_LITERAL(index).getText();
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private DataType time(SqlGrammar.NamedTypeContext named, int precision) {
        if (precision > DataType.Time.MAX_PRECISION) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_TIME_PRECISION,
                    Map.of("precision", precision),
                    source.range(named));
        }
        return new DataType.Time(precision);
    }

    private DataType decimal(SqlGrammar.NamedTypeContext named, int precision, int scale) {
        if (precision < 1 || precision > DataType.Decimal.MAX_PRECISION || scale > precision) {
            throw unknown(named);
        }
        return new DataType.Decimal(precision, scale);
    }

    private EngineException unknown(SqlGrammar.NamedTypeContext named) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_DATATYPE,
                Map.of("typeName", "\"" + named.getText().toUpperCase(Locale.ROOT) + "\""),
                source.range(named));
    }
}
