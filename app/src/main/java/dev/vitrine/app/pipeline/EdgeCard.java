package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.engine.pipeline.EdgeMark;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What goes along an edge: columns with their types, and what the plan makes of it. Lies beside
/// the edge under the mouse, or else beside the one selected.
final class EdgeCard extends VBox {
    private static final int SHOWN = 10;
    private static final double GAP = 14;

    private final PipelineModel model;
    private final Viewport viewport;
    private final CanvasView canvas;
    private final Text text;
    private @Nullable EdgeView hovered;
    private @Nullable EdgeView selected;

    /// @param canvas what it lies in
    EdgeCard(PipelineModel model, CanvasView canvas, Text text) {
        this.model = model;
        this.viewport = canvas.viewport();
        this.canvas = canvas;
        this.text = text;
        getStyleClass().add("edge-card");
        setId("edge-card");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
    }

    /// @param edge the one under the mouse, or null
    void hover(@Nullable EdgeView edge) {
        hovered = edge;
        update();
    }

    /// @param edge the one that alone is selected, or null
    void select(@Nullable EdgeView edge) {
        selected = edge;
        update();
    }

    /// Shows what is known now, where the edge is now.
    void update() {
        EdgeView view = hovered != null ? hovered : selected;
        setVisible(view != null);
        if (view == null) {
            return;
        }
        fill(view.edge());
        applyCss();
        autosize();
        Point2D middle = viewport.toWindow(view.middle());
        double gap = GAP + NodeView.HEIGHT / 2 * viewport.scale();
        double x =
                Math.clamp(
                        middle.getX() - getWidth() / 2,
                        8,
                        Math.max(8, canvas.getWidth() - getWidth() - 8));
        double below = middle.getY() + gap;
        double above = middle.getY() - gap - getHeight();
        relocate(Math.rint(x), Math.rint(hides(x, below) <= hides(x, above) ? below : above));
    }

    /// How much it would hide of nodes, and be hidden itself, were it there.
    private double hides(double x, double y) {
        double out = Math.max(0, -y) + Math.max(0, y + getHeight() - canvas.getHeight());
        long nodes =
                canvas.nodes().stream()
                        .map(node -> node.localToScene(node.getLayoutBounds()))
                        .map(canvas::sceneToLocal)
                        .filter(node -> node.intersects(x, y, getWidth(), getHeight()))
                        .count();
        return out * 1_000 + nodes;
    }

    private void fill(Edge edge) {
        getChildren().clear();
        Label title = new Label(title(model, edge, text));
        title.getStyleClass().add("edge-card-title");
        getChildren().add(title);
        for (EdgeMark mark : model.marks().get().getOrDefault(edge, List.of())) {
            getChildren().add(new Label(EdgeMarkText.lines(mark, text).getFirst()));
        }
        Schema schema = model.edgeSchema(edge).orElse(null);
        if (schema == null) {
            getChildren().add(new Label(text.columnsUnknown()));
            return;
        }
        schema.fields().stream()
                .limit(SHOWN)
                .forEach(field -> getChildren().add(new ColumnLine(field, text)));
        if (schema.size() > SHOWN) {
            Label more = new Label(text.moreColumns(schema.size() - SHOWN));
            more.getStyleClass().add("muted");
            getChildren().add(more);
        }
    }

    /// Both ends of an edge by name.
    static String title(PipelineModel model, Edge edge, Text text) {
        return text.edgeTitle(model.label(edge.from()), model.label(edge.to()));
    }
}
