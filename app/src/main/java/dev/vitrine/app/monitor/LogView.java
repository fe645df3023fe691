package dev.vitrine.app.monitor;

import dev.vitrine.app.text.Text;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/// The newest lines of the engine's and the window's log.
public final class LogView extends StackPane {
    private static final int KEPT = 5_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final ObservableList<LogLine> lines = FXCollections.observableArrayList();
    private final ListView<LogLine> list = new ListView<>(lines);

    public LogView(Text text) {
        setId("log");
        Label empty = new Label(text.emptyLog());
        empty.getStyleClass().add("empty-state");
        list.setPlaceholder(empty);
        list.setFixedCellSize(22);
        list.setCellFactory(view -> new Cell());
        getChildren().add(list);
    }

    public void add(List<LogLine> added) {
        lines.addAll(added);
        if (lines.size() > KEPT) {
            lines.remove(0, lines.size() - KEPT);
        }
        list.scrollTo(lines.size() - 1);
    }

    private static final class Cell extends ListCell<LogLine> {
        @Override
        protected void updateItem(LogLine line, boolean none) {
            super.updateItem(line, none);
            if (none || line == null) {
                setGraphic(null);
                return;
            }
            Label time = new Label(TIME.format(line.time().atZone(ZoneId.systemDefault())));
            time.getStyleClass().addAll("mono", "muted");
            Label level = new Label(line.level().name());
            level.getStyleClass()
                    .addAll("mono", "log-" + line.level().name().toLowerCase(Locale.ROOT));
            level.setMinWidth(44);
            Label source = new Label(line.source());
            source.getStyleClass().addAll("mono", "muted");
            Label words = new Label(line.text());
            words.getStyleClass().add("mono");
            HBox box = new HBox(12, time, level, source, words);
            box.getStyleClass().add("list-line");
            setGraphic(box);
        }
    }
}
