package dev.vitrine.engine.error;

/// A half-open range of characters in the text a statement was read from.
///
/// @param start offset of the first character, from 0
/// @param end offset after the last character
public record SourceRange(int start, int end) {

    public SourceRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("Not a range: " + start + ".." + end);
        }
    }

    /// The smallest range that covers this and `other`.
    public SourceRange cover(SourceRange other) {
        return new SourceRange(Math.min(start, other.start), Math.max(end, other.end));
    }

    /// Line number (from 1) of the range's start in `text`.
    public int line(String text) {
        int line = 1;
        for (int i = 0; i < Math.min(start, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /// Column (from 1) of the range's start in its line of `text`.
    public int column(String text) {
        return Math.min(start, text.length())
                - text.lastIndexOf('\n', Math.min(start, text.length()) - 1);
    }
}
