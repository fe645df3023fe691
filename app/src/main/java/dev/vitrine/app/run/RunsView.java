package dev.vitrine.app.run;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The runs of this window; the selected one is the one that the other views show.
public final class RunsView extends StackPane {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Text text;

    public RunsView(Text text, Runs runs) {
        this.text = text;
        setId("runs");
        ListView<Run> list = new ListView<>(runs.all());
        list.setFixedCellSize(28);
        Label empty = new Label(text.emptyRuns());
        empty.getStyleClass().add("empty-state");
        list.setPlaceholder(empty);
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((o, old, run) -> {
                    if (run != null) {
                        runs.show(run);
                    }
                });
        runs.shown()
                .addListener(
                        (o, old, run) -> run.ifPresent(r -> list.getSelectionModel().select(r)));
        getChildren().add(list);
    }

    private final class Cell extends ListCell<Run> {
        private final javafx.beans.InvalidationListener update = o -> show();

        private Cell() {
            itemProperty()
                    .addListener((o, old, run) -> {
                        if (old != null) {
                            old.snapshot().removeListener(update);
                            old.outcome().removeListener(update);
                        }
                        if (run != null) {
                            run.snapshot().addListener(update);
                            run.outcome().addListener(update);
                        }
                        show();
                    });
        }

        private void show() {
            Run run = getItem();
            if (run == null) {
                setGraphic(null);
                return;
            }
            String state =
                    switch (run.outcome().get().orElse(null)) {
                        case null -> "running";
                        case QueryOutcome.Succeeded s -> "done";
                        case QueryOutcome.Failed f -> "error";
                        case QueryOutcome.Cancelled c -> "cancelled";
                    };
            var icon = Icons.of(state);
            icon.getStyleClass().add("state-" + state);
            Label time = new Label(TIME.format(run.startedAt().atZone(ZoneId.systemDefault())));
            time.getStyleClass().addAll("mono", "muted");
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            Optional<QuerySnapshot> snapshot = run.snapshot().get();
            Label summary =
                    new Label(
                            snapshot.map(s -> text.runsSummary(s.stages().size(), s.tasks().size()))
                                    .orElse(""));
            summary.getStyleClass().add("muted");
            Label elapsed = new Label(snapshot.map(s -> Units.time(s.elapsedNanos())).orElse(""));
            elapsed.getStyleClass().add("mono");
            elapsed.setMinWidth(88);
            elapsed.setAlignment(Pos.CENTER_RIGHT);
            HBox line = new HBox(12, icon, time, new Label(run.label()), gap, summary, elapsed);
            line.getStyleClass().add("list-line");
            setGraphic(line);
        }
    }
}
