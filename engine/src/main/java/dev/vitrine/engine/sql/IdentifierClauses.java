package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;

/// Replaces each `IDENTIFIER(…)` of a text by the name that its constant is, before the text is
/// parsed: a name may then stand wherever one can be written.
///
/// A name shorter than its clause is followed by blanks, so that all other places stay where they
/// are.
final class IdentifierClauses {
    private static final Pattern SOME = Pattern.compile("(?i)\\bidentifier\\s*\\(");

    private final String text;
    private final SourceText source;

    IdentifierClauses(String text, SourceText source) {
        this.text = text;
        this.source = source;
    }

    /// The text with names.
    ///
    /// @throws EngineException NOT_A_CONSTANT_STRING, or PARSE_SYNTAX_ERROR where the constant is
    ///   no name
    String replaced() {
        if (!SOME.matcher(text).find()) {
            return text;
        }
        List<Token> tokens = new ArrayList<>();
        for (Token token : SqlLexing.raw(text)) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                tokens.add(token);
            }
        }
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            int close = clauseEnd(tokens, i);
            if (close > 0) {
                SourceRange clause =
                        source.range(tokens.get(i)).cover(source.range(tokens.get(close)));
                int open = source.range(tokens.get(i + 1)).end();
                int shut = source.range(tokens.get(close)).start();
                SourceRange inside = new SourceRange(open, shut);
                String name = name(inside, clause);
                if (close + 1 < tokens.size() && tokens.get(close + 1).getType() == SqlTokens.DOT) {
                    // It is a whole name: what follows is a field of a column of that name.
                    name = "(" + name + ")";
                }
                result.append(text, done, clause.start()).append(name);
                int missing = clause.end() - clause.start() - name.length();
                result.append(" ".repeat(Math.max(0, missing)));
                done = clause.end();
                i = close;
            }
        }
        return result.append(text.substring(done)).toString();
    }

    /// The closing parenthesis of the clause that begins at `at`, or -1.
    private static int clauseEnd(List<Token> tokens, int at) {
        boolean begins =
                tokens.get(at).getType() == SqlTokens.IDENTIFIER
                        && tokens.get(at).getText().equalsIgnoreCase("identifier")
                        && tokens.get(at + 1).getType() == SqlTokens.LPAREN
                        && (at == 0 || takesClause(tokens.get(at - 1)));
        int depth = 0;
        for (int i = at + 1; begins && i < tokens.size(); i++) {
            int type = tokens.get(i).getType();
            depth += type == SqlTokens.LPAREN ? 1 : type == SqlTokens.RPAREN ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// Not all names may be clauses: those of windows and common tables are words.
    private static boolean takesClause(Token before) {
        return switch (before.getType()) {
            case SqlTokens.DOT, SqlTokens.OVER, SqlTokens.WINDOW, SqlTokens.WITH -> false;
            default -> true;
        };
    }

    private String name(SourceRange inside, SourceRange clause) {
        // Blanks before it keep the places of the expression in the whole text.
        String alone = " ".repeat(inside.start()) + text.substring(inside.start(), inside.end());
        Expr written = SqlParser.parseExpression(alone, source.over(alone), new PlanContext());
        Optional<Expr.Literal> constant = source.context().constants().value(written);
        if (constant.isEmpty()) {
            throw wrong(ErrorCode.NOT_A_CONSTANT_STRING__NOT_CONSTANT, written, clause);
        }
        if (constant.get().value() == null) {
            throw wrong(ErrorCode.NOT_A_CONSTANT_STRING__NULL, written, clause);
        }
        if (constant.get().type() != DataType.STRING) {
            throw wrong(ErrorCode.NOT_A_CONSTANT_STRING__WRONG_TYPE, written, clause);
        }
        String value = constant.get().value().toString();
        try {
            return SqlParser.parseName(value).stream()
                    .map(part -> "`" + part.replace("`", "``") + "`")
                    .collect(Collectors.joining("."));
        } catch (EngineException e) {
            throw new EngineException(e.code(), e.args(), clause, e);
        }
    }

    private static EngineException wrong(ErrorCode code, Expr written, SourceRange clause) {
        return new EngineException(
                code, Map.of("name", "IDENTIFIER", "expr", "\"" + written.sql() + "\""), clause);
    }
}
