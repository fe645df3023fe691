package dev.vitrine.app.sql;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.sql.SqlLexing;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;

/// SQL as the engine reads it: its lexer for colours, its catalog and functions for completion.
public final class EngineSqlLanguage implements SqlLanguage {
    @Override
    public List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        for (SqlToken token : SqlLexing.tokens(text)) {
            TokenKind kind =
                    switch (token.kind()) {
                        case KEYWORD -> TokenKind.KEYWORD;
                        case IDENTIFIER, ERROR -> TokenKind.NAME;
                        case FUNCTION -> TokenKind.FUNCTION;
                        case STRING -> TokenKind.STRING;
                        case NUMBER -> TokenKind.NUMBER;
                        case COMMENT -> TokenKind.COMMENT;
                        case OPERATOR -> TokenKind.OPERATOR;
                    };
            tokens.add(new Token(kind, token.range().start(), token.range().end()));
        }
        return tokens;
    }

    @Override
    public List<Statement> statements(String text) {
        List<Statement> statements = new ArrayList<>();
        for (SourceRange range : SqlText.statements(text)) {
            statements.add(new Statement(range.start(), range.end()));
        }
        return statements;
    }

    @Override
    public List<Candidate> complete(String text, int caret) {
        return List.of();
    }

    @Override
    public String format(String text) {
        return text;
    }
}
