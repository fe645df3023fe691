package dev.vitrine.app.workbench;

import dev.vitrine.app.project.Project.Entry;
import dev.vitrine.app.project.Project.FileKind;
import dev.vitrine.app.theme.Icons;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/// The project's files in a tree.
final class ProjectView extends StackPane {
    private final TreeView<Entry> tree = new TreeView<>();
    private final Consumer<Path> open;

    ProjectView(Consumer<Path> open) {
        this.open = open;
        setId("project");
        tree.setFixedCellSize(26);
        tree.setCellFactory(view -> new Cell());
        tree.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                openSelected();
            }
        });
        tree.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                openSelected();
            }
        });
        getChildren().add(tree);
    }

    void show(Entry root) {
        TreeItem<Entry> item = item(root);
        item.setExpanded(true);
        tree.setRoot(item);
    }

    private void openSelected() {
        TreeItem<Entry> item = tree.getSelectionModel().getSelectedItem();
        if (item != null && item.getValue().kind() != FileKind.FOLDER) {
            open.accept(item.getValue().path());
        }
    }

    private static TreeItem<Entry> item(Entry entry) {
        TreeItem<Entry> item = new TreeItem<>(entry);
        entry.children().forEach(child -> item.getChildren().add(item(child)));
        // Data folders can be long; what one works on is open.
        item.setExpanded(
                entry.children().stream()
                        .anyMatch(child ->
                                child.kind() == FileKind.PIPELINE || child.kind() == FileKind.SQL));
        return item;
    }

    private final class Cell extends TreeCell<Entry> {
        @Override
        protected void updateItem(Entry entry, boolean none) {
            super.updateItem(entry, none);
            if (none || entry == null) {
                setGraphic(null);
                setId(null);
                return;
            }
            String icon =
                    switch (entry.kind()) {
                        case FOLDER -> "folder";
                        case PIPELINE -> "pipeline";
                        case SQL -> "sql";
                        case DATA -> "data";
                        case RECORDING -> "runs";
                        case OTHER -> "file";
                    };
            boolean root = tree.getRoot().equals(getTreeItem());
            Label name = new Label(entry.name());
            if (root) {
                name.getStyleClass().add("strong");
            }
            HBox line = new HBox(8, Icons.of(icon), name);
            line.getStyleClass().add("list-line");
            setGraphic(line);
            setId("file-" + entry.name());
        }
    }
}
