package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.DateTimeText;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads constants.
final class LiteralBuilder {
    private final SourceText source;

    LiteralBuilder(SourceText source) {
        this.source = source;
    }

    Expr literal(SqlGrammar.LiteralContext context) {
        SourceRange where = source.range(context);
        return switch (context) {
            case SqlGrammar.NullLiteralContext none -> Expr.Literal.nullOf(DataType.NULL);
            case SqlGrammar.BooleanLiteralContext bool ->
                    new Expr.Literal(bool.TRUE() != null, DataType.BOOLEAN);
            case SqlGrammar.TypedLiteralContext typed -> typed(typed, where);
            case SqlGrammar.OtherTypedLiteralContext other -> throw unknown(other, where);
            case SqlGrammar.IntervalRangeContext range -> interval(range, where);
            case SqlGrammar.IntervalPartsContext parts -> interval(parts, where);
            case SqlGrammar.IntervalTextContext text -> {
                String value = string(text.string());
                yield source.legacyIntervals()
                        ? IntervalLiterals.calendar(value, where)
                        : IntervalLiterals.ofText(value, where);
            }
            case SqlGrammar.NumberLiteralContext number -> number(number.number(), false);
            case SqlGrammar.StringLiteralContext strings ->
                    Expr.Literal.of(joined(strings.string()));
            case SqlGrammar.HexLiteralContext hex -> hex(hex.getText(), where);
            default -> throw EngineException.internal("the literal " + context.getText());
        };
    }

    private Expr interval(SqlGrammar.IntervalRangeContext range, SourceRange where) {
        Expr.Literal literal =
                IntervalLiterals.ofRange(
                        range.MINUS() != null,
                        range.string() != null ? string(range.string()) : range.number().getText(),
                        range.intervalUnit(0).getText(),
                        range.intervalUnit(1).getText(),
                        where);
        return source.legacyIntervals() ? IntervalLiterals.calendar(literal) : literal;
    }

    private Expr interval(SqlGrammar.IntervalPartsContext node, SourceRange where) {
        List<IntervalLiterals.Part> parts = node.intervalPart().stream().map(this::part).toList();
        return source.legacyIntervals()
                ? IntervalLiterals.calendar(parts, where)
                : IntervalLiterals.ofParts(parts, where);
    }

    private IntervalLiterals.Part part(SqlGrammar.IntervalPartContext part) {
        String value = part.string() != null ? string(part.string()) : part.number().getText();
        return new IntervalLiterals.Part(
                part.MINUS() != null
                        ? new BigDecimal(value.strip()).negate().toPlainString()
                        : value,
                part.intervalUnit().getText());
    }

    static String string(SqlGrammar.StringContext string) {
        return Quoting.string(string.getText());
    }

    private static String joined(List<SqlGrammar.StringContext> strings) {
        return strings.stream().map(LiteralBuilder::string).collect(Collectors.joining());
    }

    private Expr typed(SqlGrammar.TypedLiteralContext typed, SourceRange where) {
        String text = string(typed.string());
        if (typed.TIME() != null) {
            OptionalLong micros = DateTimeText.parseTime(text);
            if (micros.isEmpty()) {
                throw invalid("TIME", text, where);
            }
            return new Expr.Literal(micros.getAsLong(), DataType.Time.DEFAULT);
        }
        Expr special = special(typed, specialName(text), where);
        if (special != null) {
            return special;
        }
        if (typed.DATE() != null) {
            var days = DateTimeText.parseDate(text);
            if (days.isEmpty()) {
                throw invalid("DATE", text, where);
            }
            return new Expr.Literal(days.getAsInt(), DataType.DATE);
        }
        boolean local =
                typed.TIMESTAMP() != null
                        && source.localTimestamps()
                        && !DateTimeText.hasZone(text);
        if (typed.TIMESTAMP_NTZ() != null || local) {
            var micros = DateTimeText.parseTimestampNtz(text);
            if (micros.isEmpty()) {
                throw invalid("TIMESTAMP_NTZ", text, where);
            }
            return new Expr.Literal(micros.getAsLong(), DataType.TIMESTAMP_NTZ);
        }
        if (DateTimeText.parseTimestamp(text, ZoneOffset.UTC).isEmpty()) {
            throw invalid("TIMESTAMP", text, where);
        }
        // The session's zone is known to the analyzer only, which folds this cast.
        return new Expr.Cast(Expr.Literal.of(text), DataType.TIMESTAMP, EvalMode.ANSI);
    }

    /// The word of a text such as `today`; a zone may follow it and changes nothing.
    private static String specialName(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", 2);
        boolean zoned =
                words.length == 1
                        || DateTimeText.parseZone(text.strip().split("\\s+", 2)[1]).isPresent();
        return zoned ? words[0] : "";
    }

