package dev.vitrine.app.pipeline;

import dev.vitrine.app.sql.SqlArea;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One field of a form: shows a value and tells of changes at once.
abstract class FieldEditor {
    /// What editors need to know of the node around them.
    ///
    /// @param columns names of input columns by input: index 0 is the first
    /// @param tables names of tables and views
    record Surroundings(
            Text text,
            SqlLanguage language,
            Supplier<List<List<String>>> columns,
            Supplier<List<String>> tables,
            Runnable browse) {
        List<String> allColumns() {
            return columns.get().stream().flatMap(List::stream).distinct().toList();
        }

        List<String> columnsOf(int input) {
            List<List<String>> all = columns.get();
            return input < all.size() ? all.get(input) : List.of();
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

    abstract Object value();

    abstract void set(Object value);

    final void emit() {
        if (!showing) {
            changed.accept(value());
        }
    }

    final <T> void emitOn(ObservableValue<T> property) {
        property.addListener((o, old, now) -> emit());
    }

    /// The editor for a field's type.
    static FieldEditor of(FormField field, Surroundings around, Consumer<Object> changed) {
        return switch (field.type()) {
            case TEXT -> new Line(changed, field.id());
            case PATH -> new PathLine(changed, field.id(), around);
            case NUMBER -> new WholeNumber(changed, field.id());
            case BOOLEAN -> new Flag(changed, field);
            case CHOICE -> new Choice(changed, field);
            case TABLE ->
                    new Suggested(changed, field.id(), around.tables, around.text.tableHint());
            case COLUMN ->
                    new Suggested(
                            changed, field.id(), around::allColumns, around.text.columnHint());
            case EXPRESSION -> new Sql(changed, field.id(), around.language, 1, 8);
            case SQL -> new Sql(changed, field.id(), around.language, 5, 24);
            case ROWS -> new Lines(changed, field.id());
            case COLUMNS, EXPRESSIONS ->
                    new ListOf(
                            changed,
                            field.id(),
                            around,
                            List.of(
                                    Cell.suggested(
                                            "", around.text.columnHint(), around::allColumns)));
            case NAMED_EXPRESSIONS ->
                    new ListOf(
                            changed,
                            field.id(),
                            around,
                            List.of(
                                    Cell.text("name", around.text.columnName(), 92),
                                    Cell.sql("expression", around.text.expressionHint())));
            case SELECTION ->
                    new ListOf(
                            changed,
                            field.id(),
                            around,
                            List.of(
                                    Cell.suggested(
                                            "column", around.text.columnHint(), around::allColumns),
                                    Cell.text("as", around.text.newNameHint(), 84),
                                    Cell.text("type", around.text.typeHint(), 60)));
            case KEY_PAIRS ->
                    new ListOf(
                            changed,
                            field.id(),
                            around,
                            List.of(
                                    Cell.suggested(
                                            "left",
                                            around.text.leftColumn(),
                                            () -> around.columnsOf(0)),
                                    Cell.suggested(
                                            "right",
                                            around.text.rightColumn(),
                                            () -> around.columnsOf(1))));
            case SORT_KEYS ->
                    new ListOf(
                            changed,
                            field.id(),
                            around,
                            List.of(
                                    Cell.suggested(
                                            "expression",
                                            around.text.columnHint(),
                                            around::allColumns),
                                    Cell.direction("descending")));
            case OPTIONS -> new Options(changed, field.id(), around);
        };
    }

    private static class Line extends FieldEditor {
        final TextField line = new TextField();

        Line(Consumer<Object> changed, String id) {
            super(changed);
            line.setId("field-" + id);
            emitOn(line.textProperty());
        }

        @Override
        Node node() {
            return line;
        }

        @Override
        Object value() {
            return line.getText();
        }

        @Override
        void set(Object value) {
            line.setText(String.valueOf(value));
        }
    }

    private static final class PathLine extends Line {
        private final HBox box;

        PathLine(Consumer<Object> changed, String id, Surroundings around) {
            super(changed, id);
            Button browse = new Button("", Icons.of("folder"));
            browse.setTooltip(new Tooltip(around.text.browse()));
            browse.getStyleClass().add("flat");
            browse.setOnAction(event -> around.browse.run());
            HBox.setHgrow(line, Priority.ALWAYS);
            box = new HBox(4, line, browse);
        }

        @Override
        Node node() {
            return box;
        }
    }

    private static final class WholeNumber extends FieldEditor {
        private final TextField line = new TextField();

        WholeNumber(Consumer<Object> changed, String id) {
            super(changed);
            line.setId("field-" + id);
            line.getStyleClass().add("number-field");
            line.setMaxWidth(128);
            line.textProperty()
                    .addListener((o, old, text) -> {
                        if (text.isBlank() || text.strip().matches("-?\\d{1,18}")) {
                            emit();
                        }
                    });
        }

        @Override
        Node node() {
            return line;
        }

        @Override
        Object value() {
            String text = line.getText().strip();
            return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : (Object) 0L;
        }

        @Override
        void set(Object value) {
            line.setText(String.valueOf(value));
        }
    }

    private static final class Flag extends FieldEditor {
        private final CheckBox box;

        Flag(Consumer<Object> changed, FormField field) {
            super(changed);
            box = new CheckBox(field.label());
            box.setId("field-" + field.id());
            emitOn(box.selectedProperty());
        }

        @Override
        Node node() {
            return box;
        }

        @Override
        Object value() {
            return box.isSelected();
        }

        @Override
        void set(Object value) {
            box.setSelected(Boolean.TRUE.equals(value));
        }
    }

    private static final class Choice extends FieldEditor {
        private final ChoiceBox<String> box = new ChoiceBox<>();

        Choice(Consumer<Object> changed, FormField field) {
            super(changed);
            box.setId("field-" + field.id());
            box.getItems().setAll(field.choices());
            box.setMaxWidth(Double.MAX_VALUE);
            emitOn(box.valueProperty());
        }

        @Override
        Node node() {
            return box;
        }

        @Override
        Object value() {
            return box.getValue() == null ? "" : box.getValue();
        }

        @Override
        void set(Object value) {
            box.setValue(String.valueOf(value));
        }
    }

    private static final class Suggested extends FieldEditor {
        private final ComboBox<String> box;
        private final Supplier<List<String>> suggestions;

        Suggested(
                Consumer<Object> changed,
                String id,
                Supplier<List<String>> suggestions,
                String hint) {
            super(changed);
            this.suggestions = suggestions;
            this.box = combo(suggestions, hint);
            box.setId("field-" + id);
            emitOn(box.getEditor().textProperty());
        }

        @Override
        Node node() {
            return box;
        }

        @Override
        void refresh() {
            if (!box.isShowing()) {
                fill(box, suggestions.get());
            }
        }

        @Override
        Object value() {
            return box.getEditor().getText();
        }

        @Override
        void set(Object value) {
            box.getEditor().setText(String.valueOf(value));
        }
    }

    private static ComboBox<String> combo(Supplier<List<String>> suggestions, String hint) {
        ComboBox<String> box = new ComboBox<>();
        box.setEditable(true);
        box.setPromptText(hint);
        box.setMaxWidth(Double.MAX_VALUE);
        box.setMinWidth(0);
        box.setPrefWidth(120);
        box.setVisibleRowCount(12);
        box.setOnShowing(event -> fill(box, suggestions.get()));
        return box;
    }

    private static void fill(ComboBox<String> box, List<String> items) {
        if (!box.getItems().equals(items)) {
            String text = box.getEditor().getText();
            box.getItems().setAll(items);
            if (!text.equals(box.getEditor().getText())) {
                box.getEditor().setText(text);
            }
        }
    }

    private static final class Sql extends FieldEditor {
        private final SqlArea area;

        Sql(Consumer<Object> changed, String id, SqlLanguage language, int min, int max) {
            super(changed);
            area = new SqlArea(language).asField(min, max);
            area.setId("field-" + id);
            emitOn(area.textProperty());
        }

        @Override
        Node node() {
            return area;
        }

        @Override
        void showProblems(List<NodeProblem> problems) {
            area.showErrors(marks(problems, area.getLength()));
        }

        @Override
        Object value() {
            return area.getText();
        }

        @Override
        void set(Object value) {
            area.show(String.valueOf(value));
        }
    }

    static List<SqlArea.Mark> marks(List<NodeProblem> problems, int length) {
        return problems.stream()
                .filter(problem -> length > 0)
                .map(problem ->
                        new SqlArea.Mark(
                                problem.where().orElse(new SourceRange(0, length)),
                                problem.message()))
                .toList();
    }

    private static final class Lines extends FieldEditor {
        private final TextArea area = new TextArea();

        Lines(Consumer<Object> changed, String id) {
            super(changed);
            area.setId("field-" + id);
            area.getStyleClass().add("mono");
            area.setPrefRowCount(8);
            emitOn(area.textProperty());
        }

        @Override
        Node node() {
            return area;
        }

        @Override
        Object value() {
            return area.getText();
        }

        @Override
        void set(Object value) {
            area.setText(String.valueOf(value));
        }
    }

    /// A column of a list's rows.
    ///
    /// @param key the member's name in the record; empty where items are plain strings
    private record Cell(
            String key, String hint, double width, Form form, Supplier<List<String>> suggestions) {
        enum Form {
            TEXT,
            SUGGESTED,
            SQL,
            DIRECTION
        }

        static Cell text(String key, String hint, double width) {
            return new Cell(key, hint, width, Form.TEXT, List::of);
        }

        static Cell suggested(String key, String hint, Supplier<List<String>> suggestions) {
            return new Cell(key, hint, 0, Form.SUGGESTED, suggestions);
        }

        static Cell sql(String key, String hint) {
            return new Cell(key, hint, 0, Form.SQL, List::of);
        }

        static Cell direction(String key) {
            return new Cell(key, "", 64, Form.DIRECTION, List::of);
        }
    }

    /// Rows of cells, to be added, removed and moved.
    private static final class ListOf extends FieldEditor {
        private final VBox box = new VBox(4);
        private final VBox rows = new VBox(4);
        private final String id;
        private final Surroundings around;
        private final List<Cell> cells;
        private final List<Row> shown = new ArrayList<>();

        private final class Row {
            private final Map<String, String> values = new LinkedHashMap<>();
            private final HBox line = new HBox(4);
            private final List<SqlArea> areas = new ArrayList<>();

            private Row(Map<String, String> first, int index) {
                values.putAll(first);
                line.setAlignment(Pos.TOP_LEFT);
                line.getStyleClass().add("form-row");
                for (Cell cell : cells) {
                    Node editor = editor(cell, index);
                    if (cell.width > 0) {
                        ((Region) editor).setPrefWidth(cell.width);
                        ((Region) editor).setMinWidth(cell.width);
                    } else {
                        HBox.setHgrow(editor, Priority.ALWAYS);
                        ((Region) editor).setMinWidth(60);
                    }
                    line.getChildren().add(editor);
                }
                Button remove = new Button("", Icons.of("remove", 14));
                remove.getStyleClass().addAll("flat", "row-button");
                remove.setTooltip(new Tooltip(around.text.removeRow()));
                remove.setAccessibleText(around.text.removeRow());
                remove.setOnAction(event -> {
                    shown.remove(this);
                    rows.getChildren().remove(line);
                    emit();
                });
                line.getChildren().add(remove);
            }

            private Node editor(Cell cell, int index) {
                String first = values.getOrDefault(cell.key, "");
                String editorId =
                        "field-" + id + "-" + index + (cell.key.isEmpty() ? "" : "-" + cell.key);
                return switch (cell.form) {
                    case TEXT -> {
                        TextField field = new TextField(first);
                        field.setPromptText(cell.hint);
                        field.setId(editorId);
                        field.textProperty().addListener((o, old, text) -> put(cell.key, text));
                        yield field;
                    }
                    case SUGGESTED -> {
                        ComboBox<String> combo = combo(cell.suggestions, cell.hint);
                        combo.getEditor().setText(first);
                        combo.setId(editorId);
                        combo.getEditor()
                                .textProperty()
                                .addListener((o, old, text) -> put(cell.key, text));
                        yield combo;
                    }
                    case SQL -> {
                        SqlArea area = new SqlArea(around.language).asField(1, 6);
                        area.show(first);
                        area.setId(editorId);
                        areas.add(area);
                        area.textProperty().addListener((o, old, text) -> put(cell.key, text));
                        yield area;
                    }
                    case DIRECTION -> {
                        Button button = new Button();
                        button.getStyleClass().add("direction");
                        button.setId(editorId);
                        Runnable show =
                                () -> {
                                    boolean down = values.getOrDefault(cell.key, "").equals("true");
                                    button.setText(down ? "Z → A" : "A → Z");
                                    button.setAccessibleText(
                                            down
                                                    ? around.text.descending()
                                                    : around.text.ascending());
                                    button.setTooltip(
                                            new Tooltip(
                                                    down
                                                            ? around.text.descending()
                                                            : around.text.ascending()));
                                };
                        show.run();
                        button.setOnAction(event -> {
                            boolean down = values.getOrDefault(cell.key, "").equals("true");
                            put(cell.key, down ? "" : "true");
                            show.run();
                        });
                        yield button;
                    }
                };
            }

            private void put(String key, String text) {
                values.put(key, text);
                emit();
            }
        }

        ListOf(Consumer<Object> changed, String id, Surroundings around, List<Cell> cells) {
            super(changed);
            this.id = id;
            this.around = around;
            this.cells = cells;
            Hyperlink add = new Hyperlink(around.text.addRow(), Icons.of("add", 14));
            add.setId("field-" + id + "-add");
            add.getStyleClass().add("add-row");
            add.setOnAction(event -> {
                Row row = new Row(Map.of(), shown.size());
                shown.add(row);
                rows.getChildren().add(row.line);
                row.line.getChildren().getFirst().requestFocus();
            });
            HBox links = new HBox(12, add);
            if (cells.getFirst().key.equals("column")) {
                Hyperlink all = new Hyperlink(around.text.addAllColumns());
                all.setId("field-" + id + "-add-all");
                all.setOnAction(event -> addAll());
                links.getChildren().add(all);
            }
            box.getChildren().addAll(rows, links);
            box.setId("field-" + id);
        }

        private void addAll() {
            for (String column : around.allColumns()) {
                if (shown.stream().noneMatch(row -> column.equals(row.values.get("column")))) {
                    Row row = new Row(Map.of("column", column), shown.size());
                    shown.add(row);
                    rows.getChildren().add(row.line);
                }
            }
            emit();
        }

        @Override
        Node node() {
            return box;
        }

        @Override
        void showProblems(List<NodeProblem> problems) {
            for (Row row : shown) {
                for (SqlArea area : row.areas) {
                    area.showErrors(
                            marks(
                                    problems.stream()
                                            .filter(problem ->
                                                    shown.size() == 1
                                                            || concerns(problem, area.getText()))
                                            .toList(),
                                    area.getLength()));
                }
            }
        }

        /// Whether a problem's message names something that stands in this text.
        private static boolean concerns(NodeProblem problem, String text) {
            String message = problem.message();
            int from = message.indexOf('`');
            int to = message.indexOf('`', from + 1);
            return from >= 0 && to > from && text.contains(message.substring(from + 1, to));
        }

        @Override
        Object value() {
            List<Object> items = new ArrayList<>();
            for (Row row : shown) {
                if (cells.getFirst().key.isEmpty()) {
                    String text = row.values.getOrDefault("", "");
                    if (!text.isBlank()) {
                        items.add(text);
                    }
                    continue;
                }
                Map<String, Object> item = new LinkedHashMap<>();
                row.values.forEach((key, text) -> {
                    if (!text.isBlank()) {
                        item.put(key, text.equals("true") ? (Object) true : text);
                    }
                });
                if (!item.isEmpty()) {
                    items.add(item);
                }
            }
            return items;
        }

        @Override
        void set(Object value) {
            shown.clear();
            List<Node> lines = new ArrayList<>();
            if (value instanceof List<?> items) {
                for (Object item : items) {
                    Map<String, String> values = new LinkedHashMap<>();
                    if (item instanceof Map<?, ?> map) {
                        map.forEach((key, text) ->
                                values.put(String.valueOf(key), String.valueOf(text)));
                    } else {
                        values.put("", String.valueOf(item));
                    }
                    Row row = new Row(values, shown.size());
                    shown.add(row);
                    lines.add(row.line);
                }
            }
            rows.getChildren().setAll(lines);
        }
    }

    /// A map of strings as rows of name and value.
    private static final class Options extends FieldEditor {
        private final ListOf list;

        Options(Consumer<Object> changed, String id, Surroundings around) {
            super(changed);
            list =
                    new ListOf(
                            rows -> emit(),
                            id,
                            around,
                            List.of(
                                    Cell.text("key", around.text.optionHint(), 112),
                                    new Cell(
                                            "value",
                                            around.text.valueHint(),
                                            0,
                                            Cell.Form.TEXT,
                                            List::of)));
        }

        @Override
        Node node() {
            return list.node();
        }

        @Override
        Object value() {
            Map<String, Object> options = new LinkedHashMap<>();
            for (Object item : (List<?>) list.value()) {
                if (item instanceof Map<?, ?> row && row.get("key") != null) {
                    Object value = row.get("value");
                    options.put(
                            String.valueOf(row.get("key")),
                            value == null ? "" : String.valueOf(value));
                }
            }
            return options;
        }

        @Override
        void set(Object value) {
            List<Object> rows = new ArrayList<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, text) ->
                        rows.add(
                                Map.of("key", String.valueOf(key), "value", String.valueOf(text))));
            }
            list.set(rows);
        }
    }
}
