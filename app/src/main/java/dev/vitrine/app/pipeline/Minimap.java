package dev.vitrine.app.pipeline;

import java.util.Collection;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Group;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/// The whole pipeline in a corner, with a frame around what is to be seen; pressing and dragging in
/// it moves that.
final class Minimap extends Region {
    static final double WIDTH = 184;
    static final double HEIGHT = 116;
    private static final double MARGIN = 8;

    private final Viewport viewport;
    private final Group marks = new Group();
    private final Rectangle frame = new Rectangle();
    private Collection<NodeView> nodes = List.of();
    private double scale = 1;
    private double left;
    private double top;
    private boolean held;

    Minimap(Viewport viewport) {
        this.viewport = viewport;
        getStyleClass().add("minimap");
        setId("minimap");
        setManaged(false);
        marks.setManaged(false);
        frame.setManaged(false);
        marks.setMouseTransparent(true);
        frame.setMouseTransparent(true);
        frame.getStyleClass().add("minimap-frame");
        getChildren().addAll(marks, frame);
        Rectangle clip = new Rectangle(WIDTH, HEIGHT);
        clip.setArcWidth(12);
        clip.setArcHeight(12);
        setClip(clip);
        addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    held = true;
                    go(event);
                });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
        addEventHandler(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    held = false;
                    draw();
                    event.consume();
                });
    }

    /// The view never leaves the nodes.
    private void go(MouseEvent event) {
        if (!nodes.isEmpty()) {
            Bounds all = Viewport.bounds(nodes);
            viewport.centre(
                    new Point2D(
                            Math.clamp(event.getX() / scale + left, all.getMinX(), all.getMaxX()),
                            Math.clamp(event.getY() / scale + top, all.getMinY(), all.getMaxY())));
        }
        event.consume();
    }

    /// Draws the nodes anew, after they changed or moved.
    void show(Collection<NodeView> shown) {
        nodes = shown;
        if (isVisible()) {
            draw();
        }
    }

    /// Draws the frame anew, after the view moved.
    void follow() {
        if (isVisible()) {
            draw();
        }
    }

    private void draw() {
        resize(WIDTH, HEIGHT);
        Bounds seen = viewport.visible();
        // What is under the mouse stays there while it is held.
        if (!held) {
            Bounds all = nodes.isEmpty() ? seen : union(Viewport.bounds(nodes), seen);
            scale =
                    Math.min(
                            (WIDTH - 2 * MARGIN) / Math.max(1, all.getWidth()),
                            (HEIGHT - 2 * MARGIN) / Math.max(1, all.getHeight()));
            left = all.getCenterX() - WIDTH / 2 / scale;
            top = all.getCenterY() - HEIGHT / 2 / scale;
        }
        while (marks.getChildren().size() > nodes.size()) {
            marks.getChildren().removeLast();
        }
        while (marks.getChildren().size() < nodes.size()) {
            Rectangle mark = new Rectangle();
            mark.getStyleClass().add("minimap-node");
            marks.getChildren().add(mark);
        }
        int index = 0;
        for (NodeView node : nodes) {
            Rectangle mark = (Rectangle) marks.getChildren().get(index++);
            mark.setX((node.getLayoutX() - left) * scale);
            mark.setY((node.getLayoutY() - top) * scale);
            mark.setWidth(Math.max(2, NodeView.WIDTH * scale));
            mark.setHeight(Math.max(2, NodeView.HEIGHT * scale));
            mark.pseudoClassStateChanged(NodeView.SELECTED, node.isSelected());
        }
        frame.setX((seen.getMinX() - left) * scale);
        frame.setY((seen.getMinY() - top) * scale);
        frame.setWidth(seen.getWidth() * scale);
        frame.setHeight(seen.getHeight() * scale);
    }

    private static Bounds union(Bounds a, Bounds b) {
        double x = Math.min(a.getMinX(), b.getMinX());
        double y = Math.min(a.getMinY(), b.getMinY());
        return new BoundingBox(
                x,
                y,
                Math.max(a.getMaxX(), b.getMaxX()) - x,
                Math.max(a.getMaxY(), b.getMaxY()) - y);
    }
}
