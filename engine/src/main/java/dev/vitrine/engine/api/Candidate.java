package dev.vitrine.engine.api;

/// A way to go on typing at a place of a SQL text.
///
/// @param insert replaces the text from `start` to the caret
/// @param detail a type or a signature
/// @param doc a sentence, or empty
public record Candidate(
        Kind kind, String label, String insert, int start, String detail, String doc) {
    public enum Kind {
        TABLE,
        COLUMN,
        FUNCTION,
        KEYWORD
    }
}
