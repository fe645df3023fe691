package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Functions of regular expressions.
final class RegexFunctions {
    private static final String G = "string";
    private static final ArgType S = ArgType.STRING;

    private RegexFunctions() {}

    private static Matcher matcher(@Nullable Object text, @Nullable Object regex, String name) {
        return Regexes.compile(String.valueOf(regex), name).matcher(String.valueOf(text));
    }

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(tests());
        all.addAll(extracts());
        return all;
    }

    private static List<FunctionEntry> tests() {
        return List.of(
                define(
                                G,
                                "rlike(str, regex)",
                                "Whether regex matches a part of str.",
                                "rlike('Spark', '^S.*k$')",
                                "true")
                        .takes(S, S)
                        .returns(DataType.BOOLEAN)
                        .fails()
                        .computedBy((a, s) -> matcher(a[0], a[1], "rlike").find())
                        .alsoNamed("regexp_like", "regexp"),
                define(
                                G,
                                "regexp_count(str, regex)",
                                "How often regex matches in str.",
                                "regexp_count('a1b2', '[0-9]')",
                                "2")
                        .takes(S, S)
                        .returns(DataType.INT)
                        .fails()
                        .computedBy((a, s) ->
                                (int) matcher(a[0], a[1], "regexp_count").results().count()),
                define(
                                G,
                                "regexp_instr(str, regex[, group])",
                                "Position of regex's first match in str, or 0.",
                                "regexp_instr('user@spark', '@')",
                                "5")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .returns(DataType.INT)
                        .fails()
                        .computedBy((a, s) -> {
                            Matcher matcher = matcher(a[0], a[1], "regexp_instr");
                            return matcher.find() ? matcher.toMatchResult().start() + 1 : 0;
                        }),
                define(
                                G,
                                "regexp_replace(str, regex, replacement[, pos])",
                                "str with what regex matches replaced; $1 is its first group.",
                                "regexp_replace('100-200', '(\\\\d+)', 'num')",
                                "num-num")
                        .takes(S, S, S)
                        .maybe(ArgType.INT)
                        .prepared(RegexFunctions::checkPosition)
                        .fails()
                        .computedBy((a, s) ->
                                Regexes.replace(
                                        String.valueOf(a[0]),
                                        String.valueOf(a[1]),
                                        String.valueOf(a[2]),
                                        a.length > 3 ? (Integer) a[3] : 1)));
    }

    /// The position is a constant from 1 on.
    private static FunctionCall checkPosition(FunctionCall call) {
        if (call.size() < 4) {
            return call;
        }
        Expr position = call.constant(call.as(3, ArgType.INT), "position");
        Object value = ExprEvaluator.constant(position, call.zone());
        if (value instanceof Integer at && at < 1) {
            throw call.outOfRange("position", "(0, 2147483647]", at);
        }
        return call.withArg(3, position);
    }

    private static List<FunctionEntry> extracts() {
        return List.of(
                define(
                                G,
                                "regexp_extract(str, regex[, group])",
                                "The group of regex's first match in str, or an empty string.",
                                "regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 1)",
                                "100")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .fails()
                        .computedBy((a, s) -> {
                            int group = a.length > 2 ? (Integer) a[2] : 1;
                            Matcher matcher = matcher(a[0], a[1], "regexp_extract");
                            Regexes.checkGroup(matcher, group, "regexp_extract");
                            return matcher.find() ? group(matcher, group) : "";
                        }),
                define(
                                G,
                                "regexp_extract_all(str, regex[, group])",
                                "The group of each of regex's matches in str.",
                                "regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1)",
                                "[\"100\",\"300\"]")
                        .takes(S, S)
                        .maybe(ArgType.INT)
                        .returns(new DataType.Array(DataType.STRING, true))
                        .fails()
                        .computedBy((a, s) -> {
                            int group = a.length > 2 ? (Integer) a[2] : 1;
                            Matcher matcher = matcher(a[0], a[1], "regexp_extract_all");
                            Regexes.checkGroup(matcher, group, "regexp_extract_all");
                            List<Object> found = new ArrayList<>();
                            while (matcher.find()) {
                                found.add(group(matcher, group));
                            }
                            return found;
                        }),
                define(
                                G,
                                "regexp_substr(str, regex)",
                                "regex's first match in str, or NULL.",
                                "regexp_substr('Steven Jones', 'Ste(v|ph)en')",
                                "Steven")
                        .takes(S, S)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> {
                            Matcher matcher = matcher(a[0], a[1], "regexp_substr");
                            return matcher.find() && !matcher.group().isEmpty()
                                    ? matcher.group()
                                    : null;
                        }));
    }

    private static String group(Matcher matcher, int group) {
        String found = matcher.group(group);
        return found == null ? "" : found;
    }
}
