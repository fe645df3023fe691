package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/// Text cut into tokens by the parser's own lexer. Never fails: what is no SQL becomes an ERROR
/// token.
public final class SqlLexing {
    private SqlLexing() {}

    /// The tokens of any text in order, comments included.
    public static List<SqlToken> tokens(String text) {
        SourceText source = new SourceText(text);
        List<Token> raw = raw(text);
        List<SqlToken> tokens = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            Token token = raw.get(i);
            if (token.getType() != SqlTokens.SPACE) {
                tokens.add(new SqlToken(source.range(token), kind(raw, i)));
            }
        }
        return tokens;
    }

    /// All words that are keywords somewhere, upper case, sorted.
    public static Set<String> keywords() {
        Set<String> words = new TreeSet<>();
        for (int type = 1; type <= SqlTokens.VOCABULARY.getMaxTokenType(); type++) {
            if (isKeyword(type)) {
                String name = SqlTokens.VOCABULARY.getSymbolicName(type);
                words.add(type == SqlTokens.MINUS_KEYWORD ? "MINUS" : name);
            }
        }
        return words;
    }

    static List<Token> raw(String text) {
        SqlTokens lexer = new SqlTokens(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        return new ArrayList<>(lexer.getAllTokens());
    }

    static boolean isKeyword(int type) {
        return type >= SqlTokens.ALL && type <= SqlTokens.MICROSECONDS;
    }

    private static TokenKind kind(List<Token> tokens, int index) {
        int type = tokens.get(index).getType();
        return switch (type) {
            case SqlTokens.LINE_COMMENT, SqlTokens.BLOCK_COMMENT -> TokenKind.COMMENT;
            case SqlTokens.STRING,
                    SqlTokens.DOUBLE_QUOTED,
                    SqlTokens.RAW_STRING,
                    SqlTokens.HEX_STRING ->
                    TokenKind.STRING;
            case SqlTokens.INTEGER_LITERAL,
                    SqlTokens.DECIMAL_LITERAL,
                    SqlTokens.EXPONENT_LITERAL,
                    SqlTokens.BIGINT_LITERAL,
                    SqlTokens.SMALLINT_LITERAL,
                    SqlTokens.TINYINT_LITERAL,
                    SqlTokens.DOUBLE_LITERAL,
                    SqlTokens.FLOAT_LITERAL,
                    SqlTokens.BIGDECIMAL_LITERAL ->
                    TokenKind.NUMBER;
            case SqlTokens.IDENTIFIER, SqlTokens.DIGIT_IDENTIFIER ->
                    beforeParenthesis(tokens, index) ? TokenKind.FUNCTION : TokenKind.IDENTIFIER;
            case SqlTokens.QUOTED_IDENTIFIER -> TokenKind.IDENTIFIER;
            case SqlTokens.UNCLOSED_STRING,
                    SqlTokens.UNCLOSED_QUOTED,
                    SqlTokens.UNCLOSED_IDENTIFIER,
                    SqlTokens.UNRECOGNIZED ->
                    TokenKind.ERROR;
            default -> isKeyword(type) ? TokenKind.KEYWORD : TokenKind.OPERATOR;
        };
    }

    private static boolean beforeParenthesis(List<Token> tokens, int index) {
        for (int i = index + 1; i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            if (type != SqlTokens.SPACE) {
                return type == SqlTokens.LPAREN;
            }
        }
        return false;
    }

    /// The range from the first of `tokens` to the last.
    static SourceRange span(SourceText source, List<Token> tokens) {
        return source.range(tokens.getFirst()).cover(source.range(tokens.getLast()));
    }
}
