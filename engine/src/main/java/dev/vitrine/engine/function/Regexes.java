package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions of SQL, which are Java's; the compiled ones are kept for reuse.
final class Regexes {
    private static final int KEPT = 256;
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Regexes() {}

    /// @param function whose argument it is, for the error
    static Pattern compile(String regex, String function) {
        Pattern known = COMPILED.get(regex);
        if (known != null) {
            return known;
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            if (COMPILED.size() >= KEPT) {
                COMPILED.clear();
            }
            COMPILED.put(regex, pattern);
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__PATTERN,
                    Map.of(
                            "functionName", "`" + function + "`",
                            "parameter", "`regexp`",
                            "value", "'" + regex + "'"),
                    null,
                    e);
        }
    }

    static List<String> split(String text, String regex, int limit) {
        if (regex.isEmpty() && !text.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        return List.of(compile(regex, "split").split(text, limit == 0 ? -1 : limit));
    }

    static String replace(String text, String regex, String replacement, int position) {
        int from = Math.max(0, position - 1);
        if (from >= text.length() && from > 0) {
            return text;
        }
        String head = text.substring(0, from);
        return head + replaced(text.substring(from), regex, replacement);
    }

    private static String replaced(String text, String regex, String replacement) {
        try {
            return compile(regex, "regexp_replace").matcher(text).replaceAll(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new EngineException(
                    ErrorCode.INVALID_REGEXP_REPLACE,
                    Map.of(
                            "source", text,
                            "pattern", regex,
                            "replacement", replacement),
                    null,
                    e);
        }
    }

    /// @throws EngineException where the expression has no such group
    static void checkGroup(Matcher matcher, int group, String function) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__REGEX_GROUP_INDEX,
                    Map.of(
                            "functionName",
                            "`" + function + "`",
                            "groupCount",
                            matcher.groupCount(),
                            "groupIndex",
                            group));
        }
    }
}
