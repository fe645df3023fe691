package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.engine.pipeline.EdgeMark;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.shape.CubicCurve;

/// An edge on the canvas: a curve from port to port, a wider unseen one to be hit, and how many
/// rows went along it.
final class EdgeView extends Group {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final PseudoClass FLOWING = PseudoClass.getPseudoClass("running");
    private static final int SAMPLES = 24;

    private final Edge edge;
    private final Text text;
    private final CubicCurve curve = new CubicCurve();
    private final CubicCurve hit = new CubicCurve();
    private final Label rows = new Label();
    private final List<EdgeBadge> badges = new ArrayList<>();
    private List<EdgeMark> marks = List.of();
    private final Tooltip exact = new Tooltip();

    EdgeView(Edge edge, Text text) {
        this.edge = edge;
        this.text = text;
        curve.getStyleClass().add("edge");
        hit.getStyleClass().add("edge-hit");
        rows.getStyleClass().add("edge-rows");
        rows.setVisible(false);
        rows.setMouseTransparent(true);
        curve.setMouseTransparent(true);
        getChildren().addAll(curve, hit, rows);
        setId("edge-" + edge.from() + "-" + edge.to());
    }

    Edge edge() {
        return edge;
    }

    void place(Point2D from, Point2D to) {
        place(curve, from, to);
        place(hit, from, to);
        placeRows();
        placeBadges();
    }

    /// Shows what the plan makes of the edge.
    void show(List<EdgeMark> changed) {
        if (changed.equals(marks)) {
            return;
        }
        marks = changed;
        getChildren().removeAll(badges);
        badges.clear();
        changed.forEach(mark -> badges.add(new EdgeBadge(mark, text)));
        getChildren().addAll(badges);
        placeBadges();
    }

    private void placeBadges() {
        for (EdgeBadge badge : badges) {
            badge.place(at(badge.along()));
        }
    }

    /// The middle of the curve, in canvas units.
    Point2D middle() {
        return at(0.5);
    }

    static void place(CubicCurve curve, Point2D from, Point2D to) {
        double bend = Math.clamp(Math.abs(to.getX() - from.getX()) / 2, 24, 120);
        curve.setStartX(from.getX());
        curve.setStartY(from.getY());
        curve.setControlX1(from.getX() + bend);
        curve.setControlY1(from.getY());
        curve.setControlX2(to.getX() - bend);
        curve.setControlY2(to.getY());
        curve.setEndX(to.getX());
        curve.setEndY(to.getY());
    }

    void showSelected(boolean selected) {
        curve.pseudoClassStateChanged(SELECTED, selected);
    }

    void target(boolean on) {
        curve.pseudoClassStateChanged(TARGET, on);
    }

    /// @param count how many rows, or -1 where that is not known
    void show(long count, boolean flowing) {
        curve.pseudoClassStateChanged(FLOWING, flowing);
        String shown = count < 0 ? "" : Units.count(count);
        if (count >= 0) {
            exact.setText(text.rowsCount(count));
        }
        if (!shown.equals(rows.getText())) {
            if (rows.getText().isEmpty()) {
                Tooltip.install(hit, exact);
            } else if (shown.isEmpty()) {
                Tooltip.uninstall(hit, exact);
            }
            rows.setText(shown);
            rows.setVisible(!shown.isEmpty());
            placeRows();
        }
    }

    private void placeRows() {
        if (rows.isVisible()) {
            rows.applyCss();
            rows.autosize();
            Point2D middle = at(0.5);
            // Above the middle: between two nodes on one height there is little room beside it.
            rows.relocate(
                    Math.rint(middle.getX() - rows.getWidth() / 2),
                    Math.rint(middle.getY() - rows.getHeight() - 4));
        }
    }

    /// How far a point is from the curve.
    double distance(Point2D point) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i <= SAMPLES; i++) {
            nearest = Math.min(nearest, at((double) i / SAMPLES).distance(point));
        }
        return nearest;
    }

    private Point2D at(double t) {
        double s = 1 - t;
        double a = s * s * s;
        double b = 3 * s * s * t;
        double c = 3 * s * t * t;
        double d = t * t * t;
        return new Point2D(
                a * curve.getStartX()
                        + b * curve.getControlX1()
                        + c * curve.getControlX2()
                        + d * curve.getEndX(),
                a * curve.getStartY()
                        + b * curve.getControlY1()
                        + c * curve.getControlY2()
                        + d * curve.getEndY());
    }
}
