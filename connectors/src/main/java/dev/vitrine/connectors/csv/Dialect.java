package dev.vitrine.connectors.csv;

/// How fields and records are told apart. A quote or comment of 0 means that there is none.
///
/// @param escape the character before a quote that makes it part of the value; two quotes in a row
///   always do
/// @param trimmed whether a quote may follow blanks at a field's start
record Dialect(byte separator, byte quote, byte escape, byte comment, boolean trimmed) {
    static final byte NONE = 0;

    String describe() {
        String name =
                switch (separator) {
                    case '\t' -> "tab";
                    case ',' -> "comma";
                    case ';' -> "semicolon";
                    case '|' -> "bar";
                    default -> "'" + (char) separator + "'";
                };
        return "separated by " + name + (escape == '\\' ? ", escape \\" : "");
    }
}
