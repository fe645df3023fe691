package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Texts of several statements.
public final class SqlText {
    private SqlText() {}

    /// The ranges of the statements between semicolons, which are not in them; semicolons in
    /// strings and comments do not count, and neither do statements of nothing but comments.
    public static List<SourceRange> statements(String text) {
        SourceText source = new SourceText(text);
        List<SourceRange> ranges = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        for (Token token : SqlLexing.raw(text)) {
            if (token.getType() == SqlTokens.SEMICOLON) {
                flush(source, current, ranges);
            } else if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                current.add(token);
            }
        }
        flush(source, current, ranges);
        return ranges;
    }

    private static void flush(SourceText source, List<Token> current, List<SourceRange> ranges) {
        if (!current.isEmpty()) {
            ranges.add(SqlLexing.span(source, current));
            current.clear();
        }
    }

    /// `name` as SQL text: in back-quotes where it is no plain word.
    public static String quoted(String name) {
        boolean plain =
                name.matches("[A-Za-z_][A-Za-z_0-9]*")
                        && !SqlLexing.keywords().contains(name.toUpperCase(java.util.Locale.ROOT));
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }
}
