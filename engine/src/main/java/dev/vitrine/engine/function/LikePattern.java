package dev.vitrine.engine.function;

import java.util.Arrays;
import java.util.Locale;

/// A LIKE pattern cut into tokens; `_` stands for one code point.
public final class LikePattern {
    private static final int ONE = -1;
    private static final int MANY = -2;

    private final int[] tokens;
    private final boolean ignoreCase;

    private LikePattern(int[] tokens, boolean ignoreCase) {
        this.tokens = tokens;
        this.ignoreCase = ignoreCase;
    }

    public static LikePattern of(String pattern, char escape, boolean ignoreCase) {
        int[] points = pattern.codePoints().toArray();
        int[] tokens = new int[points.length];
        int count = 0;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == escape && i + 1 < points.length) {
                tokens[count++] = fold(points[++i], ignoreCase);
            } else if (point == '%') {
                tokens[count++] = MANY;
            } else if (point == '_') {
                tokens[count++] = ONE;
            } else {
                tokens[count++] = fold(point, ignoreCase);
            }
        }
        return new LikePattern(Arrays.copyOf(tokens, count), ignoreCase);
    }

    public boolean matches(String text) {
        String folded = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        int[] points = folded.codePoints().toArray();
        int at = 0;
        int token = 0;
        int retryToken = -1;
        int retryAt = 0;
        while (at < points.length) {
            if (token < tokens.length && (tokens[token] == ONE || tokens[token] == points[at])) {
                token++;
                at++;
            } else if (token < tokens.length && tokens[token] == MANY) {
                retryToken = ++token;
                retryAt = at;
            } else if (retryToken >= 0) {
                token = retryToken;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == MANY) {
            token++;
        }
        return token == tokens.length;
    }

    private static int fold(int point, boolean ignoreCase) {
        return ignoreCase ? Character.toLowerCase(point) : point;
    }
}
