package dev.vitrine.app.sql;

import java.util.List;

/// What the editor asks about SQL text. Answers come from the engine's own lexer and parser; safe
/// from any thread.
public interface SqlLanguage {
    enum TokenKind {
        KEYWORD,
        FUNCTION,
        NAME,
        STRING,
        NUMBER,
        COMMENT,
        OPERATOR
    }

    /// A word or sign.
    ///
    /// @param start offset of the first character
    /// @param end offset after the last
    record Token(TokenKind kind, int start, int end) {}

    /// A statement's place, without the semicolon after it and the blanks around it.
    record Statement(int start, int end) {
        public boolean covers(int caret) {
            return caret >= start && caret <= end;
        }
    }

    enum CandidateKind {
        TABLE,
        COLUMN,
        FUNCTION,
        KEYWORD
    }

    /// A way to go on at the caret.
    ///
    /// @param insert replaces the text from `start` to the caret
    /// @param detail a type or a signature
    /// @param doc a sentence
    record Candidate(
            String label,
            String insert,
            int start,
            CandidateKind kind,
            String detail,
            String doc) {}

    List<Token> tokens(String text);

    List<Statement> statements(String text);

    List<Candidate> complete(String text, int caret);

    /// The text laid out anew; statements that do not parse stay as they are.
    String format(String text);
}
