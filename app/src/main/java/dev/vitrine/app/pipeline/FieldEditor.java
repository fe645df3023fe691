package dev.vitrine.app.pipeline;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.preferences.TrustedCode;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;

/// One field of a form: shows a value and tells of changes at once. One control is a
/// [ControlField], rows of them are a [ListField].
abstract class FieldEditor {
    /// What editors need to know of the node around them.
    ///
    /// @param inputs what is known of each input's columns: index 0 is the first input
    /// @param tables names of tables and views
    /// @param allowed what follows once code of the node may run
    record Surroundings(
            Text text,
            SqlLanguage language,
            Background background,
            Supplier<List<Schema>> inputs,
            Supplier<List<String>> tables,
            Runnable browse,
            TrustedCode trusted,
            Runnable allowed) {
        List<String> allColumns() {
            return inputs.get().stream().flatMap(s -> s.names().stream()).distinct().toList();
        }

        List<String> columnsOf(int input) {
            List<Schema> all = inputs.get();
            return input < all.size() ? all.get(input).names() : List.of();
        }
    }

    private final Consumer<Object> changed;
    private boolean showing;

    FieldEditor(Consumer<Object> changed) {
        this.changed = changed;
    }

    abstract Node node();

    /// Shows a value that came from elsewhere: another node, undo.
    final void show(Object value) {
        if (!value.equals(value())) {
            showing = true;
            try {
                set(value);
            } finally {
                showing = false;
            }
        }
    }

    /// Marks the problems of this field in its text, where they have a place.
    void showProblems(List<NodeProblem> problems) {}

    /// Takes note that columns of the inputs have changed.
    void refresh() {}

    /// Takes note that the user changed the value, before others are told.
    void emitting() {}

    abstract Object value();

    abstract void set(Object value);

    final void emit() {
        if (!showing) {
            emitting();
            changed.accept(value());
        }
    }

    /// The editor for a field's type.
    static FieldEditor of(FormField field, Surroundings around, Consumer<Object> changed) {
        Text text = around.text;
        Supplier<List<String>> all = around::allColumns;
        String id = "field-" + field.id();
        return switch (field.type()) {
            case TEXT -> ControlField.line(changed, id, "");
            case PATH -> ControlField.path(changed, id, around);
            case NUMBER -> ControlField.number(changed, id);
            case BOOLEAN -> ControlField.flag(changed, id, field.label());
            case CHOICE -> ControlField.choice(changed, id, field.choices());
            case TABLE -> ControlField.suggested(changed, id, text.tableHint(), around.tables);
            case COLUMN -> ControlField.suggested(changed, id, text.columnHint(), all);
            case EXPRESSION -> ControlField.sql(changed, id, around, true, 1, 8);
            case JAVA -> new CodeField(changed, id, text, around.trusted, around.allowed);
            case SQL -> ControlField.sql(changed, id, around, false, 5, 24);
            case ROWS -> ControlField.lines(changed, id);
            case COLUMNS, EXPRESSIONS ->
                    new ListField(
                            changed, id, around, ListField.suggested("", text.columnHint(), all));
            case NAMED_EXPRESSIONS ->
                    new ListField(
                            changed,
                            id,
                            around,
                            ListField.text("name", text.columnName(), 92),
                            ListField.expression("expression", around));
            case SELECTION ->
                    new ListField(
                            changed,
                            id,
                            around,
                            ListField.suggested("column", text.columnHint(), all),
                            ListField.text("as", text.newNameHint(), 84),
                            ListField.text("type", text.typeHint(), 60));
            case KEY_PAIRS ->
                    new ListField(
                            changed,
                            id,
                            around,
                            ListField.suggested(
                                    "left", text.leftColumn(), () -> around.columnsOf(0)),
                            ListField.suggested(
                                    "right", text.rightColumn(), () -> around.columnsOf(1)));
            case SORT_KEYS ->
                    new ListField(
                            changed,
                            id,
                            around,
                            ListField.suggested("expression", text.columnHint(), all),
                            ListField.direction("descending", text));
            case OPTIONS -> new OptionsField(changed, id, around);
        };
    }
}
