package dev.vitrine.app.sql;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.sql.SqlFormatter;
import dev.vitrine.engine.sql.SqlLexing;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.sql.SqlToken;
import java.util.List;

/// SQL as the engine reads it: its lexer, its functions, the session's tables.
public final class EngineSqlLanguage implements SqlLanguage {
    private final Session session;

    public EngineSqlLanguage(Session session) {
        this.session = session;
    }

    @Override
    public List<Token> tokens(String text) {
        return SqlLexing.tokens(text).stream()
                .map(token -> new Token(kind(token), token.range().start(), token.range().end()))
                .toList();
    }

    private static TokenKind kind(SqlToken token) {
        return switch (token.kind()) {
            case KEYWORD -> TokenKind.KEYWORD;
            case FUNCTION -> TokenKind.FUNCTION;
            case IDENTIFIER -> TokenKind.NAME;
            case STRING, ERROR -> TokenKind.STRING;
            case NUMBER -> TokenKind.NUMBER;
            case COMMENT -> TokenKind.COMMENT;
            case OPERATOR -> TokenKind.OPERATOR;
        };
    }

    @Override
    public List<Statement> statements(String text) {
        return SqlText.statements(text).stream()
                .map(range -> new Statement(range.start(), range.end()))
                .toList();
    }

    @Override
    public List<Candidate> complete(String text, int caret) {
        return session.complete(text, caret).stream()
                .map(found ->
                        new Candidate(
                                found.label(),
                                found.insert(),
                                found.start(),
                                switch (found.kind()) {
                                    case TABLE -> CandidateKind.TABLE;
                                    case COLUMN -> CandidateKind.COLUMN;
                                    case FUNCTION -> CandidateKind.FUNCTION;
                                    case KEYWORD -> CandidateKind.KEYWORD;
                                },
                                found.detail(),
                                found.doc()))
                .toList();
    }

    @Override
    public String format(String text) {
        return SqlFormatter.format(text);
    }
}
