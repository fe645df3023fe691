package dev.vitrine.app.workbench;

import dev.vitrine.app.run.Run;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.event.EngineEvent.MemorySampled;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The line at the bottom: problems, what runs and how far it is, cores, memory, and where the
/// editor stands.
final class StatusBar extends HBox {
    private final Text text;
    private final Button problems = new Button();
    private final Label job = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Label tasks = new Label();
    private final Button cancel = new Button();
    private final Label cores = new Label();
    private final Label engine = new Label();
    private final Label heap = new Label();
    private final Label context = new Label();
    private final int cpus = Runtime.getRuntime().availableProcessors();
    private Optional<Run> shown = Optional.empty();
    private final javafx.beans.InvalidationListener update = o -> update();

    StatusBar(Text text, Runs runs, String master, Runnable showProblems) {
        this.text = text;
        getStyleClass().add("status-bar");
        setId("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        problems.getStyleClass().add("status-button");
        problems.setId("status-problems");
        problems.setOnAction(event -> showProblems.run());
        job.setId("status-job");
        progress.setPrefWidth(120);
        progress.setId("status-progress");
        cancel.setGraphic(Icons.of("stop", 12));
        cancel.setText(text.cancelRun());
        cancel.setTooltip(new Tooltip(text.stop()));
        cancel.getStyleClass().add("status-button");
        cancel.setId("status-cancel");
        cancel.setOnAction(event -> runs.cancelAll());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label masterLabel = new Label(master);
        masterLabel.getStyleClass().add("mono");
        context.setId("status-context");
        for (Label number : new Label[] {cores, engine, heap, context, tasks}) {
            number.setMinWidth(Region.USE_PREF_SIZE);
        }
        getChildren()
                .addAll(
                        problems,
                        masterLabel,
                        job,
                        progress,
                        tasks,
                        cancel,
                        gap,
                        cores,
                        engine,
                        heap,
                        context);
        runs.shown().addListener((o, old, run) -> follow(run));
        showProblemCount(0);
        update();
        tick();
    }

    javafx.beans.property.StringProperty context() {
        return context.textProperty();
    }

    void showProblemCount(int count) {
        problems.setText(text.problemCount(count));
        problems.setGraphic(Icons.of(count == 0 ? "done" : "error", 14));
        problems.getGraphic().getStyleClass().add(count == 0 ? "muted-icon" : "state-error");
    }

    /// Once a second: what the JVM has in use.
    void tick() {
        Runtime runtime = Runtime.getRuntime();
        heap.setText(
                text.heap(
                        Units.bytes(runtime.totalMemory() - runtime.freeMemory()),
                        Units.bytes(runtime.maxMemory())));
    }

    private void follow(Optional<Run> run) {
        shown.ifPresent(old -> {
            old.snapshot().removeListener(update);
            old.outcome().removeListener(update);
        });
        shown = run;
        run.ifPresent(now -> {
            now.snapshot().addListener(update);
            now.outcome().addListener(update);
        });
        update();
    }

    private void update() {
        Optional<QuerySnapshot> snapshot = shown.flatMap(run -> run.snapshot().get());
        boolean running = shown.map(Run::running).orElse(false);
        for (Node node : new Node[] {progress, tasks, cancel}) {
            node.setVisible(running);
            node.setManaged(running);
        }
        job.setText(shown.map(run -> words(run, snapshot)).orElse(text.ready()));
        snapshot.ifPresent(s -> {
            progress.setProgress(s.stages().isEmpty() ? -1 : s.progress());
            int all = s.stages().stream().mapToInt(StageState::tasks).sum();
            int done = s.stages().stream().mapToInt(StageState::tasksDone).sum();
            tasks.setText(text.tasksDone(done, all));
        });
        Optional<MemorySampled> memory = snapshot.flatMap(QuerySnapshot::memory);
        cores.setText(
                text.coresBusy(
                        running ? memory.map(MemorySampled::busySlots).orElse(0) : 0,
                        memory.map(MemorySampled::slots).orElse(cpus)));
        memory.ifPresentOrElse(
                m ->
                        engine.setText(
                                text.engineMemory(
                                        Units.bytes(m.usedBytes()), Units.bytes(m.limitBytes()))),
                () -> engine.setText(""));
        engine.setManaged(memory.isPresent());
    }

    private String words(Run run, Optional<QuerySnapshot> snapshot) {
        return switch (run.state()) {
            case RUNNING -> text.running(run.label());
            case SUCCEEDED ->
                    text.runFinished(
                            run.label(),
                            Units.time(snapshot.map(QuerySnapshot::elapsedNanos).orElse(0L)));
            case FAILED -> text.runFailed(run.label());
            case CANCELLED -> text.runCancelled(run.label());
            case INTERRUPTED -> text.runInterrupted(run.label());
        };
    }
}
