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

    static Pattern compile(String regex) {
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
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName", "`regexp`",
                            "parameter", "`regex`",
                            "invalidValue", "'" + regex + "'",
                            "expected", "a regular expression"),
                    null,
                    e);
        }
    }

    static List<String> split(String text, String regex, int limit) {
        if (regex.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        return List.of(compile(regex).split(text, limit == 0 ? -1 : limit));
    }

    static String replace(String text, String regex, String replacement, int position) {
        int from = Math.max(0, position - 1);
        if (from >= text.length() && from > 0) {
            return text;
        }
        String head = text.substring(0, from);
        return head + compile(regex).matcher(text.substring(from)).replaceAll(replacement);
    }

    static String extract(String text, String regex, int group) {
        Matcher matcher = compile(regex).matcher(text);
        if (group < 0 || group > matcher.groupCount()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName",
                            "`regexp_extract`",
                            "parameter",
                            "`group`",
                            "invalidValue",
                            group,
                            "expected",
                            "0 to " + matcher.groupCount()));
        }
        if (!matcher.find()) {
            return "";
        }
        String found = matcher.group(group);
        return found == null ? "" : found;
    }
}
