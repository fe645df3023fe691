package dev.vitrine.app.catalog;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.api.TableInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Tables and views of the session with their columns. A double click hands the name on.
public final class CatalogView extends StackPane {
    private final TreeView<Line> tree = new TreeView<>(new TreeItem<>());
    private final Label empty = new Label();

    private record Line(String icon, String name, String detail, String tip, boolean table) {}

    /// @param chosen gets the name of a table or column that is double clicked
    public CatalogView(Text text, Consumer<String> chosen) {
        setId("catalog");
        empty.setText(text.emptyCatalog());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        tree.setShowRoot(false);
        tree.setFixedCellSize(26);
        tree.setCellFactory(view -> new Cell());
        tree.setOnMouseClicked(event -> {
            TreeItem<Line> item = tree.getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && item != null) {
                chosen.accept(item.getValue().name);
            }
        });
        getChildren().addAll(tree, empty);
    }

    public void show(List<TableInfo> tables) {
        Set<String> open = new HashSet<>();
        for (TreeItem<Line> item : tree.getRoot().getChildren()) {
            if (item.isExpanded()) {
                open.add(item.getValue().name);
            }
        }
        empty.setVisible(tables.isEmpty());
        tree.getRoot()
                .getChildren()
                .setAll(
                        tables.stream()
                                .map(table -> {
                                    TreeItem<Line> item =
                                            new TreeItem<>(
                                                    new Line(
                                                            "table",
                                                            table.name(),
                                                            table.kind(),
                                                            table.description(),
                                                            true));
                                    table.schema()
                                            .fields()
                                            .forEach(field ->
                                                    item.getChildren()
                                                            .add(
                                                                    new TreeItem<>(
                                                                            new Line(
                                                                                    "column",
                                                                                    field.name(),
                                                                                    field.type()
                                                                                            .catalogString(),
                                                                                    "",
                                                                                    false))));
                                    item.setExpanded(open.contains(table.name()));
                                    return item;
                                })
                                .toList());
    }

    private static final class Cell extends TreeCell<Line> {
        @Override
        protected void updateItem(Line line, boolean none) {
            super.updateItem(line, none);
            if (none || line == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            Label name = new Label(line.name);
            Label detail = new Label(line.detail);
            detail.getStyleClass().addAll("type", line.table ? "muted" : "mono");
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            HBox box =
                    line.table
                            ? new HBox(8, Icons.of(line.icon), name, gap, detail)
                            : new HBox(8, name, gap, detail);
            box.getStyleClass().add("list-line");
            setGraphic(box);
            setTooltip(line.tip.isEmpty() ? null : new Tooltip(line.tip));
        }
    }
}
