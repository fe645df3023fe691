package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes as text and text as bytes.
final class EncodingFunctions {
    private static final String G = "string";
    private static final ArgType S = ArgType.STRING;
    private static final List<String> CHARSETS =
            List.of("ISO-8859-1", "US-ASCII", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-8");
    static final FunctionEntry DECODE_BYTES =
            define(G, "decode(bytes, charset)", "Bytes as text in a charset.", "", "")
                    .takes(ArgType.BINARY, S)
                    .returns(DataType.STRING)
                    .fails()
                    .computedBy((a, s) -> decode(StringFunctions.bytes(a[0]), (String) a[1]));

    private EncodingFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(charsets());
        all.addAll(digits());
        all.addAll(binaries());
        return all;
    }

    private static List<FunctionEntry> charsets() {
        return List.of(
                define(
                                G,
                                "encode(str, charset)",
                                "str as bytes in a charset.",
                                "hex(encode('abc', 'utf-8'))",
                                "616263")
                        .takes(S, S)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) -> encode((String) a[0], (String) a[1])),
                define(
                                G,
                                "is_valid_utf8(str)",
                                "Whether str is valid UTF-8.",
                                "is_valid_utf8('Spark')",
                                "true")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> utf8(a[0]).isPresent()),
                define(
                                G,
                                "make_valid_utf8(str)",
                                "str with what is no valid UTF-8 replaced.",
                                "make_valid_utf8('Spark')",
                                "Spark")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.STRING)
                        .computedBy((a, s) ->
                                new String(StringFunctions.bytes(a[0]), StandardCharsets.UTF_8)),
                define(
                                G,
                                "validate_utf8(str)",
                                "str, where it is valid UTF-8; else an error.",
                                "validate_utf8('Spark')",
                                "Spark")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) ->
                                utf8(a[0])
                                        .orElseThrow(() ->
                                                new EngineException(
                                                        ErrorCode.INVALID_UTF8_STRING,
                                                        Map.of("str", hexed(a[0]))))),
                define(
                                G,
                                "try_validate_utf8(str)",
                                "str, where it is valid UTF-8; else NULL.",
                                "try_validate_utf8('Spark')",
                                "Spark")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.STRING)
                        .nullable()
                        .computedBy((a, s) -> utf8(a[0]).orElse(null)));
    }

    private static String hexed(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        for (byte b : StringFunctions.bytes(value)) {
            text.append(String.format("\\x%02X", b));
        }
        return text.toString();
    }

    private static Optional<String> utf8(@Nullable Object value) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(StringFunctions.bytes(value)))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Charset charset(String function, String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!CHARSETS.contains(upper)) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__CHARSET,
                    Map.of(
                            "functionName",
                            "`" + function + "`",
                            "charset",
                            name,
                            "charsets",
                            String.join(", ", CHARSETS)));
        }
        return Charset.forName(upper);
    }

    private static Object encode(String text, String name) {
        Charset charset = charset("encode", name);
        try {
            ByteBuffer bytes =
                    charset.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return Binary.copyOf(copy);
        } catch (CharacterCodingException e) {
            throw malformed("encode", name, e);
        }
    }

    private static Object decode(byte[] bytes, String name) {
        Charset charset = charset("decode", name);
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("decode", name, e);
        }
    }

    private static EngineException malformed(
            String function, String charset, CharacterCodingException cause) {
        return new EngineException(
                ErrorCode.MALFORMED_CHARACTER_CODING,
                Map.of("function", "`" + function + "`", "charset", charset),
                null,
                cause);
    }

    private static List<FunctionEntry> digits() {
        return List.of(
                define(
                                G,
                                "hex(value)",
                                "A whole number, string or binary in hexadecimal digits.",
                                "hex(17)",
                                "11")
                        .takes(ArgType.ANY)
                        .prepared(call ->
                                call.type(0).isIntegral()
                                                || call.type(0) == DataType.STRING
                                                || call.type(0) == DataType.BINARY
                                        ? call
                                        : call.withArg(0, call.as(0, ArgType.BIGINT)))
                        .returns(DataType.STRING)
                        .failsInAnsi()
                        .computedBy((a, s) -> TextOperations.hex(a[0])),
                define(
                                G,
                                "unhex(str)",
                                "The bytes that hexadecimal digits stand for; NULL for others.",
                                "cast(unhex('537061726B') as string)",
                                "Spark")
                        .takes(S)
                        .returns(DataType.BINARY)
                        .nullable()
                        .computedBy((a, s) -> TextOperations.unhex((String) a[0])),
                define(
                                G,
                                "base64(bytes)",
                                "A binary as base 64 text.",
                                "base64('Spark SQL')",
                                "U3BhcmsgU1FM")
                        .takes(ArgType.BINARY)
                        .returns(DataType.STRING)
                        .computedBy((a, s) ->
                                Base64.getEncoder().encodeToString(StringFunctions.bytes(a[0]))),
                define(
                                G,
                                "unbase64(str)",
                                "The bytes that base 64 text stands for.",
                                "cast(unbase64('U3BhcmsgU1FM') as string)",
                                "Spark SQL")
                        .takes(S)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) ->
                                fromBase64((String) a[0])
                                        .orElseThrow(() ->
                                                invalid((String) a[0], "BASE64", "unbase64"))));
    }

    private static EngineException invalid(String text, String format, String function) {
        return new EngineException(
                ErrorCode.CONVERSION_INVALID_INPUT,
                Map.of(
                        "str", "'" + text + "'",
                        "fmt", "'" + format + "'",
                        "targetType", "\"BINARY\"",
                        "suggestion", "`try_" + function + "`"));
    }

    private static Optional<Binary> fromBase64(String text) {
        try {
            return Optional.of(Binary.copyOf(Base64.getMimeDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<FunctionEntry> binaries() {
        return List.of(
                toBinary(
                        "to_binary",
                        "Text in hexadecimal digits, base64 or utf-8 as bytes.",
                        "hex(to_binary('abc', 'utf-8'))",
                        "616263",
                        false),
                toBinary(
                        "try_to_binary",
                        "As to_binary, with NULL for text that does not fit.",
                        "try_to_binary('a!', 'base64')",
                        "NULL",
                        true));
    }

    private static FunctionEntry toBinary(
            String name, String doc, String example, String result, boolean tries) {
        return define(G, name + "(str[, format])", doc, example, result)
                .takes(S)
                .maybe(S)
                .prepared(call -> checkFormat(tries ? call.withMode(EvalMode.TRY) : call))
                .returns(DataType.BINARY)
                .nullable()
                .fails()
                .computedBy((a, s) -> {
                    String format = a.length > 1 ? (String) a[1] : "hex";
                    Optional<Binary> bytes = read((String) a[0], format);
                    if (bytes.isEmpty() && !tries) {
                        throw invalid((String) a[0], format.toUpperCase(Locale.ROOT), "to_binary");
                    }
                    return bytes.orElse(null);
                });
    }

    private static FunctionCall checkFormat(FunctionCall call) {
        if (call.size() < 2 || !(call.arg(1) instanceof Expr.Literal(String format, var type))) {
            return call;
        }
        boolean known =
                List.of("hex", "utf-8", "utf8", "base64").contains(format.toLowerCase(Locale.ROOT));
        if (!known && call.mode() != EvalMode.TRY) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_ARG_VALUE,
                    Map.of(
                            "inputName", "`fmt`",
                            "requireType", "one of hex, utf-8, utf8 and base64",
                            "inputValue", "'" + format + "'"),
                    call.where());
        }
        return call;
    }

    private static Optional<Binary> read(String text, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> hexadecimal(text);
            case "utf-8", "utf8" ->
                    Optional.of(Binary.copyOf(text.getBytes(StandardCharsets.UTF_8)));
            case "base64" -> strictBase64(text);
            default -> Optional.empty();
        };
    }

    private static Optional<Binary> hexadecimal(String text) {
        try {
            String even = text.length() % 2 == 0 ? text : "0" + text;
            return Optional.of(Binary.copyOf(HexFormat.of().parseHex(even)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Binary> strictBase64(String text) {
        String compact = text.replaceAll("\\s", "");
        try {
            return compact.length() % 4 != 0
                    ? Optional.empty()
                    : Optional.of(Binary.copyOf(Base64.getDecoder().decode(compact)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
