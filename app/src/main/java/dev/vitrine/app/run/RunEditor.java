package dev.vitrine.app.run;

import dev.vitrine.app.editor.ReadOnlyEditor;
import dev.vitrine.app.sql.SqlArea;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunSummary;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A run's tab: what it was, how it ended, with which settings. Its plan, stages and code are in
/// the tool windows around, which follow it while the tab is in front.
public final class RunEditor extends ReadOnlyEditor {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss", Locale.US);
    private static final int TITLE = 28;

    private final Run run;
    private final Runs runs;
    private final SqlLanguage language;
    private final Text text;
    private final VBox content = new VBox(16);
    private final ScrollPane view = new ScrollPane(content);
    private final InvalidationListener update = o -> show();

    /// @param file where the run is recorded
    public RunEditor(Path file, Run run, Runs runs, SqlLanguage language, Text text) {
        super(file, "runs");
        this.run = run;
        this.runs = runs;
        this.language = language;
        this.text = text;
        view.setFitToWidth(true);
        view.setId("run-details");
        view.getStyleClass().add("run-details");
        content.getStyleClass().add("page");
        run.snapshot().addListener(update);
        run.outcome().addListener(update);
        show();
    }

    public Run run() {
        return run;
    }

    private void show() {
        List<Node> parts = new ArrayList<>();
        var icon = Icons.of(RunsView.icon(run.state()), 20);
        icon.getStyleClass().add("state-" + RunsView.icon(run.state()));
        Label name = new Label(run.label());
        name.getStyleClass().add("page-title");
        name.setWrapText(true);
        HBox head = new HBox(12, icon, name);
        head.setAlignment(Pos.CENTER_LEFT);
        parts.add(head);
        damage().ifPresent(words -> parts.add(notice(words, "", "warning")));
        if (run.outcome().get().orElse(null) instanceof QueryOutcome.Failed(var error)) {
            parts.add(notice(error.message(), error.hint(), "error"));
        }
        parts.add(facts());
        run.snapshot()
                .get()
                .ifPresent(snapshot -> {
                    if (!snapshot.text().strip().equals(run.label())) {
                        parts.add(section(text.runText()));
                        parts.add(statement(snapshot.text()));
                    }
                    if (!snapshot.settings().isEmpty()) {
                        parts.add(section(text.runSettings()));
                        parts.add(table(snapshot.settings()));
                    }
                });
        content.getChildren().setAll(parts);
    }

    /// What is missing of the recording, in one message; empty where nothing is.
    private Optional<String> damage() {
        List<String> words = new ArrayList<>();
        if (run instanceof RecordedRun recorded && !recorded.damagedLines().isEmpty()) {
            words.add(
                    text.recordingDamaged(
                            recorded.damagedLines().size(), recorded.damagedLines().getFirst()));
        }
        if (run.state() == Run.State.INTERRUPTED) {
            words.add(text.recordingIncomplete());
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    static HBox notice(String message, String hint, String icon) {
        Label words = new Label(message);
        words.setWrapText(true);
        VBox lines = new VBox(4, words);
        if (!hint.isEmpty()) {
            Label more = new Label(hint);
            more.setWrapText(true);
            more.getStyleClass().add("muted");
            lines.getChildren().add(more);
        }
        HBox box = new HBox(8, Icons.of(icon), lines);
        box.setId("notice-" + icon);
        box.getStyleClass().addAll("form-problem", "form-" + icon);
        return box;
    }

    private GridPane facts() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {text.runState(), RunsView.words(text, run.state())});
        lines.add(
                new String[] {
                    text.runStarted(), TIME.format(run.startedAt().atZone(ZoneId.systemDefault()))
                });
        run.elapsedNanos()
                .ifPresent(
                        nanos -> lines.add(new String[] {text.runDuration(), Units.time(nanos)}));
        run.rows()
                .ifPresent(rows ->
                        lines.add(
                                new String[] {
                                    text.runRows(), String.format(Locale.US, "%,d", rows)
                                }));
        run.snapshot().get().ifPresent(snapshot -> addFacts(snapshot, lines));
        lines.add(new String[] {text.runFile(), file().toString()});
        return grid(lines);
    }

    private void addFacts(QuerySnapshot snapshot, List<String[]> lines) {
        lines.add(new String[] {text.runMaster(), snapshot.master()});
        if (!snapshot.stages().isEmpty()) {
            lines.add(
                    new String[] {
                        text.stages(),
                        text.runsSummary(snapshot.stages().size(), snapshot.tasks().size())
                    });
            long bytes = 0;
            for (StageState stage : snapshot.stages()) {
                bytes += stage.counters().bytesRead();
            }
            lines.add(
                    new String[] {
                        text.runRead(),
                        text.rowsCount(rowsScanned(snapshot)) + ", " + Units.bytes(bytes)
                    });
        }
        if (!snapshot.ruleSteps().isEmpty()) {
            lines.add(
                    new String[] {
                        text.optimizer(), text.runRuleSteps(snapshot.ruleSteps().size())
                    });
        }
    }

    /// Rows that the leaves of the plan gave out, as far as they were counted.
    private static long rowsScanned(QuerySnapshot snapshot) {
        QuerySnapshot.PlanVersion physical = snapshot.plans().get(PlanPhase.PHYSICAL);
        if (physical == null) {
            return 0;
        }
        List<Long> rows = new ArrayList<>();
        physical.plan()
                .forEach(node -> {
                    if (node.children().isEmpty()) {
                        rows.add(Math.max(0, snapshot.rows(node.id())));
                    }
                });
        return rows.stream().mapToLong(r -> r).sum();
    }

    private static GridPane table(Map<String, String> settings) {
        List<String[]> lines = new ArrayList<>();
        settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> lines.add(new String[] {entry.getKey(), entry.getValue()}));
        return grid(lines);
    }

    private static GridPane grid(List<String[]> lines) {
        GridPane grid = new GridPane(24, 6);
        for (int i = 0; i < lines.size(); i++) {
            Label key = new Label(lines.get(i)[0]);
            key.getStyleClass().add("muted");
            key.setMinWidth(Region.USE_PREF_SIZE);
            Label value = new Label(lines.get(i)[1]);
            value.setWrapText(true);
            grid.addRow(i, key, value);
        }
        return grid;
    }

    private static Label section(String title) {
        Label label = new Label(title);
        label.getStyleClass().add("form-section");
        return label;
    }

    private SqlArea statement(String sql) {
        SqlArea area = new SqlArea(language).asField(2, 40);
        area.show(sql.strip());
        area.setEditable(false);
        area.setId("run-text");
        return area;
    }

    // Editor

    @Override
    public String title() {
        return RunSummary.name(run.label(), TITLE);
    }

    @Override
    public Region view() {
        return view;
    }

    /// Its run is the one that the tool windows show.
    @Override
    public void focus() {
        view.requestFocus();
        if (run.snapshot().get().isPresent()) {
            runs.show(run);
        }
    }

    @Override
    public void close() {
        run.snapshot().removeListener(update);
        run.outcome().removeListener(update);
        runs.release(run);
    }
}
