package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.EdgeMark;
import javafx.geometry.Point2D;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// A mark on an edge: push-down near its beginning, a shuffle near its end.
final class EdgeBadge extends StackPane {
    private static final double SIZE = 18;

    private final boolean first;

    EdgeBadge(EdgeMark mark, Text text) {
        first = mark instanceof EdgeMark.PushDown;
        getStyleClass().addAll("edge-badge", first ? "push-down" : "shuffle");
        getChildren().add(Icons.of(EdgeMarkText.icon(mark), 12));
        String words = String.join("\n", EdgeMarkText.lines(mark, text));
        Tooltip tooltip = new Tooltip(words);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(360);
        Tooltip.install(this, tooltip);
        setAccessibleText(words);
        resize(SIZE, SIZE);
    }

    /// How far along the edge it lies, from 0 to 1.
    double along() {
        return first ? 0.3 : 0.72;
    }

    void place(Point2D at) {
        relocate(Math.rint(at.getX() - SIZE / 2), Math.rint(at.getY() - SIZE / 2));
    }
}
