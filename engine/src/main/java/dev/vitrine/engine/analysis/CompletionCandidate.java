package dev.vitrine.engine.analysis;

/// A word offered while a statement is typed.
///
/// @param insert what takes the place of the text from `start` to the caret
/// @param detail a type, a signature, or the table a column belongs to
/// @param doc one sentence, or empty
public record CompletionCandidate(
        Kind kind, String label, String insert, int start, String detail, String doc) {

    /// In the order in which equally good candidates are offered.
    public enum Kind {
        COLUMN,
        TABLE,
        FUNCTION,
        KEYWORD
    }
}
