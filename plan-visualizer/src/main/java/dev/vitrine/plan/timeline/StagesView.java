package dev.vitrine.plan.timeline;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import dev.vitrine.plan.graph.RowText;
import dev.vitrine.plan.graph.RunKey;
import dev.vitrine.plan.layout.StageLayout;
import dev.vitrine.plan.view.PlanView;
import dev.vitrine.plan.view.ZoomPane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurve;

/// The stages of a run as a graph with their progress, and every task as a bar on the slot it ran
/// on. FX thread only.
public final class StagesView {
    private static final double WIDTH = 250;
    private static final double HEIGHT = 84;
    private static final double GAP_X = 44;
    private static final double GAP_Y = 16;

    private final Texts texts;
    private final StackPane pane = new StackPane();
    private final Label empty;
    private final SplitPane split;
    private final ZoomPane zoom;
    private final TaskBars bars;
    private final Map<Integer, Card> cards = new HashMap<>();
    private RunKey shownRun = RunKey.NONE;
    private int shownStages;

    /// All that the view says.
    public record Texts(String empty, String stage, String tasks, ZoomPane.Texts zoom) {}

    private record Card(VBox pane, Label numbers, Label time, ProgressBar bar) {}

    public StagesView(Texts texts) {
        this.texts = texts;
        zoom = new ZoomPane(texts.zoom());
        bars = new TaskBars(texts.stage());
        empty = new Label(texts.empty());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        split = new SplitPane(zoom, bars);
        split.setDividerPositions(0.55);
        split.setVisible(false);
        pane.getChildren().addAll(split, empty);
        pane.getStyleClass().add("plan-view");
        pane.getStylesheets()
                .add(
                        Objects.requireNonNull(
                                        PlanView.class.getResource("/dev/vitrine/plan/plan.css"))
                                .toExternalForm());
    }

    public Region node() {
        return pane;
    }

    public void show(QuerySnapshot snapshot) {
        boolean any = !snapshot.stages().isEmpty();
        empty.setVisible(!any);
        split.setVisible(any);
        if (!any) {
            return;
        }
        if (!RunKey.of(snapshot).equals(shownRun) || snapshot.stages().size() != shownStages) {
            shownRun = RunKey.of(snapshot);
            shownStages = snapshot.stages().size();
            draw(snapshot.stages());
        }
        snapshot.stages().forEach(this::update);
        bars.show(snapshot);
    }

    private void draw(List<StageState> stages) {
        cards.clear();
        Group group = new Group();
        Map<Integer, StageLayout.Cell> cells = StageLayout.of(stages);
        for (StageState stage : stages) {
            for (int parent : stage.parents()) {
                group.getChildren().add(curve(cell(cells, parent), cell(cells, stage.stageId())));
            }
        }
        for (StageState stage : stages) {
            Card card = card(stage);
            StageLayout.Cell cell = cell(cells, stage.stageId());
            card.pane.relocate(x(cell), y(cell));
            cards.put(stage.stageId(), card);
            group.getChildren().add(card.pane);
        }
        zoom.setContent(group, false);
    }

    private static StageLayout.Cell cell(Map<Integer, StageLayout.Cell> cells, int stage) {
        return Objects.requireNonNull(cells.get(stage));
    }

    private static double x(StageLayout.Cell cell) {
        return cell.column() * (WIDTH + GAP_X);
    }

    private static double y(StageLayout.Cell cell) {
        return cell.row() * (HEIGHT + GAP_Y);
    }

    private static CubicCurve curve(StageLayout.Cell from, StageLayout.Cell to) {
        double startX = x(from) + WIDTH;
        double startY = y(from) + HEIGHT / 2;
        double endX = x(to);
        double endY = y(to) + HEIGHT / 2;
        double middle = (startX + endX) / 2;
        CubicCurve curve = new CubicCurve(startX, startY, middle, startY, middle, endY, endX, endY);
        curve.getStyleClass().add("plan-edge");
        return curve;
    }

    private Card card(StageState stage) {
        Label title = new Label(texts.stage() + " " + stage.stageId());
        title.getStyleClass().add("strong");
        Label time = new Label();
        time.getStyleClass().add("muted");
        Region space = new Region();
        HBox.setHgrow(space, javafx.scene.layout.Priority.ALWAYS);
        Label operators = new Label(stage.label());
        operators.getStyleClass().add("plan-details");
        Tooltip.install(operators, new Tooltip(stage.label()));
        ProgressBar bar = new ProgressBar(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        Label numbers = new Label();
        numbers.getStyleClass().addAll("muted", "plan-numbers");
        VBox box = new VBox(new HBox(title, space, time), operators, bar, numbers);
        box.getStyleClass().addAll("plan-node", "stage-card");
        box.setPrefSize(WIDTH, HEIGHT);
        box.setMinSize(WIDTH, HEIGHT);
        box.setMaxSize(WIDTH, HEIGHT);
        return new Card(box, numbers, time, bar);
    }

    private void update(StageState stage) {
        Card card = cards.get(stage.stageId());
        if (card == null) {
            return;
        }
        card.bar.setProgress(
                stage.state() == RunState.SUCCEEDED
                        ? 1
                        : stage.tasks() == 0 ? 0 : (double) stage.tasksDone() / stage.tasks());
        card.numbers.setText(
                stage.tasksDone()
                        + " / "
                        + stage.tasks()
                        + " "
                        + texts.tasks()
                        + (stage.tasksFailed() > 0 ? " (" + stage.tasksFailed() + " ✗)" : "")
                        + "  ·  "
                        + RowText.count(stage.counters().rowsRead())
                        + " → "
                        + RowText.rows(stage.counters().rowsWritten()));
        card.time.setText(
                stage.finishedAt() >= 0
                        ? RowText.time(stage.finishedAt() - stage.startedAt())
                        : mark(stage.state()));
        card.pane.getStyleClass().removeIf(style -> style.startsWith("run-"));
        card.pane
                .getStyleClass()
                .add("run-" + stage.state().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static String mark(RunState state) {
        return switch (state) {
            case WAITING -> "…";
            case RUNNING -> "▶";
            case SUCCEEDED -> "✓";
            case FAILED -> "✗";
            case CANCELLED -> "■";
            case SKIPPED -> "–";
        };
    }
}
