package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.settings.Settings;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// A text whose places the parser counts in code points and everybody else in `char`s.
final class SourceText {
    private final String text;
    private final boolean onePerChar;
    private final ParseContext context;

    /// The whole text that this one is a part of, which positional parameters are counted in.
    private final String whole;

    SourceText(String text) {
        this(text, ParseContext.of(Settings.defaults()));
    }

    SourceText(String text, ParseContext context) {
        this(text, context, text);
    }

    private SourceText(String text, ParseContext context, String whole) {
        this.text = text;
        this.context = context;
        this.whole = whole;
        this.onePerChar = text.codePointCount(0, text.length()) == text.length();
    }

    /// Another text of the same places.
    SourceText over(String changed) {
        return new SourceText(changed, context, whole);
    }

    ParseContext context() {
        return context;
    }

    /// What `:name` stands for.
    ///
    /// @throws EngineException UNBOUND_SQL_PARAMETER
    Expr parameter(String name, SourceRange where) {
        return bound(context.parameters().named().get(name), name, where);
    }

    /// What the `?` at a place stands for.
    ///
    /// @throws EngineException UNBOUND_SQL_PARAMETER
    Expr parameter(SourceRange where) {
        List<Expr> values = context.parameters().positional();
        int index = 0;
        for (Token token : SqlLexing.raw(whole)) {
            if (token.getType() == SqlTokens.QUESTION && range(token).start() < where.start()) {
                index++;
            }
        }
        return bound(index < values.size() ? values.get(index) : null, "_" + where.start(), where);
    }

    private static Expr bound(@Nullable Expr value, String name, SourceRange where) {
        return switch (value) {
            case null ->
                    throw new EngineException(
                            ErrorCode.UNBOUND_SQL_PARAMETER, Map.of("name", name), where);
            // Each place has an expression of its own.
            case Expr.Literal(var constant, var type) -> new Expr.Literal(constant, type);
            default -> value;
        };
    }

    /// Whether TIMESTAMP means TIMESTAMP_NTZ.
    boolean localTimestamps() {
        return context.settings().localTimestamps();
    }

    /// Whether interval literals are of type INTERVAL.
    boolean legacyIntervals() {
        return context.settings().getBoolean(Settings.LEGACY_INTERVALS);
    }

    /// Whether INTERSECT binds no tighter than UNION and EXCEPT.
    boolean oneSetLevel() {
        return context.settings().getBoolean(Settings.ONE_SET_LEVEL);
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
