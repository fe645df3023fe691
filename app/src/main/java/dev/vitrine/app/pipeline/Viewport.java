package dev.vitrine.app.pipeline;

import java.util.Collection;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;

/// Which part of the canvas is to be seen, and how large.
final class Viewport {
    private static final double MIN_ZOOM = 0.1;
    private static final double MAX_ZOOM = 3;
    private static final double MARGIN = 32;

    private final Region window;
    private final Translate pan = new Translate();
    private final Scale scale = new Scale(1, 1);
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(1);
    private Runnable moved = () -> {};

    /// @param window what the canvas is seen through
    /// @param world is moved and scaled under it
    Viewport(Region window, Node world) {
        this.window = window;
        world.getTransforms().addAll(pan, scale);
        window.layoutBoundsProperty().addListener((o, old, now) -> moved.run());
    }

    void setOnMoved(Runnable told) {
        moved = told;
    }

    ReadOnlyDoubleProperty zoom() {
        return zoom.getReadOnlyProperty();
    }

    double scale() {
        return zoom.get();
    }

    /// A point of the window in canvas units.
    Point2D toWorld(Point2D local) {
        return new Point2D(
                (local.getX() - pan.getX()) / scale(), (local.getY() - pan.getY()) / scale());
    }

    Point2D toWindow(Point2D world) {
        return new Point2D(
                world.getX() * scale() + pan.getX(), world.getY() * scale() + pan.getY());
    }

    /// What is to be seen, in canvas units.
    Bounds visible() {
        Point2D from = toWorld(Point2D.ZERO);
        return new BoundingBox(
                from.getX(),
                from.getY(),
                window.getWidth() / scale(),
                window.getHeight() / scale());
    }

    Point2D pan() {
        return new Point2D(pan.getX(), pan.getY());
    }

    void panTo(double x, double y) {
        pan.setX(x);
        pan.setY(y);
        moved.run();
    }

    void panBy(double dx, double dy) {
        panTo(pan.getX() + dx, pan.getY() + dy);
    }

    /// Brings a point of the canvas to the middle of the window.
    void centre(Point2D world) {
        panTo(
                Math.rint(window.getWidth() / 2 - world.getX() * scale()),
                Math.rint(window.getHeight() / 2 - world.getY() * scale()));
    }

    void zoomBy(double factor) {
        zoomAt(scale() * factor, window.getWidth() / 2, window.getHeight() / 2);
    }

    void zoomReset() {
        zoomAt(1, window.getWidth() / 2, window.getHeight() / 2);
    }

    /// Zooms so that what is at a point of the window stays there.
    void zoomAt(double wanted, double x, double y) {
        double next = Math.clamp(wanted, MIN_ZOOM, MAX_ZOOM);
        Point2D fixed = toWorld(new Point2D(x, y));
        setScale(next);
        panTo(Math.rint(x - fixed.getX() * next), Math.rint(y - fixed.getY() * next));
    }

    private void setScale(double next) {
        scale.setX(next);
        scale.setY(next);
        zoom.set(next);
    }

    /// Shows all nodes, never larger than they are.
    void fit(Collection<NodeView> nodes) {
        if (nodes.isEmpty() || window.getWidth() < 1) {
            return;
        }
        Bounds all = bounds(nodes);
        double next =
                Math.clamp(
                        Math.min(
                                (window.getWidth() - 2 * MARGIN) / all.getWidth(),
                                (window.getHeight() - 2 * MARGIN) / all.getHeight()),
                        MIN_ZOOM,
                        1);
        setScale(next);
        centre(new Point2D(all.getCenterX(), all.getCenterY()));
    }

    /// The room that nodes take, in canvas units.
    static Bounds bounds(Collection<NodeView> nodes) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (NodeView view : nodes) {
            left = Math.min(left, view.getLayoutX());
            top = Math.min(top, view.getLayoutY());
            right = Math.max(right, view.getLayoutX() + NodeView.WIDTH);
            bottom = Math.max(bottom, view.getLayoutY() + NodeView.HEIGHT);
        }
        return new BoundingBox(left, top, right - left, bottom - top);
    }

    /// Brings a node into view without changing the zoom.
    void reveal(NodeView view) {
        Point2D at = toWindow(new Point2D(view.getLayoutX(), view.getLayoutY()));
        if (at.getX() < 0
                || at.getY() < 0
                || at.getX() > window.getWidth() - NodeView.WIDTH
                || at.getY() > window.getHeight() - NodeView.HEIGHT) {
            panBy(
                    window.getWidth() / 2 - at.getX() - NodeView.WIDTH / 2,
                    window.getHeight() / 2 - at.getY() - NodeView.HEIGHT / 2);
        }
    }
}
