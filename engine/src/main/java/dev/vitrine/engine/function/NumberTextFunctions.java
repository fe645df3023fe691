package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Numbers as text and text as numbers, by patterns and in other bases.
final class NumberTextFunctions {
    private static final String G = "string";
    private static final ArgType S = ArgType.STRING;
    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private static final FunctionEntry NUMBER_TO_CHAR =
            define(G, "to_char(number, pattern)", "", "", "")
                    .takes(ArgType.ANY, S)
                    .returns(DataType.STRING)
                    .fails()
                    .computedBy((a, s) ->
                            NumberPattern.of((String) a[1], null).format((BigDecimal) a[0]));

    private static final FunctionEntry BYTES_TO_CHAR =
            define(G, "to_char(bytes, format)", "", "", "")
                    .takes(ArgType.BINARY, S)
                    .returns(DataType.STRING)
                    .fails()
                    .computedBy((a, s) -> written((Binary) a[0], (String) a[1]));

    private NumberTextFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                new FunctionEntry(
                        "to_char",
                        List.of("to_varchar"),
                        FunctionKind.SCALAR,
                        G,
                        "to_char(x, pattern)",
                        "A number, a time or bytes as text, by a pattern.",
                        "to_char(12454.8, '99G999D9S')",
                        "12,454.8+",
                        NumberTextFunctions::toChar),
                toNumber(
                        "to_number",
                        "Text as a number, by a pattern such as 99G999D00.",
                        "to_number('$78.12', '$99.99')",
                        "78.12",
                        false),
                toNumber(
                        "try_to_number",
                        "As to_number, with NULL for text that does not fit.",
                        "try_to_number('abc', '999')",
                        "NULL",
                        true),
                define(
                                G,
                                "format_number(x, digits)",
                                "x with thousands separators and a number of digits after the point, or by a pattern such as #,###.00.",
                                "format_number(12332.123456, 4)",
                                "12,332.1235")
                        .takes(ArgType.NUMERIC, ArgType.ANY)
                        .prepared(call ->
                                call.type(1) == DataType.STRING
                                        ? call
                                        : call.withArg(1, call.as(1, ArgType.INT)))
                        .returns(DataType.STRING)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> formatted(a[0], a[1])),
                define(
                                "math",
                                "conv(digits, from, to)",
                                "A number's digits of one base in another, 2 to 36; a negative base writes a sign.",
                                "conv('100', 2, 10)",
                                "4")
                        .takes(S, ArgType.INT, ArgType.INT)
                        .returns(DataType.STRING)
                        .nullable()
                        .fails()
                        .computedBy((a, s) ->
                                converted(
                                        (String) a[0], (Integer) a[1], (Integer) a[2], s.mode())));
    }

    private static Expr toChar(FunctionCall call) {
        call.arity(2, 2);
        DataType type = call.type(0);
        if (CommonTypes.isDateTime(type)) {
            return FunctionRegistry.builtin().resolve("date_format", call);
        }
        call.constant(call.arg(1), "format");
        if (type == DataType.BINARY) {
            return BYTES_TO_CHAR.resolver().resolve(call);
        }
        if (call.arg(1) instanceof Expr.Literal(String format, var t)) {
            NumberPattern.of(format, call.where()).type();
        }
        DataType decimal =
                type instanceof DataType.Decimal
                        ? type
                        : type.isIntegral() || type == DataType.NULL
                                ? CommonTypes.decimalFor(
                                        type == DataType.NULL ? DataType.INT : type)
                                : new DataType.Decimal(38, 18);
        if (!type.isNumeric() && type != DataType.STRING && type != DataType.NULL) {
            throw call.unexpected(0, "NUMERIC");
        }
        return NUMBER_TO_CHAR
                .resolver()
                .resolve(call.withArg(0, CommonTypes.cast(call.arg(0), decimal, call.mode())));
    }

    private static String written(Binary bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "base64" -> Base64.getEncoder().encodeToString(bytes.toBytes());
            case "hex" -> TextOperations.hex(bytes);
            case "utf-8", "utf8" -> new String(bytes.toBytes(), StandardCharsets.UTF_8);
            default ->
                    throw new EngineException(
                            ErrorCode.INVALID_PARAMETER_VALUE__BINARY_FORMAT,
                            Map.of(
                                    "functionName",
                                    "`to_char`",
                                    "invalidFormat",
                                    "'" + format + "'"));
        };
    }

    private static FunctionEntry toNumber(
            String name, String doc, String example, String result, boolean tries) {
        return define(G, name + "(str, pattern)", doc, example, result)
                .takes(S, S)
                .returns(call -> {
                    if (call.arg(1) instanceof Expr.Literal(var value, var type)) {
                        return value == null
                                ? new DataType.Decimal(38, 18)
                                : NumberPattern.of((String) value, call.where()).type();
                    }
                    throw call.notConstant(call.arg(1), "format");
                })
                .nullable()
                .fails()
                .computedBy((a, s) -> {
                    NumberPattern pattern = NumberPattern.of((String) a[1], null);
                    Optional<BigDecimal> number = pattern.parse((String) a[0]);
                    if (number.isEmpty() && !tries) {
                        throw new EngineException(
                                ErrorCode.INVALID_FORMAT__MISMATCH_INPUT,
                                Map.of(
                                        "inputType", "\"STRING\"",
                                        "input", "'" + a[0] + "'",
                                        "format", "'" + a[1] + "'"));
                    }
                    return number.orElse(null);
                });
    }

    private static @Nullable Object formatted(@Nullable Object number, @Nullable Object format) {
        if (format instanceof Integer digits && digits < 0) {
            return null;
        }
        String pattern =
                format instanceof Integer digits
                        ? digits == 0 ? "#,###,###,###,###,###,##0" : "#,##0." + "0".repeat(digits)
                        : String.valueOf(format);
        try {
            DecimalFormat writer =
                    new DecimalFormat(
                            pattern.isEmpty() ? "#,##0" : pattern,
                            DecimalFormatSymbols.getInstance(Locale.US));
            writer.setRoundingMode(RoundingMode.HALF_EVEN);
            return writer.format(number);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName", "`format_number`",
                            "parameter", "`format`",
                            "invalidValue", "'" + pattern + "'",
                            "expected", "a pattern such as #,###.00"),
                    null,
                    e);
        }
    }

    /// Digits are read up to the first that the base does not have, as a number of 64 bits.
    private static @Nullable Object converted(String text, int from, int to, EvalMode mode) {
        String digits = text.strip();
        boolean known =
                from >= Character.MIN_RADIX
                        && from <= Character.MAX_RADIX
                        && Math.abs(to) >= Character.MIN_RADIX
                        && Math.abs(to) <= Character.MAX_RADIX;
        if (!known || digits.isEmpty()) {
            return null;
        }
        boolean negative = digits.charAt(0) == '-';
        BigInteger number = BigInteger.ZERO;
        for (int i = negative ? 1 : 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), from);
            if (digit < 0 || digits.charAt(i) > 127) {
                break;
            }
            number = number.multiply(BigInteger.valueOf(from)).add(BigInteger.valueOf(digit));
            if (number.compareTo(MAX_UNSIGNED) > 0) {
                if (mode == EvalMode.ANSI) {
                    throw NumberOperations.overflow("Overflow in function conv()");
                }
                number = MAX_UNSIGNED;
                break;
            }
        }
        if (negative && to > 0) {
            number = number.bitLength() >= 64 ? MAX_UNSIGNED : number.negate().and(MAX_UNSIGNED);
        }
        boolean minus = to < 0 && (negative || number.bitLength() >= 64);
        if (minus && number.bitLength() >= 64) {
            number = MAX_UNSIGNED.add(BigInteger.ONE).subtract(number);
        }
        return (minus ? "-" : "") + number.toString(Math.abs(to)).toUpperCase(Locale.ROOT);
    }
}
