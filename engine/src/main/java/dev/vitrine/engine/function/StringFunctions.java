package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Functions of strings. Positions count characters (code points) from 1.
final class StringFunctions {
    private static final String G = "string";
    private static final ArgType S = ArgType.STRING;
    private static final DataType TEXTS = new DataType.Array(DataType.STRING, true);

    private StringFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.addAll(shaping());
        all.addAll(cutting());
        all.addAll(searching());
        all.addAll(others());
        return all;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : (String) value;
    }

    private static Object reversed(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.reversed();
            case Binary bytes -> TextOperations.reverse(bytes);
            case null, default -> new StringBuilder(text(value)).reverse().toString();
        };
    }

    private static List<FunctionEntry> shaping() {
        return List.of(
                define(G, "upper(str)", "str in upper case.", "upper('abc')", "ABC")
                        .takes(S)
                        .computedBy((a, s) -> text(a[0]).toUpperCase(Locale.ROOT))
                        .alsoNamed("ucase"),
                define(G, "lower(str)", "str in lower case.", "lower('ABC')", "abc")
                        .takes(S)
                        .computedBy((a, s) -> text(a[0]).toLowerCase(Locale.ROOT))
                        .alsoNamed("lcase"),
                define(
                                G,
                                "initcap(str)",
                                "str with each word's first letter in upper case.",
                                "initcap('sPark sql')",
                                "Spark Sql")
                        .takes(S)
                        .computedBy((a, s) -> TextOperations.initcap(text(a[0]))),
                define(
                                G,
                                "reverse(str)",
                                "str, bytes or an array from end to start.",
                                "reverse('abc')",
                                "cba")
                        .takes(ArgType.TEXT_BYTES_OR_ARRAY)
                        .computedBy((a, s) -> reversed(a[0])),
                define(G, "repeat(str, n)", "str n times over.", "repeat('ab', 2)", "abab")
                        .takes(S, ArgType.INT)
                        .fails()
                        .computedBy((a, s) ->
                                TextOperations.repeat("repeat", text(a[0]), (Integer) a[1])),
                define(G, "space(n)", "n blanks.", "concat(space(2), '1')", "  1")
                        .takes(ArgType.INT)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) -> TextOperations.repeat("space", " ", (Integer) a[0])),
                define(
                                G,
                                "lpad(str, len[, pad])",
                                "str filled up on the left, or cut, to len characters.",
                                "lpad('hi', 5, '?')",
                                "???hi")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .maybe(ArgType.TEXT_OR_BYTES)
                        .prepared(StringFunctions::padded)
                        .fails()
                        .computedBy((a, s) -> pad(a, true)),
                define(
                                G,
                                "rpad(str, len[, pad])",
                                "str filled up on the right, or cut, to len characters.",
                                "rpad('hi', 5, '?')",
                                "hi???")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .maybe(ArgType.TEXT_OR_BYTES)
                        .prepared(StringFunctions::padded)
                        .fails()
                        .computedBy((a, s) -> pad(a, false)),
                define(
                                G,
                                "replace(str, search[, replacement])",
                                "str with each occurrence of search replaced.",
                                "replace('ABCabc', 'abc', 'DEF')",
                                "ABCDEF")
                        .takes(S, S)
                        .maybe(S)
                        .computedBy((a, s) ->
                                text(a[1]).isEmpty()
                                        ? a[0]
                                        : text(a[0])
                                                .replace(
                                                        text(a[1]),
                                                        a.length > 2 ? text(a[2]) : "")),
                define(
                                G,
                                "translate(str, from, to)",
                                "str with each character of from replaced by the one at its place in to.",
                                "translate('AaBbCc', 'abc', '123')",
                                "A1B2C3")
                        .takes(S, S, S)
                        .computedBy((a, s) ->
                                TextOperations.translate(text(a[0]), text(a[1]), text(a[2]))),
                define(
                                G,
                                "overlay(str, replacement, pos[, len])",
                                "str with what stands at pos replaced.",
                                "overlay('Spark SQL', '_', 6)",
                                "Spark_SQL")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .maybe(ArgType.INT)
                        .prepared(call ->
                                call.type(0) == DataType.BINARY && call.type(1) == DataType.BINARY
                                        ? call
                                        : call.withArg(0, call.as(0, S)).withArg(1, call.as(1, S)))
                        .computedBy((a, s) ->
                                a[0] instanceof Binary bytes
                                        ? TextOperations.overlay(
                                                bytes,
                                                (Binary) a[1],
                                                (Integer) a[2],
                                                a.length > 3 ? (Integer) a[3] : -1)
                                        : TextOperations.overlay(
                                                text(a[0]),
                                                text(a[1]),
                                                (Integer) a[2],
                                                a.length > 3 ? (Integer) a[3] : -1)));
    }

    private static List<FunctionEntry> cutting() {
        return List.of(
                trim(
                                "trim",
                                "str without blanks, or the given characters, at both ends.",
                                "trim('  x  ')",
                                "x",
                                true,
                                true)
                        .alsoNamed("btrim"),
                trim(
                        "ltrim",
                        "str without blanks, or the given characters, at its start.",
                        "ltrim('  x')",
                        "x",
                        true,
                        false),
                trim(
                        "rtrim",
                        "str without blanks, or the given characters, at its end.",
                        "rtrim('x  ')",
                        "x",
                        false,
                        true),
                define(
                                G,
                                "substring(str, pos[, len])",
                                "The part of str from pos on; a negative pos counts from the end.",
                                "substring('Spark SQL', 5, 1)",
                                "k")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .maybe(ArgType.INT)
                        .computedBy((a, s) -> substring(a))
                        .alsoNamed("substr", "mid"),
                define(G, "left(str, n)", "The first n characters.", "left('Spark SQL', 3)", "Spa")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .computedBy((a, s) ->
                                a[0] instanceof Binary bytes
                                        ? TextOperations.substring(bytes, 1, (Integer) a[1])
                                        : TextOperations.substring(text(a[0]), 1, (Integer) a[1])),
                define(G, "right(str, n)", "The last n characters.", "right('Spark SQL', 3)", "SQL")
                        .takes(S, ArgType.INT)
                        .computedBy((a, s) ->
                                (Integer) a[1] <= 0
                                        ? ""
                                        : TextOperations.substring(
                                                text(a[0]), -(Integer) a[1], Integer.MAX_VALUE)),
                define(
                                G,
                                "split(str, regex[, limit])",
                                "The parts of str between matches of regex.",
                                "split('oneAtwoB', '[AB]')",
                                "[\"one\",\"two\",\"\"]")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .returns(TEXTS)
                        .fails()
                        .computedBy((a, s) ->
                                Regexes.split(
                                        text(a[0]),
                                        text(a[1]),
                                        a.length > 2 ? (Integer) a[2] : -1)),
                define(
                                G,
                                "split_part(str, delimiter, n)",
                                "The n-th part of str between delimiters; a negative n counts from the end.",
                                "split_part('11.12.13', '.', 3)",
                                "13")
                        .takes(S, S, ArgType.INT)
                        .fails()
                        .computedBy((a, s) ->
                                TextOperations.splitPart(text(a[0]), text(a[1]), (Integer) a[2])),
                define(
                                G,
                                "substring_index(str, delimiter, n)",
                                "What stands before the n-th delimiter, or after it from the end where n is negative.",
                                "substring_index('www.apache.org', '.', 2)",
                                "www.apache")
                        .takes(S, S, ArgType.INT)
                        .computedBy((a, s) ->
                                TextOperations.substringIndex(
                                        text(a[0]), text(a[1]), (Integer) a[2])));
    }

    private static @Nullable Object substring(@Nullable Object[] a) {
        int length = a.length > 2 ? (Integer) a[2] : Integer.MAX_VALUE;
        return a[0] instanceof Binary bytes
                ? TextOperations.substring(bytes, (Integer) a[1], length)
                : TextOperations.substring(text(a[0]), (Integer) a[1], length);
    }

    /// Binaries are filled up with zeros or binaries, strings with blanks or strings.
    private static FunctionCall padded(FunctionCall call) {
        boolean bytes =
                call.type(0) == DataType.BINARY
                        && (call.size() < 3 || call.type(2) == DataType.BINARY);
        if (bytes) {
            return call;
        }
        FunctionCall text = call.withArg(0, call.as(0, S));
        return call.size() < 3 ? text : text.withArg(2, call.as(2, S));
    }

    private static Object pad(@Nullable Object[] a, boolean left) {
        int length = (Integer) a[1];
        if (a[0] instanceof Binary bytes) {
            String pad = a.length > 2 ? bytewise(a[2]) : "\0";
            return Binary.copyOf(
                    TextOperations.pad(bytewise(bytes), length, pad, left)
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        return TextOperations.pad(text(a[0]), length, a.length > 2 ? text(a[2]) : " ", left);
    }

    /// Two binaries, or two strings.
    private static FunctionCall alike(FunctionCall call) {
        return call.type(0) == DataType.BINARY && call.type(1) == DataType.BINARY
                ? call
                : call.withArg(0, call.as(0, S)).withArg(1, call.as(1, S));
    }

    /// Text as it is, bytes as one character each.
    private static String bytewise(@Nullable Object value) {
        return value instanceof Binary bytes
                ? new String(bytes.toBytes(), StandardCharsets.ISO_8859_1)
                : text(value);
    }

    private static FunctionEntry trim(
            String name, String doc, String example, String result, boolean start, boolean end) {
        return define(G, name + "(str[, characters])", doc, example, result)
                .takes(S)
                .maybe(S)
                .computedBy((a, s) ->
                        TextOperations.trim(
                                text(a[0]), a.length > 1 ? text(a[1]) : " ", start, end));
    }

    private static List<FunctionEntry> searching() {
        return List.of(
                define(
                                G,
                                "contains(str, part)",
                                "Whether part occurs in str.",
                                "contains('Spark SQL', 'Spark')",
                                "true")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.TEXT_OR_BYTES)
                        .prepared(StringFunctions::alike)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> bytewise(a[0]).contains(bytewise(a[1]))),
                define(
                                G,
                                "startswith(str, prefix)",
                                "Whether str starts with prefix.",
                                "startswith('Spark SQL', 'Spark')",
                                "true")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.TEXT_OR_BYTES)
                        .prepared(StringFunctions::alike)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> bytewise(a[0]).startsWith(bytewise(a[1]))),
                define(
                                G,
                                "endswith(str, suffix)",
                                "Whether str ends with suffix.",
                                "endswith('Spark SQL', 'SQL')",
                                "true")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.TEXT_OR_BYTES)
                        .prepared(StringFunctions::alike)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> bytewise(a[0]).endsWith(bytewise(a[1]))),
                define(
                                G,
                                "instr(str, part)",
                                "Position of the first part in str, or 0.",
                                "instr('SparkSQL', 'SQL')",
                                "6")
                        .takes(S, S)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> TextOperations.locate(text(a[1]), text(a[0]), 1)),
                define(
                                G,
                                "locate(part, str[, pos])",
                                "Position of the first part in str from pos on, or 0.",
                                "locate('bar', 'foobarbar', 5)",
                                "7")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .returns(DataType.INT)
                        .computedBy((a, s) ->
                                TextOperations.locate(
                                        text(a[0]), text(a[1]), a.length > 2 ? (Integer) a[2] : 1))
                        .alsoNamed("position", "charindex"),
                define(
                                G,
                                "find_in_set(str, list)",
                                "Position of str in a list with commas, or 0.",
                                "find_in_set('ab','abc,b,ab,c,def')",
                                "3")
                        .takes(S, S)
                        .returns(DataType.INT)
                        .computedBy((a, s) ->
                                text(a[0]).indexOf(',') >= 0
                                        ? 0
                                        : List.of(text(a[1]).split(",", -1)).indexOf(text(a[0]))
                                                + 1),
                define(
                                G,
                                "levenshtein(a, b[, limit])",
                                "Number of single-character edits between a and b; -1 above the limit.",
                                "levenshtein('kitten', 'sitting')",
                                "3")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> {
                            int edits = EditDistance.between(text(a[0]), text(a[1]));
                            return a.length > 2 && edits > (Integer) a[2] ? -1 : edits;
                        }));
    }

    private static List<FunctionEntry> others() {
        return List.of(
                define(
                                G,
                                "length(str)",
                                "Number of characters, or of bytes of a binary.",
                                "length('Spark SQL ')",
                                "10")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.INT)
                        .computedBy((a, s) ->
                                a[0] instanceof Binary b
                                        ? b.length()
                                        : text(a[0]).codePointCount(0, text(a[0]).length()))
                        .alsoNamed("char_length", "character_length", "len"),
                define(
                                G,
                                "octet_length(str)",
                                "Number of bytes in UTF-8.",
                                "octet_length('é')",
                                "2")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> bytes(a[0]).length),
                define(G, "bit_length(str)", "Number of bits in UTF-8.", "bit_length('é')", "16")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> bytes(a[0]).length * 8),
                define(
                                G,
                                "concat_ws(separator, str, …)",
                                "The strings, and the elements of arrays, that are not NULL with a separator between them.",
                                "concat_ws(' ', 'Spark', 'SQL')",
                                "Spark SQL")
                        .takes(S)
                        .andMore(ArgType.ANY)
                        .returns(DataType.STRING)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy((a, s) -> TextOperations.join(a, s)),
                define(
                                G,
                                "ascii(str)",
                                "Code point of the first character; 0 for an empty string.",
                                "ascii('A')",
                                "65")
                        .takes(S)
                        .returns(DataType.INT)
                        .computedBy((a, s) -> text(a[0]).isEmpty() ? 0 : text(a[0]).codePointAt(0)),
                define(G, "chr(n)", "The character of a code, modulo 256.", "chr(65)", "A")
                        .takes(ArgType.BIGINT)
                        .returns(DataType.STRING)
                        .computedBy((a, s) ->
                                (Long) a[0] < 0 ? "" : String.valueOf((char) ((Long) a[0] & 0xFF)))
                        .alsoNamed("char"));
    }

    static byte[] bytes(@Nullable Object value) {
        return value instanceof Binary binary
                ? binary.toBytes()
                : text(value).getBytes(StandardCharsets.UTF_8);
    }
}
