package dev.vitrine.engine.catalog;

/// The length that a CHAR or VARCHAR column asks of its text.
///
/// @param fixed CHAR: shorter texts are filled up with blanks
/// @param characters code points
public record TextLength(boolean fixed, int characters) {
    /// The declared type's name, `char(5)`.
    public String typeName() {
        return (fixed ? "char(" : "varchar(") + characters + ")";
    }
}
