package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;

/// A piece of SQL text that is not white space.
public record SqlToken(SourceRange range, TokenKind kind) {}
