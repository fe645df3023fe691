package dev.vitrine.engine.sql;

/// What a token is, for colours.
public enum TokenKind {
    KEYWORD,
    IDENTIFIER,
    /// An identifier before an opening parenthesis.
    FUNCTION,
    STRING,
    NUMBER,
    COMMENT,
    OPERATOR,
    /// Not SQL, or begun and not ended.
    ERROR
}
