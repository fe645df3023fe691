package dev.vitrine.engine.types;

/// A named column or struct member.
public record Field(String name, DataType type, boolean nullable) {

    /// A nullable field.
    public static Field of(String name, DataType type) {
        return new Field(name, type, true);
    }

    public Field withType(DataType changed) {
        return new Field(name, changed, nullable);
    }
}
