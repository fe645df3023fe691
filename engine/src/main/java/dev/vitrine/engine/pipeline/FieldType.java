package dev.vitrine.engine.pipeline;

/// What a form field holds, which decides how it is drawn, checked and stored.
public enum FieldType {
    /// A string.
    TEXT,
    /// A string of several lines that is a whole query.
    SQL,
    /// A string of several lines that is a Java class; it runs only where it is trusted.
    JAVA,
    /// A string that is one SQL expression.
    EXPRESSION,
    /// A list of `{"name", "expression"}`.
    NAMED_EXPRESSIONS,
    /// A list of strings, each an SQL expression or a column.
    EXPRESSIONS,
    /// A string that is a column of the input.
    COLUMN,
    /// A list of strings that are columns of the input.
    COLUMNS,
    /// A list of `{"column", "as", "type"}`: columns kept, in order, perhaps renamed and cast.
    SELECTION,
    /// A list of `{"left", "right"}`: columns that must be equal.
    KEY_PAIRS,
    /// A list of `{"expression", "descending", "nullsFirst"}`.
    SORT_KEYS,
    /// A string, one of the field's choices.
    CHOICE,
    BOOLEAN,
    /// A whole number.
    NUMBER,
    /// A string: a file, a folder or a glob, relative to the project's folder.
    PATH,
    /// A string: a table or view of the session.
    TABLE,
    /// A string: rows as CSV text, the first line has the names.
    ROWS,
    /// A map of strings: a connector's options.
    OPTIONS
}
