package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A field of rows of controls, to be added and removed: its value is a list of texts or of
/// records.
final class ListField extends FieldEditor {
    /// A column of the rows.
    ///
    /// @param key the member's name in the record; empty where items are plain texts
    /// @param width in pixels, or 0 for what is left
    /// @param make makes the control of a row
    record Cell(String key, double width, Make make) {
        interface Make {
            FieldEditor editor(Consumer<Object> changed, String id);
        }
    }

    static Cell text(String key, String hint, double width) {
        return new Cell(key, width, (changed, id) -> ControlField.line(changed, id, hint));
    }

    static Cell suggested(String key, String hint, Supplier<List<String>> suggestions) {
        return new Cell(
                key, 0, (changed, id) -> ControlField.suggested(changed, id, hint, suggestions));
    }

    static Cell expression(String key, Surroundings around) {
        return new Cell(key, 0, (changed, id) -> ControlField.sql(changed, id, around, true, 1, 6));
    }

    static Cell direction(String key, Text text) {
        return new Cell(key, 64, (changed, id) -> ControlField.direction(changed, id, text));
    }

    private final VBox box = new VBox(4);
    private final VBox rows = new VBox(4);
    private final String id;
    private final Surroundings around;
    private final List<Cell> cells;
    private final List<Row> shown = new ArrayList<>();

    private final class Row {
        /// Members that no column shows stay as they are.
        private final Map<String, String> values = new LinkedHashMap<>();

        private final List<FieldEditor> editors = new ArrayList<>();
        private final HBox line = new HBox(4);

        private Row(Map<String, String> first, int index) {
            values.putAll(first);
            line.setAlignment(Pos.TOP_LEFT);
            line.getStyleClass().add("form-row");
            for (Cell cell : cells) {
                FieldEditor editor =
                        cell.make.editor(
                                value -> put(cell.key, String.valueOf(value)),
                                id + "-" + index + (cell.key.isEmpty() ? "" : "-" + cell.key));
                editor.show(first.getOrDefault(cell.key, ""));
                editors.add(editor);
                Region region = (Region) editor.node();
                if (cell.width > 0) {
                    region.setPrefWidth(cell.width);
                    region.setMinWidth(cell.width);
                } else {
                    HBox.setHgrow(region, Priority.ALWAYS);
                    region.setMinWidth(60);
                }
                line.getChildren().add(region);
            }
            line.getChildren().add(removeButton());
        }

        private Button removeButton() {
            Button remove = new Button("", Icons.of("remove", 14));
            remove.getStyleClass().addAll("flat", "row-button");
            remove.setTooltip(new Tooltip(around.text().removeRow()));
            remove.setAccessibleText(around.text().removeRow());
            remove.setOnAction(event -> {
                shown.remove(this);
                rows.getChildren().remove(line);
                emit();
            });
            return remove;
        }

        private void put(String key, String text) {
            values.put(key, text);
            emit();
        }
    }

    ListField(Consumer<Object> changed, String id, Surroundings around, Cell... cells) {
        super(changed);
        this.id = id;
        this.around = around;
        this.cells = List.of(cells);
        Hyperlink add = new Hyperlink(around.text().addRow(), Icons.of("add", 14));
        add.setId(id + "-add");
        add.getStyleClass().add("add-row");
        add.setOnAction(event -> add(Map.of()).line.getChildren().getFirst().requestFocus());
        HBox links = new HBox(12, add);
        if (this.cells.getFirst().key.equals("column")) {
            Hyperlink all = new Hyperlink(around.text().addAllColumns());
            all.setId(id + "-add-all");
            all.setOnAction(event -> addAll());
            links.getChildren().add(all);
        }
        box.getChildren().addAll(rows, links);
        box.setId(id);
    }

    private Row add(Map<String, String> values) {
        Row row = new Row(values, shown.size());
        shown.add(row);
        rows.getChildren().add(row.line);
        return row;
    }

    private void addAll() {
        for (String column : around.allColumns()) {
            if (shown.stream().noneMatch(row -> column.equals(row.values.get("column")))) {
                add(Map.of("column", column));
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
            for (FieldEditor editor : row.editors) {
                String text = String.valueOf(editor.value());
                editor.showProblems(
                        problems.stream()
                                .filter(problem -> shown.size() == 1 || concerns(problem, text))
                                .toList());
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
        rows.getChildren().clear();
        if (value instanceof List<?> items) {
            for (Object item : items) {
                Map<String, String> values = new LinkedHashMap<>();
                if (item instanceof Map<?, ?> map) {
                    map.forEach(
                            (key, text) -> values.put(String.valueOf(key), String.valueOf(text)));
                } else {
                    values.put("", String.valueOf(item));
                }
                add(values);
            }
        }
    }
}
