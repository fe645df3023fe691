package dev.vitrine.engine.catalog;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.Optional;

/// A column of a table, a view or a function's signature, as it was declared.
///
/// @param length of CHAR and VARCHAR, whose type is STRING
/// @param defaultSql text of the expression that stands in where an INSERT gives no value
public record TableColumn(
        String name,
        DataType type,
        boolean nullable,
        Optional<TextLength> length,
        Optional<String> defaultSql,
        Optional<String> comment) {

    public static TableColumn of(Field field) {
        return new TableColumn(
                field.name(),
                field.type(),
                field.nullable(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Field field() {
        return new Field(name, type, nullable);
    }

    /// The declared type in lower case, `char(5)` and `struct<a:int>`.
    public String typeName() {
        return length.map(TextLength::typeName).orElseGet(type::catalogString);
    }

    /// The declared type in upper case, as DDL has it.
    public String typeSql() {
        return length.map(l -> l.typeName().toUpperCase(java.util.Locale.ROOT))
                .orElseGet(type::sql);
    }

    public TableColumn withComment(Optional<String> changed) {
        return new TableColumn(name, type, nullable, length, defaultSql, changed);
    }

    public TableColumn withDefault(Optional<String> changed) {
        return new TableColumn(name, type, nullable, length, changed, comment);
    }
}
