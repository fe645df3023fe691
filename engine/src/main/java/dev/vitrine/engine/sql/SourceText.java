package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.settings.Settings;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// A text whose places the parser counts in code points and everybody else in `char`s.
final class SourceText {
    private final String text;
    private final boolean onePerChar;
    private final Settings settings;

    SourceText(String text) {
        this(text, Settings.defaults());
    }

    /// @param settings some of which say how a text is read
    SourceText(String text, Settings settings) {
        this.text = text;
        this.settings = settings;
        this.onePerChar = text.codePointCount(0, text.length()) == text.length();
    }

    /// Whether TIMESTAMP means TIMESTAMP_NTZ.
    boolean localTimestamps() {
        return settings.localTimestamps();
    }

    /// Whether INTERSECT binds no tighter than UNION and EXCEPT.
    boolean oneSetLevel() {
        return settings.getBoolean(Settings.ONE_SET_LEVEL);
    }

    private int offset(int codePoint) {
        return onePerChar
                ? Math.clamp(codePoint, 0, text.length())
                : text.offsetByCodePoints(
                        0, Math.clamp(codePoint, 0, text.codePointCount(0, text.length())));
    }

    SourceRange range(Token token) {
        int start = offset(token.getStartIndex());
        return new SourceRange(start, Math.max(start, offset(token.getStopIndex() + 1)));
    }

    SourceRange range(ParserRuleContext node) {
        SourceRange start = range(node.getStart());
        return node.getStop() == null
                        || node.getStop().getStopIndex() < node.getStart().getStartIndex()
                ? new SourceRange(start.start(), start.start())
                : start.cover(range(node.getStop()));
    }

    String slice(SourceRange range) {
        return text.substring(range.start(), range.end());
    }

    String slice(ParserRuleContext node) {
        return slice(range(node));
    }
}
