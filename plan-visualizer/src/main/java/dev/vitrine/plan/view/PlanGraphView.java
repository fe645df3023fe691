package dev.vitrine.plan.view;

import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.plan.graph.PlanGraph;
import dev.vitrine.plan.graph.RowText;
import dev.vitrine.plan.layout.TreeLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurve;

/// A plan drawn as boxes and curves. Boxes are made once for a plan; while it runs only their
/// numbers and the widths of the curves change.
public final class PlanGraphView {
    private static final double WIDTH = 210;
    private static final double HEIGHT = 66;
    private static final double GAP_X = 48;
    private static final double GAP_Y = 20;
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass HEAVY = PseudoClass.getPseudoClass("heavy");

    private final Group group = new Group();
    private final PlanGraph graph;
    private final List<Box> boxes = new ArrayList<>();
    private final List<CubicCurve> curves = new ArrayList<>();
    private final List<Label> flows = new ArrayList<>();
    private Consumer<PlanTree> onSelect = plan -> {};

    private record Box(VBox pane, Label numbers, PlanTree plan) {}

    /// @param changed nodes to mark
    public PlanGraphView(PlanTree tree, Predicate<PlanTree> changed) {
        graph = PlanGraph.of(tree);
        TreeLayout.Layout layout = TreeLayout.of(graph, WIDTH, HEIGHT, GAP_X, GAP_Y);
        for (PlanGraph.Edge edge : graph.edges()) {
            addCurve(layout.places().get(edge.from()), layout.places().get(edge.to()));
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            PlanTree plan = graph.nodes().get(i).plan();
            Box box = box(plan, changed.test(plan));
            box.pane.relocate(layout.places().get(i).x(), layout.places().get(i).y());
            boxes.add(box);
            group.getChildren().add(box.pane);
        }
        group.getChildren().addAll(flows);
    }

    /// What to show in a scene.
    public Group node() {
        return group;
    }

    /// Called with the plan node that is clicked.
    public void setOnSelect(Consumer<PlanTree> listener) {
        onSelect = listener;
    }

    /// Marks the box of node `id`, if it is there.
    public void select(int id) {
        boxes.forEach(box -> box.pane.pseudoClassStateChanged(SELECTED, box.plan.id() == id));
    }

    private void addCurve(TreeLayout.Place from, TreeLayout.Place to) {
        double startX = from.x() + WIDTH;
        double startY = from.y() + HEIGHT / 2;
        double endY = to.y() + HEIGHT / 2;
        double middle = (startX + to.x()) / 2;
        CubicCurve curve =
                new CubicCurve(startX, startY, middle, startY, middle, endY, to.x(), endY);
        curve.getStyleClass().add("plan-edge");
        curve.setMouseTransparent(true);
        curves.add(curve);
        group.getChildren().add(curve);
        Label flow = new Label();
        flow.getStyleClass().add("plan-flow");
        flow.setMouseTransparent(true);
        flow.setMinWidth(GAP_X + 24);
        flow.setMaxWidth(GAP_X + 24);
        flow.relocate(startX - 12, startY - 19);
        flows.add(flow);
    }

    private Box box(PlanTree plan, boolean changed) {
        Label title = new Label(plan.label());
        title.getStyleClass().addAll("plan-title", "strong");
        title.setTextOverrun(OverrunStyle.ELLIPSIS);
        Label details = new Label(String.join(" · ", plan.details()));
        details.getStyleClass().addAll("plan-details", "muted");
        Label numbers = new Label(estimate(plan));
        numbers.getStyleClass().add("plan-numbers");
        VBox pane = new VBox(title, details, numbers);
        pane.getStyleClass().addAll("plan-node", kind(plan));
        pane.setPrefSize(WIDTH, HEIGHT);
        pane.setMinSize(WIDTH, HEIGHT);
        pane.setMaxSize(WIDTH, HEIGHT);
        pane.pseudoClassStateChanged(CHANGED, changed);
        pane.setOnMouseClicked(event -> {
            select(plan.id());
            onSelect.accept(plan);
        });
        return new Box(pane, numbers, plan);
    }

    private static String estimate(PlanTree plan) {
        return plan.estimatedRows() < 0 ? "" : "≈ " + RowText.count(plan.estimatedRows()) + " rows";
    }

    /// Style class by what a node does.
    private static String kind(PlanTree plan) {
        String label = plan.label().replace("'", "");
        if (label.startsWith("Scan")
                || label.startsWith("Relation")
                || label.startsWith("LocalRow")
                || label.startsWith("Unresolved")) {
            return "kind-source";
        }
        if (label.contains("Join")) {
            return "kind-join";
        }
        if (label.contains("Aggregate")) {
            return "kind-aggregate";
        }
        if (label.contains("Exchange")) {
            return "kind-exchange";
        }
        return "kind-other";
    }

    /// Shows rows by node id, -1 for unknown.
    public void showRows(IntToLongFunction rows) {
        long max = 1;
        for (Box box : boxes) {
            max = Math.max(max, rows.applyAsLong(box.plan.id()));
        }
        for (Box box : boxes) {
            long count = rows.applyAsLong(box.plan.id());
            String estimate =
                    box.plan.estimatedRows() < 0
                            ? ""
                            : "  (≈ " + RowText.count(box.plan.estimatedRows()) + ")";
            box.numbers.setText(count < 0 ? estimate(box.plan) : RowText.rows(count) + estimate);
            box.pane.pseudoClassStateChanged(
                    HEAVY, count >= 0 && count >= 0.8 * max && max > 1_000);
        }
        for (int i = 0; i < curves.size(); i++) {
            long count =
                    rows.applyAsLong(graph.nodes().get(graph.edges().get(i).from()).plan().id());
            curves.get(i).setStrokeWidth(count <= 0 ? 1.5 : 1.5 + Math.log10((double) count));
            flows.get(i).setText(count < 0 ? "" : RowText.count(count));
        }
    }
}