    /// `DATE 'today'`, `TIMESTAMP 'now'` and the like, or null.
    private static @Nullable Expr special(
            SqlGrammar.TypedLiteralContext typed, String name, SourceRange where) {
        int days =
                switch (name) {
                    case "yesterday" -> -1;
                    case "tomorrow" -> 1;
                    default -> 0;
                };
        DataType type =
                typed.DATE() != null
                        ? DataType.DATE
                        : typed.TIMESTAMP_NTZ() != null
                                ? DataType.TIMESTAMP_NTZ
                                : DataType.TIMESTAMP;
        Expr today =
                new Expr.UnresolvedFunction(
                        "current_date", List.of(), false, Optional.empty(), where);
        return switch (name) {
            case "epoch" ->
                    new Expr.Cast(Expr.Literal.of("1970-01-01 00:00:00Z"), type, EvalMode.ANSI);
            case "now" ->
                    new Expr.Cast(
                            new Expr.UnresolvedFunction(
                                    "current_timestamp", List.of(), false, Optional.empty(), where),
                            type,
                            EvalMode.ANSI);
            case "today", "yesterday", "tomorrow" ->
                    new Expr.Cast(
                            new Expr.UnresolvedFunction(
                                    "date_add",
                                    List.of(today, Expr.Literal.of(days)),
                                    false,
                                    Optional.empty(),
                                    where),
                            type,
                            EvalMode.ANSI);
            default -> null;
        };
    }

    /// A word before a string that names no type with literals.
    private static EngineException unknown(
            SqlGrammar.OtherTypedLiteralContext other, SourceRange where) {
        String type = other.IDENTIFIER().getText().toUpperCase(Locale.ROOT);
        return new EngineException(
                ErrorCode.UNSUPPORTED_TYPED_LITERAL,
                Map.of("unsupportedType", "\"" + type + "\""),
                where);
    }

    private static EngineException invalid(String type, String value, SourceRange where) {
        return new EngineException(
                ErrorCode.INVALID_TYPED_LITERAL,
                Map.of("valueType", "\"" + type + "\"", "value", "'" + value + "'"),
                where);
    }

    private static Expr hex(String token, SourceRange where) {
        String digits = token.substring(2, token.length() - 1);
        try {
            byte[] bytes =
                    HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
            return new Expr.Literal(Binary.copyOf(bytes), DataType.BINARY);
        } catch (IllegalArgumentException e) {
            throw invalid("X", digits, where);
        }
    }

    /// A number with the minus sign that may stand before it.
    Expr number(SqlGrammar.NumberContext number, boolean negative) {
        String text = (negative ? "-" : "") + number.getText().toUpperCase(Locale.ROOT);
        SourceRange where = source.range(number);
        return switch (number.getStart().getType()) {
            case SqlGrammar.INTEGER_LITERAL -> integer(text, where);
            case SqlGrammar.BIGINT_LITERAL ->
                    new Expr.Literal(ranged(text, DataType.BIGINT, where), DataType.BIGINT);
            case SqlGrammar.SMALLINT_LITERAL ->
                    new Expr.Literal(
                            (short) ranged(text, DataType.SMALLINT, where), DataType.SMALLINT);
            case SqlGrammar.TINYINT_LITERAL ->
                    new Expr.Literal(
                            (byte) ranged(text, DataType.TINYINT, where), DataType.TINYINT);
            case SqlGrammar.DOUBLE_LITERAL ->
                    new Expr.Literal(
                            finite(Double.parseDouble(without(text, 1)), text, "DOUBLE", where),
                            DataType.DOUBLE);
            case SqlGrammar.FLOAT_LITERAL ->
                    new Expr.Literal(
                            (float)
                                    finite(
                                            Float.parseFloat(without(text, 1)),
                                            text,
                                            "FLOAT",
                                            where),
                            DataType.FLOAT);
            case SqlGrammar.EXPONENT_LITERAL ->
                    new Expr.Literal(
                            finite(Double.parseDouble(text), text, "DOUBLE", where),
                            DataType.DOUBLE);
            case SqlGrammar.BIGDECIMAL_LITERAL -> decimal(without(text, 2), where);
            default -> decimal(text, where);
        };
    }

    private static double finite(double value, String text, String type, SourceRange where) {
        if (Double.isInfinite(value)) {
            throw outOfRange(text, type, where);
        }
        return value;
    }

    private static String without(String text, int suffix) {
        return text.substring(0, text.length() - suffix);
    }

    private static Expr integer(String text, SourceRange where) {
        BigInteger value = new BigInteger(text);
        if (value.bitLength() < 32) {
            return Expr.Literal.of(value.intValue());
        }
        return value.bitLength() < 64 ? Expr.Literal.of(value.longValue()) : decimal(text, where);
    }

    private static long ranged(String text, DataType type, SourceRange where) {
        BigInteger value = new BigInteger(without(text, 1));
        int bits =
                switch (type) {
                    case DataType.Simple.TINYINT -> 8;
                    case DataType.Simple.SMALLINT -> 16;
                    default -> 64;
                };
        if (value.bitLength() >= bits) {
            throw outOfRange(text, type.sql(), where);
        }
        return value.longValue();
    }

    private static Expr decimal(String text, SourceRange where) {
        BigDecimal value = new BigDecimal(text);
        BigDecimal scaled = value.scale() < 0 ? value.setScale(0) : value;
        int precision = Math.max(scaled.precision(), scaled.scale());
        if (precision > DataType.Decimal.MAX_PRECISION) {
            throw outOfRange(text, "DECIMAL(38)", where);
        }
        return new Expr.Literal(scaled, new DataType.Decimal(precision, scaled.scale()));
    }

    private static EngineException outOfRange(String text, String type, SourceRange where) {
        return new EngineException(
                ErrorCode.INVALID_NUMERIC_LITERAL_RANGE,
                Map.of("rawStrippedQualifier", text, "typeName", type),
                where);
    }
}
