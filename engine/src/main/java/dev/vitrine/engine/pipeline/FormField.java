package dev.vitrine.engine.pipeline;

import java.util.List;

/// One setting of a node kind, as data: forms are drawn from it, documents are checked against it.
///
/// @param id key in the node's config
/// @param label a few words, as they stand before the field
/// @param help one or two sentences
/// @param defaultValue what counts where the config has nothing, a value of the field's type
/// @param choices the values of a CHOICE
public record FormField(
        String id,
        FieldType type,
        String label,
        String help,
        Object defaultValue,
        boolean required,
        List<String> choices) {
    public FormField {
        choices = List.copyOf(choices);
    }

    public static FormField required(String id, FieldType type, String label, String help) {
        return new FormField(id, type, label, help, emptyValue(type), true, List.of());
    }

    public static FormField optional(String id, FieldType type, String label, String help) {
        return new FormField(id, type, label, help, emptyValue(type), false, List.of());
    }

    public static FormField choice(String id, String label, String help, String... choices) {
        return new FormField(
                id, FieldType.CHOICE, label, help, choices[0], false, List.of(choices));
    }

    public FormField withDefault(Object value) {
        return new FormField(id, type, label, help, value, required, choices);
    }

    /// What a field of this type holds when nothing is set.
    public static Object emptyValue(FieldType type) {
        return switch (type) {
            case TEXT, JAVA, SQL, EXPRESSION, COLUMN, CHOICE, PATH, TABLE, ROWS -> "";
            case NAMED_EXPRESSIONS, EXPRESSIONS, COLUMNS, SELECTION, KEY_PAIRS, SORT_KEYS ->
                    List.of();
            case BOOLEAN -> false;
            case NUMBER -> 0L;
            case OPTIONS -> java.util.Map.of();
        };
    }
}
