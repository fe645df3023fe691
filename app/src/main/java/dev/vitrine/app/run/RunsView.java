package dev.vitrine.app.run;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.app.theme.Icons;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;

/// The runs of this window and the recorded ones of its project: one that is selected and in memory
/// is the one that the other views show; double click and Enter open any.
public final class RunsView extends StackPane {
    private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");
    private static final DateTimeFormatter TODAY =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.US);
    private static final DateTimeFormatter EARLIER =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.US);

    private final Text text;
    private final Runs runs;
    private final Consumer<Run> open;
    private final TableView<Run> table = new TableView<>();

    /// @param open opens a run, which may have to be read first
    public RunsView(Text text, Runs runs, Consumer<Run> open) {
        this.text = text;
        this.runs = runs;
        this.open = open;
        setId("runs");
        getStyleClass().add("runs");
        SortedList<Run> sorted = new SortedList<>(runs.all());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setId("runs-table");
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        Label empty = new Label(text.emptyRuns());
        empty.getStyleClass().add("empty-state");
        table.setPlaceholder(empty);
        addColumns();
        table.setRowFactory(view -> new Row());
        table.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    Run selected = table.getSelectionModel().getSelectedItem();
                    if (event.getCode() == KeyCode.ENTER && selected != null) {
                        open.accept(selected);
                        event.consume();
                    }
                });
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((o, old, run) -> {
                    if (run != null && run.snapshot().get().isPresent()) {
                        runs.show(run);
                    }
                });
        runs.shown()
                .addListener((o, old, run) -> {
                    run.ifPresent(r -> table.getSelectionModel().select(r));
                    table.refresh();
                });
        getChildren().add(table);
    }

    private void addColumns() {
        TableColumn<Run, Run> state = column("state", text.runState(), 132, null);
        state.setCellFactory(c -> new StateCell());
        state.setComparator(Comparator.comparing(Run::state));
        TableColumn<Run, Run> name = column("name", text.runName(), 360, Run::label);
        name.setComparator(Comparator.comparing(Run::label, String.CASE_INSENSITIVE_ORDER));
        TableColumn<Run, Run> started =
                column("started", text.runStarted(), 170, run -> time(run.startedAt()));
        started.setComparator(Comparator.comparing(Run::startedAt));
        TableColumn<Run, Run> elapsed =
                column(
                        "elapsed",
                        text.runDuration(),
                        96,
                        run -> {
                            OptionalLong nanos = run.elapsedNanos();
                            return nanos.isPresent() ? Units.time(nanos.getAsLong()) : "";
                        });
        elapsed.setComparator(Comparator.comparingLong(run -> run.elapsedNanos().orElse(-1)));
        elapsed.getStyleClass().add("number-column");
        TableColumn<Run, Run> rows =
                column(
                        "rows",
                        text.runRows(),
                        96,
                        run ->
                                run.rows().isPresent()
                                        ? String.format(Locale.US, "%,d", run.rows().getAsLong())
                                        : "");
        rows.setComparator(Comparator.comparingLong(run -> run.rows().orElse(-1)));
        rows.getStyleClass().add("number-column");
        TableColumn<Run, Run> from =
                column(
                        "from",
                        text.runOrigin(),
                        160,
                        run ->
                                switch (run) {
                                    case LiveRun live -> text.runThisWindow();
                                    case RecordedRun recorded -> text.runRecorded();
                                });
        table.getColumns().add(state);
        table.getColumns().add(name);
        table.getColumns().add(started);
        table.getColumns().add(elapsed);
        table.getColumns().add(rows);
        table.getColumns().add(from);
    }

    private TableColumn<Run, Run> column(
            String id,
            String title,
            double width,
            @org.jspecify.annotations.Nullable Function<Run, String> words) {
        TableColumn<Run, Run> column = new TableColumn<>(title);
        column.setId("runs-" + id);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue()));
        if (words != null) {
            column.setCellFactory(c -> new WordsCell(words));
        }
        return column;
    }

    private static String time(Instant at) {
        if (at.equals(Instant.EPOCH)) {
            return "";
        }
        var local = at.atZone(ZoneId.systemDefault());
        boolean today = local.toLocalDate().equals(java.time.LocalDate.now(local.getZone()));
        return (today ? TODAY : EARLIER).format(local);
    }

    static String icon(Run.State state) {
        return switch (state) {
            case RUNNING -> "running";
            case SUCCEEDED -> "done";
            case FAILED -> "error";
            case CANCELLED -> "cancelled";
            case INTERRUPTED -> "interrupted";
        };
    }

    static String words(Text text, Run.State state) {
        return switch (state) {
            case RUNNING -> text.stateRunning();
            case SUCCEEDED -> text.stateDone();
            case FAILED -> text.stateFailed();
            case CANCELLED -> text.stateCancelled();
            case INTERRUPTED -> text.stateInterrupted();
        };
    }

    private final class Row extends TableRow<Run> {
        private Row() {
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY
                        && event.getClickCount() == 2
                        && getItem() != null) {
                    open.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(Run run, boolean none) {
            super.updateItem(run, none);
            setId(none ? null : "run-" + getIndex());
            pseudoClassStateChanged(
                    SHOWN, run != null && runs.shown().get().filter(run::equals).isPresent());
        }
    }

    /// A cell that follows its run.
    private abstract static class Following extends TableCell<Run, Run> {
        private Following() {
            InvalidationListener update = o -> refresh();
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
                        refresh();
                    });
        }

        abstract void refresh();
    }

    private static final class WordsCell extends Following {
        private final Function<Run, String> words;

        private WordsCell(Function<Run, String> words) {
            this.words = words;
        }

        @Override
        void refresh() {
            setText(getItem() == null ? "" : words.apply(getItem()));
        }
    }

    private final class StateCell extends Following {
        @Override
        void refresh() {
            Run run = getItem();
            if (run == null) {
                setGraphic(null);
                setText("");
                return;
            }
            var icon = Icons.of(icon(run.state()));
            icon.getStyleClass().add("state-" + icon(run.state()));
            setGraphic(icon);
            setText(words(text, run.state()));
            setAlignment(Pos.CENTER_LEFT);
            setTooltip(
                    run.state() == Run.State.INTERRUPTED
                            ? new Tooltip(text.recordingIncomplete())
                            : null);
        }
    }
}
