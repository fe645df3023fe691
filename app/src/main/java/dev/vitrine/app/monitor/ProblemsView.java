package dev.vitrine.app.monitor;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// What is wrong in the open documents. A click goes there.
public final class ProblemsView extends StackPane {
    private final ListView<Problem> list = new ListView<>();

    /// Something wrong, and the way to it.
    ///
    /// @param place node or line, in words
    public record Problem(
            String message, String place, String document, String hint, Runnable go) {}

    public ProblemsView(Text text) {
        setId("problems");
        Label empty = new Label(text.emptyProblems(), Icons.of("done"));
        empty.getStyleClass().add("empty-state");
        list.setPlaceholder(empty);
        list.setFixedCellSize(28);
        list.setCellFactory(view -> new Cell());
        list.setOnMouseClicked(event -> go());
        getChildren().add(list);
    }

    public void show(List<Problem> problems) {
        int selected = list.getSelectionModel().getSelectedIndex();
        list.getItems().setAll(problems);
        list.getSelectionModel().select(Math.min(selected, problems.size() - 1));
    }

    public int count() {
        return list.getItems().size();
    }

    /// Goes to the problem after the selected one, the first after the last.
    public void next() {
        if (!list.getItems().isEmpty()) {
            int next = (list.getSelectionModel().getSelectedIndex() + 1) % list.getItems().size();
            list.getSelectionModel().select(next);
            list.scrollTo(next);
            go();
        }
    }

    private void go() {
        Problem problem = list.getSelectionModel().getSelectedItem();
        if (problem != null) {
            problem.go.run();
        }
    }

    private static final class Cell extends ListCell<Problem> {
        @Override
        protected void updateItem(Problem problem, boolean none) {
            super.updateItem(problem, none);
            if (none || problem == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            var icon = Icons.of("error");
            icon.getStyleClass().add("state-error");
            Label place = new Label(problem.document + " › " + problem.place);
            place.getStyleClass().add("muted");
            setTooltip(new javafx.scene.control.Tooltip(problem.message + "\n" + problem.hint));
            place.setMinWidth(Region.USE_PREF_SIZE);
            Label message = new Label(problem.message);
            message.setMinWidth(120);
            Label hint = new Label(problem.hint);
            hint.getStyleClass().add("muted");
            HBox line = new HBox(12, icon, message, place, hint);
            line.getStyleClass().add("list-line");
            // Long messages end in dots: all of it is in the tooltip, and at the place itself.
            line.maxWidthProperty().bind(getListView().widthProperty().subtract(32));
            line.prefWidthProperty().bind(line.maxWidthProperty());
            setGraphic(line);
        }
    }
}
