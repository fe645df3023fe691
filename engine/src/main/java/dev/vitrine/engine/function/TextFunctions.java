package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Functions of strings that are about what they say: sounds, masks, checks, formats, sentences.
final class TextFunctions {
    private static final String G = "string";
    private static final ArgType S = ArgType.STRING;
    private static final Pattern ZERO_INDEX = Pattern.compile("%0+\\$");
    private static final String SOUNDEX = "01230127022455012623017202";

    private TextFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "elt(n, a, b, …)",
                                "The n-th of the arguments behind n.",
                                "elt(1, 'scala', 'java')",
                                "scala")
                        .takes(ArgType.INT)
                        .andMore(ArgType.TEXT_OR_BYTES)
                        .prepared(TextFunctions::choices)
                        .returns(call -> call.size() > 1 ? call.type(1) : DataType.STRING)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .fails()
                        .computedBy(TextFunctions::chosen),
                define(
                                G,
                                "format_string(format, x, …)",
                                "The arguments written by a format such as %s has %d.",
                                "format_string('Hello World %d %s', 100, 'days')",
                                "Hello World 100 days")
                        .takes(S)
                        .andMore(ArgType.ANY)
                        .prepared(TextFunctions::formatted)
                        .returns(DataType.STRING)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .fails()
                        .computedBy(TextFunctions::format)
                        .alsoNamed("printf"),
                define(
                                G,
                                "luhn_check(digits)",
                                "Whether a number's last digit is right by the Luhn algorithm.",
                                "luhn_check('8112189876')",
                                "true")
                        .takes(S)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> luhn((String) a[0])),
                define(
                                G,
                                "mask(str[, upper[, lower[, digit[, other]]]])",
                                "str with letters and digits replaced; NULL keeps those of a kind.",
                                "mask('AbCD123-@$#')",
                                "XxXXnnn-@$#")
                        .takes(S)
                        .maybe(S, S, S, S)
                        .prepared(TextFunctions::checkMask)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy((a, s) -> masked(a))
                        .withParameters(
                                new FunctionEntry.Parameter("str", Optional.empty()),
                                parameter("upperChar", "X"),
                                parameter("lowerChar", "x"),
                                parameter("digitChar", "n"),
                                new FunctionEntry.Parameter(
                                        "otherChar",
                                        Optional.of(Expr.Literal.nullOf(DataType.STRING)))),
                define(
                                G,
                                "sentences(str[, language[, country]])",
                                "The words of each sentence of str.",
                                "sentences('Hi there! Good morning.')",
                                "[[\"Hi\",\"there\"],[\"Good\",\"morning\"]]")
                        .takes(S)
                        .maybe(S, S)
                        .returns(
                                new DataType.Array(
                                        new DataType.Array(DataType.STRING, false), false))
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .computedBy(
                                (a, s) -> a[0] instanceof String text ? sentences(text, a) : null),
                define(
                                G,
                                "quote(str)",
                                "str between single quotes, those in it after backslashes.",
                                "quote('Don''t')",
                                "'Don\\'t'")
                        .takes(S)
                        .computedBy((a, s) -> "'" + ((String) a[0]).replace("'", "\\'") + "'"),
                define(G, "soundex(str)", "The Soundex code of str.", "soundex('Miller')", "M460")
                        .takes(S)
                        .computedBy((a, s) -> soundex((String) a[0])));
    }

    private static FunctionEntry.Parameter parameter(String name, String fallback) {
        return new FunctionEntry.Parameter(name, Optional.of(Expr.Literal.of(fallback)));
    }

    /// Binaries only stay binaries; with a string among them all are strings.
    private static FunctionCall choices(FunctionCall call) {
        call.arity(2, Integer.MAX_VALUE);
        boolean bytes =
                call.args().stream().skip(1).allMatch(arg -> arg.type() == DataType.BINARY)
                        && !Boolean.parseBoolean(
                                call.settings()
                                        .get("spark.sql.function.eltOutputAsString", "false"));
        if (bytes) {
            return call;
        }
        List<Expr> args = new ArrayList<>(List.of(call.arg(0)));
        for (int i = 1; i < call.size(); i++) {
            args.add(call.as(i, ArgType.STRING));
        }
        return call.withArgs(args);
    }

    private static @Nullable Object chosen(@Nullable Object[] a, CallSite site) {
        if (!(a[0] instanceof Integer index)) {
            return null;
        }
        if (index >= 1 && index < a.length) {
            return a[index];
        }
        if (site.mode() == EvalMode.ANSI) {
            throw new EngineException(
                    ErrorCode.INVALID_ARRAY_INDEX,
                    Map.of("indexValue", index, "arraySize", a.length - 1));
        }
        return null;
    }

    private static FunctionCall formatted(FunctionCall call) {
        if (call.type(0) != DataType.STRING && call.type(0) != DataType.NULL) {
            throw call.unexpected(0, "STRING");
        }
        if (call.arg(0) instanceof Expr.Literal(String format, var type)
                && ZERO_INDEX.matcher(format).find()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__ZERO_INDEX,
                    Map.of("functionName", "`format_string`", "parameter", "`strfmt`"),
                    call.where());
        }
        return call;
    }

    private static @Nullable Object format(@Nullable Object[] a, CallSite site) {
        if (!(a[0] instanceof String format)) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[a.length - 1];
        for (int i = 0; i < values.length; i++) {
            DataType type = site.argTypes().get(i + 1);
            Object value = a[i + 1];
            boolean plain = type.isNumeric() || type == DataType.BOOLEAN;
            values[i] = value == null || plain ? value : CastText.of(value, type, site.zone());
        }
        try {
            return String.format(Locale.US, format, values);
        } catch (IllegalFormatException e) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName", "`format_string`",
                            "parameter", "`strfmt`",
                            "invalidValue", "'" + format + "'",
                            "expected", "a format that fits the arguments"),
                    null,
                    e);
        }
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        return !digits.isEmpty() && sum % 10 == 0;
    }

    private static FunctionCall checkMask(FunctionCall call) {
        for (int i = 1; i < call.size(); i++) {
            if (call.constant(call.arg(i), "character " + i)
                            instanceof Expr.Literal(String text, var type)
                    && text.codePointCount(0, text.length()) != 1) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__INPUT_SIZE_NOT_ONE,
                        Map.of("exprName", "`character " + i + "`"),
                        call.where());
            }
        }
        return call;
    }

    private static @Nullable Object masked(@Nullable Object[] a) {
        if (!(a[0] instanceof String text)) {
            return null;
        }
        @Nullable String[] kinds = {"X", "x", "n", null};
        for (int i = 1; i < a.length; i++) {
            kinds[i - 1] = (String) a[i];
        }
        StringBuilder result = new StringBuilder();
        // By halves of what takes two: those are neither letters nor digits.
        text.chars()
                .forEach(point -> {
                    int kind =
                            Character.isUpperCase(point)
                                    ? 0
                                    : Character.isLowerCase(point)
                                            ? 1
                                            : Character.isDigit(point) ? 2 : 3;
                    String other = kinds[kind];
                    if (other == null) {
                        result.append((char) point);
                    } else {
                        result.append(other);
                    }
                });
        return result.toString();
    }

    private static Object sentences(String text, @Nullable Object[] a) {
        String language = a.length > 1 && a[1] instanceof String l ? l : "";
        String country = a.length > 2 && a[2] instanceof String c ? c : "";
        Locale locale =
                language.isEmpty()
                        ? Locale.US
                        : new Locale.Builder().setLanguage(language).setRegion(country).build();
        List<Object> sentences = new ArrayList<>();
        BreakIterator sentence = BreakIterator.getSentenceInstance(locale);
        sentence.setText(text);
        int start = sentence.first();
        for (int end = sentence.next(); end != BreakIterator.DONE; end = sentence.next()) {
            sentences.add(words(text.substring(start, end), locale));
            start = end;
        }
        return sentences;
    }

    private static List<Object> words(String sentence, Locale locale) {
        List<Object> words = new ArrayList<>();
        BreakIterator word = BreakIterator.getWordInstance(locale);
        word.setText(sentence);
        int start = word.first();
        for (int end = word.next(); end != BreakIterator.DONE; end = word.next()) {
            if (Character.isLetterOrDigit(sentence.charAt(start))) {
                words.add(sentence.substring(start, end));
            }
            start = end;
        }
        return words;
    }

    /// The code of the first letter and the next three sounds; H and W do not part equal sounds,
    /// vowels do. What starts with no ASCII letter is its own code.
    private static String soundex(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return text;
        }
        StringBuilder code = new StringBuilder();
        code.append(Character.toUpperCase(text.charAt(0)));
        char last = sound(text.charAt(0));
        for (int i = 1; i < text.length() && code.length() < 4; i++) {
            char c = text.charAt(i);
            if (!isLetter(c)) {
                last = '0';
                continue;
            }
            char sound = sound(c);
            if (sound == '7') {
                continue;
            }
            if (sound != '0' && sound != last) {
                code.append(sound);
            }
            last = sound;
        }
        return code.append("000").substring(0, 4);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static char sound(char letter) {
        return SOUNDEX.charAt((letter | 0x20) - 'a');
    }
}
