package dev.vitrine.app.preferences;

import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.text.Text;
import java.util.Locale;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Every command with its keys, to be searched by either.
final class KeymapView extends VBox {
    private record Line(String title, String keys, String id) {
        boolean matches(String typed) {
            String words = (title + " " + keys + " " + id).toLowerCase(Locale.ROOT);
            for (String word : typed.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
                if (!words.contains(word)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param keymap the name of the keymap that counts
    KeymapView(Commands commands, String keymap, Text text) {
        super(8);
        FilteredList<Line> found =
                new FilteredList<>(
                        FXCollections.observableArrayList(
                                commands.all().stream()
                                        .map(command -> line(commands, command))
                                        .toList()));
        Label name = new Label(text.keymapName(keymap));
        name.getStyleClass().add("muted");
        TextField search = new TextField();
        search.setId("keymap-search");
        search.setPromptText(text.searchKeys());
        search.textProperty()
                .addListener((o, old, typed) -> found.setPredicate(line -> line.matches(typed)));
        TableView<Line> table = new TableView<>(found);
        table.setId("keymap-table");
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(new Label(text.nothingFound()));
        table.getColumns().add(column(text.keymapCommand(), 320, Line::title));
        table.getColumns().add(column(text.keymapKeys(), 260, Line::keys));
        table.getColumns().add(column(text.keymapId(), 200, Line::id));
        setVgrow(table, Priority.ALWAYS);
        setVgrow(this, Priority.ALWAYS);
        getChildren().addAll(name, search, table);
    }

    private static Line line(Commands commands, Command command) {
        return new Line(command.title().get(), commands.allKeysText(command.id()), command.id());
    }

    private static TableColumn<Line, String> column(
            String title, double width, java.util.function.Function<Line, String> words) {
        TableColumn<Line, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setCellValueFactory(line -> new ReadOnlyStringWrapper(words.apply(line.getValue())));
        return column;
    }
}
