package dev.vitrine.plan.view;

import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.plan.graph.RowText;
import dev.vitrine.plan.graph.RunKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The versions of a query's plan as a graph; the physical one with the rows that went through each
/// node, live. FX thread only.
public final class PlanView {
    private final Texts texts;
    private final BorderPane pane = new BorderPane();
    private final ZoomPane zoom;
    private final Map<PlanPhase, ToggleButton> buttons = new EnumMap<>(PlanPhase.class);
    private final ToggleGroup phases = new ToggleGroup();
    private final Label summary = new Label();
    private final Label title = new Label();
    private final TextArea details = new TextArea();
    private final StackPane centre = new StackPane();
    private final Label empty;
    private final SplitPane split;
    private PlanPhase phase = PlanPhase.PHYSICAL;
    private @Nullable QuerySnapshot snapshot;
    private @Nullable PlanTree drawn;
    private @Nullable PlanGraphView graph;
    private RunKey drawnRun = RunKey.NONE;
    private Consumer<String> onPipelineNode = id -> {};

    /// All that the view says.
    ///
    /// @param empty what to do to see something
    public record Texts(String empty, String estimated, String actual, ZoomPane.Texts zoom) {}

    public PlanView(Texts texts) {
        this.texts = texts;
        zoom = new ZoomPane(texts.zoom());
        HBox bar = new HBox();
        bar.getStyleClass().add("view-bar");
        for (PlanPhase each : PlanPhase.values()) {
            ToggleButton button = new ToggleButton(each.label());
            button.setToggleGroup(phases);
            button.getStyleClass().add("segment");
            button.setOnAction(event -> choose(each));
            buttons.put(each, button);
            bar.getChildren().add(button);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        summary.getStyleClass().add("muted");
        bar.getChildren().addAll(space, summary);
        empty = new Label(texts.empty());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        title.getStyleClass().add("strong");
        title.setWrapText(true);
        details.setEditable(false);
        details.setWrapText(true);
        details.getStyleClass().addAll("mono", "plain-text");
        VBox.setVgrow(details, Priority.ALWAYS);
        VBox side = new VBox(title, details);
        side.getStyleClass().add("plan-side");
        side.setMinWidth(180);
        split = new SplitPane(zoom, side);
        split.setDividerPositions(0.76);
        SplitPane.setResizableWithParent(side, false);
        centre.getChildren().addAll(split, empty);
        split.setVisible(false);
        pane.setTop(bar);
        pane.setCenter(centre);
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

    /// Called with the id of the pipeline node behind a plan node that is clicked.
    public void setOnPipelineNode(Consumer<String> listener) {
        onPipelineNode = listener;
    }

    private void choose(PlanPhase chosen) {
        phase = chosen;
        drawn = null;
        if (snapshot != null) {
            show(snapshot);
        }
    }

    public void show(QuerySnapshot newest) {
        snapshot = newest;
        boolean any = !newest.plans().isEmpty();
        empty.setVisible(!any);
        split.setVisible(any);
        buttons.forEach((each, button) -> button.setDisable(!newest.plans().containsKey(each)));
        if (!any) {
            return;
        }
        PlanPhase shown = newest.plans().containsKey(phase) ? phase : latest(newest);
        Objects.requireNonNull(buttons.get(shown)).setSelected(true);
        QuerySnapshot.PlanVersion version = Objects.requireNonNull(newest.plans().get(shown));
        summary.setText(shown.label() + ": " + RowText.time(version.nanos()));
        if (version.plan() != drawn) {
            draw(version.plan(), drawnRun.equals(RunKey.of(newest)));
            drawnRun = RunKey.of(newest);
        }
        PlanGraphView current = graph;
        if (shown.hasRows() && current != null) {
            current.showRows(newest::rows);
        }
    }

    private static PlanPhase latest(QuerySnapshot snapshot) {
        PlanPhase latest = PlanPhase.PARSED;
        for (PlanPhase each : snapshot.plans().keySet()) {
            latest = each.ordinal() > latest.ordinal() ? each : latest;
        }
        return latest;
    }

    private void draw(PlanTree tree, boolean keepPlace) {
        PlanGraphView made = new PlanGraphView(tree, node -> false);
        made.setOnSelect(this::select);
        graph = made;
        drawn = tree;
        zoom.setContent(made.node(), keepPlace);
        describe(tree);
    }

    private void select(PlanTree node) {
        describe(node);
        if (!node.pipelineNode().isEmpty()) {
            onPipelineNode.accept(node.pipelineNode());
        }
    }

    private void describe(PlanTree node) {
        title.setText(node.label());
        StringBuilder text = new StringBuilder();
        node.details().forEach(line -> text.append(line).append('\n'));
        if (node.estimatedRows() >= 0) {
            text.append('\n')
                    .append(texts.estimated())
                    .append(' ')
                    .append(RowText.count(node.estimatedRows()));
        }
        long rows = snapshot == null || !phase.hasRows() ? -1 : snapshot.rows(node.id());
        if (rows >= 0) {
            text.append('\n').append(texts.actual()).append(' ').append(RowText.count(rows));
        }
        details.setText(text.toString());
    }
}
