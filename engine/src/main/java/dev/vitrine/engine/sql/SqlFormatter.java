package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;

/// SQL text laid out anew: keywords in upper case, a clause a line, subqueries indented, comments
/// where they were. Never changes what the text means: what does not parse stays as it is.
public final class SqlFormatter {
    /// Lines longer than this are broken where they can be.
    private static final int WIDTH = 100;

    private SqlFormatter() {}

    /// All statements of a text, laid out. A second time changes nothing.
    public static String format(String text) {
        if (text.isBlank()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces(text)) {
            if (!out.isEmpty() && !piece.text.isBlank()) {
                out.append("\n\n");
            }
            String formatted = statement(piece.text);
            out.append(formatted);
            if (piece.ended) {
                out.append(endsInLineComment(formatted) ? "\n;" : ";");
            }
            out.append(piece.beside.isEmpty() ? "" : " " + piece.beside);
        }
        return out.append(text.endsWith("\n") ? "\n" : "").toString();
    }

    /// A statement with the comments around it.
    ///
    /// @param ended whether a semicolon follows
    /// @param beside a comment that follows the semicolon in its line, or empty
    private record Piece(String text, boolean ended, String beside) {}

    private static List<Piece> pieces(String text) {
        SourceText source = new SourceText(text);
        List<Token> tokens = SqlLexing.raw(text);
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).getType() != SqlTokens.SEMICOLON) {
                continue;
            }
            SourceRange semicolon = source.range(tokens.get(i));
            String piece = text.substring(from, semicolon.start());
            from = semicolon.end();
            String beside = "";
            int next = i + 1;
            if (next < tokens.size() && isBlanks(tokens.get(next))) {
                next++;
            }
            if (next < tokens.size() && tokens.get(next).getType() == SqlTokens.LINE_COMMENT) {
                SourceRange comment = source.range(tokens.get(next));
                if (text.substring(from, comment.start()).indexOf('\n') < 0) {
                    beside = source.slice(comment).stripTrailing();
                    from = comment.end();
                }
            }
            pieces.add(new Piece(piece, true, beside));
        }
        String rest = text.substring(from);
        if (!rest.isBlank()) {
            pieces.add(new Piece(rest, false, ""));
        }
        return pieces;
    }

    private static boolean isBlanks(Token token) {
        return token.getType() == SqlTokens.SPACE;
    }

    private static boolean endsInLineComment(String text) {
        List<Token> tokens = SqlLexing.raw(text);
        return !tokens.isEmpty() && tokens.getLast().getType() == SqlTokens.LINE_COMMENT;
    }

    private static String statement(String text) {
        String asItIs = text.strip();
        if (SqlText.statements(text).isEmpty()) {
            return asItIs;
        }
        try {
            String formatted =
                    SqlParser.readStatement(
                            asItIs,
                            (tree, tokens) ->
                                    isSql(tree.statement())
                                            ? FormatDoc.print(
                                                    new SqlLayout(tokens).statement(tree), WIDTH)
                                            : asItIs);
            // A blank more or less may not make other words of these.
            return words(formatted).equals(words(asItIs)) ? formatted.strip() : asItIs;
        } catch (EngineException e) {
            // What is unfinished is left to whoever is writing it.
            return asItIs;
        }
    }

    /// Values of settings are anything, and their blanks count.
    private static boolean isSql(SqlGrammar.StatementContext statement) {
        return !(statement instanceof SqlGrammar.SetStatementContext
                || statement instanceof SqlGrammar.ResetContext);
    }

    /// All tokens and comments; keywords are the same in any case.
    private static List<String> words(String text) {
        SourceText source = new SourceText(text);
        List<String> words = new ArrayList<>();
        for (Token token : SqlLexing.raw(text)) {
            if (!isBlanks(token)) {
                String word = source.slice(source.range(token)).stripTrailing();
                words.add(
                        SqlLexing.isKeyword(token.getType())
                                ? word.toUpperCase(Locale.ROOT)
                                : word);
            }
        }
        return words;
    }
}
