package dev.vitrine.app.pipeline;

import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineEdits;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.io.File;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.input.ZoomEvent;
import javafx.scene.shape.CubicCurve;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// What the mouse does on the canvas: select, move, copy, connect, pan, and drop what comes from
/// elsewhere.
final class CanvasGestures {
    private static final double NEAR_EDGE = 24;
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final CanvasView canvas;
    private final Viewport viewport;
    private final PipelineModel model;
    private final Consumer<List<File>> filesDropped;
    private final String copyLabel;
    private final Rectangle band = new Rectangle();
    private final CubicCurve wire = new CubicCurve();
    private @Nullable Gesture gesture;
    private @Nullable NodeKind dropping;
    private @Nullable EdgeView dropEdge;
    private boolean spaceDown;
    private Point2D lastMouse = new Point2D(200, 160);

    /// What a press of the mouse turned into.
    private sealed interface Gesture {
        /// @param unselect a selected node that was pressed to be taken from the selection, if it
        ///   does not move
        record Moving(
                Point2D from,
                Map<String, Position> places,
                Optional<String> unselect,
                AtomicBoolean moved)
                implements Gesture {}

        record Banding(Point2D from, Set<String> before) implements Gesture {}

        record Panning(Point2D from, Point2D pan) implements Gesture {}

        record Wiring(NodeView.PortView from) implements Gesture {}
    }

    /// @param copyLabel what copying by dragging is called among the undo steps
    CanvasGestures(
            CanvasView canvas,
            PipelineModel model,
            Consumer<List<File>> filesDropped,
            String copyLabel) {
        this.canvas = canvas;
        this.viewport = canvas.viewport();
        this.model = model;
        this.filesDropped = filesDropped;
        this.copyLabel = copyLabel;
        band.getStyleClass().add("band");
        band.setVisible(false);
        band.setMouseTransparent(true);
        wire.getStyleClass().addAll("edge", "wire");
        wire.setVisible(false);
        wire.setMouseTransparent(true);
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> lastMouse = point(event));
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        canvas.addEventHandler(
                ZoomEvent.ZOOM,
                event ->
                        viewport.zoomAt(
                                viewport.scale() * event.getZoomFactor(),
                                event.getX(),
                                event.getY()));
        canvas.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.SPACE) {
                        spaceDown = true;
                        canvas.setCursor(Cursor.OPEN_HAND);
                        event.consume();
                    }
                });
        canvas.addEventHandler(
                KeyEvent.KEY_RELEASED,
                event -> {
                    if (event.getCode() == KeyCode.SPACE) {
                        spaceDown = false;
                        canvas.setCursor(Cursor.DEFAULT);
                    }
                });
        canvas.addEventHandler(MouseDragEvent.MOUSE_DRAG_OVER, event -> dragOver(point(event)));
        canvas.addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> drop(point(event)));
        canvas.addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> dragOver(null));
        canvas.addEventHandler(DragEvent.DRAG_OVER, this::filesOver);
        canvas.addEventHandler(DragEvent.DRAG_DROPPED, this::filesDropped);
        canvas.addEventHandler(
                DragEvent.DRAG_EXITED, event -> canvas.pseudoClassStateChanged(DROP, false));
    }

    /// The frame that selects.
    Rectangle band() {
        return band;
    }

    /// The connection that is being drawn.
    CubicCurve wire() {
        return wire;
    }

    /// Where the mouse was last, in canvas units.
    Position mouse() {
        return new Position(lastMouse.getX(), lastMouse.getY());
    }

    private Point2D local(MouseEvent event) {
        return canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
    }

    private Point2D point(MouseEvent event) {
        return viewport.toWorld(local(event));
    }

    // Pressing, dragging, letting go

    private void pressed(MouseEvent event) {
        canvas.requestFocus();
        canvas.chooser().close();
        Point2D local = local(event);
        Point2D at = viewport.toWorld(local);
        event.consume();
        if (event.getButton() == MouseButton.MIDDLE
                || (spaceDown && event.getButton() == MouseButton.PRIMARY)) {
            gesture = new Gesture.Panning(local, viewport.pan());
            canvas.setCursor(Cursor.CLOSED_HAND);
            return;
        }
        Object hit = hit(event);
        if (event.getButton() == MouseButton.SECONDARY) {
            if (hit instanceof NodeView node
                    && !model.selection().get().nodes().contains(node.nodeId())) {
                model.select(List.of(node.nodeId()));
            } else if (hit instanceof EdgeView edge) {
                model.selectEdge(edge.edge());
            }
        }
        if (event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        boolean more = event.isShiftDown() || event.isShortcutDown();
        switch (hit) {
            case NodeView.PortView port when !port.input() -> {
                gesture = new Gesture.Wiring(port);
                wire.setVisible(true);
                placeWire(port, at);
            }
            case NodeView node -> pressedNode(node, at, more);
            case NodeView.PortView port -> pressedNode(port.node(), at, more);
            case EdgeView edge -> model.selectEdge(edge.edge());
            case null, default -> {
                if (event.getClickCount() == 2) {
                    canvas.chooser().open(Optional.empty(), at);
                    return;
                }
                Set<String> before = more ? model.selection().get().nodes() : Set.of();
                model.select(before);
                gesture = new Gesture.Banding(at, before);
            }
        }
    }

    private void pressedNode(NodeView node, Point2D at, boolean more) {
        boolean selected = model.selection().get().nodes().contains(node.nodeId());
        if (more && !selected) {
            model.toggle(node.nodeId());
        } else if (!selected) {
            model.select(List.of(node.nodeId()));
        }
        node.toFront();
        Map<String, Position> places = new HashMap<>();
        for (String id : model.selection().get().nodes()) {
            canvas.node(id)
                    .ifPresent(view ->
                            places.put(id, new Position(view.getLayoutX(), view.getLayoutY())));
        }
        gesture =
                new Gesture.Moving(
                        at,
                        places,
                        more && selected ? Optional.of(node.nodeId()) : Optional.empty(),
                        new AtomicBoolean());
    }

    private void dragged(MouseEvent event) {
        Point2D local = local(event);
        Point2D at = viewport.toWorld(local);
        event.consume();
        switch (gesture) {
            case Gesture.Panning(var from, var pan) ->
                    viewport.panTo(
                            pan.getX() + local.getX() - from.getX(),
                            pan.getY() + local.getY() - from.getY());
            case Gesture.Moving moving -> move(moving, at, event.isShortcutDown());
            case Gesture.Banding(var from, var before) -> band(from, at, before);
            case Gesture.Wiring(var port) -> {
                placeWire(port, at);
                NodeView.PortView target = inputNear(port, at);
                canvas.nodes().forEach(view -> view.ports().forEach(p -> p.target(p == target)));
            }
            case null -> {}
        }
    }

    private void move(Gesture.Moving moving, Point2D at, boolean copies) {
        if (!moving.moved.get() && at.distance(moving.from) * viewport.scale() < 4) {
            return;
        }
        moving.moved.set(true);
        canvas.setCursor(copies ? Cursor.CROSSHAIR : Cursor.DEFAULT);
        moving.places.forEach((id, place) ->
                canvas.node(id)
                        .ifPresent(view -> {
                            Position next =
                                    place.plus(
                                                    at.getX() - moving.from.getX(),
                                                    at.getY() - moving.from.getY())
                                            .snapped();
                            view.relocate(next.x(), next.y());
                        }));
        canvas.nodesMoved();
        showDropEdge(!copies && insertable(moving.places.keySet()) ? at : null);
    }

    private void band(Point2D from, Point2D at, Set<String> before) {
        band.setX(Math.min(from.getX(), at.getX()));
        band.setY(Math.min(from.getY(), at.getY()));
        band.setWidth(Math.abs(at.getX() - from.getX()));
        band.setHeight(Math.abs(at.getY() - from.getY()));
        band.setVisible(true);
        Set<String> selected = new LinkedHashSet<>(before);
        for (NodeView view : canvas.nodes()) {
            if (band.intersects(
                    view.getLayoutX(), view.getLayoutY(), NodeView.WIDTH, NodeView.HEIGHT)) {
                selected.add(view.nodeId());
            }
        }
        if (!selected.equals(model.selection().get().nodes())) {
            model.select(selected);
        }
    }

    private void released(MouseEvent event) {
        Point2D at = point(event);
        event.consume();
        Gesture ended = gesture;
        gesture = null;
        band.setVisible(false);
        wire.setVisible(false);
        canvas.setCursor(Cursor.DEFAULT);
        switch (ended) {
            case Gesture.Moving moving when moving.moved.get() -> {
                if (event.isShortcutDown()) {
                    copy(moving, at);
                } else {
                    place(moving);
                }
            }
            case Gesture.Moving moving -> moving.unselect.ifPresent(model::toggle);
            case Gesture.Wiring(var port) -> {
                canvas.nodes().forEach(view -> view.ports().forEach(p -> p.target(false)));
                NodeView.PortView target = inputNear(port, at);
                if (target != null) {
                    model.connect(edge(port, target));
                } else if (nodeAt(at) == null) {
                    canvas.chooser().open(Optional.of(port), at);
                }
            }
            case null, default -> {}
        }
    }

    private void place(Gesture.Moving moving) {
        EdgeView onto = dropEdge;
        showDropEdge(null);
        Map<String, Position> after = new HashMap<>();
        for (String id : moving.places.keySet()) {
            canvas.node(id)
                    .ifPresent(view ->
                            after.put(id, new Position(view.getLayoutX(), view.getLayoutY())));
        }
        model.move(after);
        if (onto != null) {
            model.insertExisting(moving.places.keySet().iterator().next(), onto.edge());
        }
    }

    /// Copies stay where the nodes were let go; the nodes go back to where they came from.
    private void copy(Gesture.Moving moving, Point2D at) {
        showDropEdge(null);
        moving.places.forEach(
                (id, from) -> canvas.node(id).ifPresent(view -> view.relocate(from.x(), from.y())));
        canvas.nodesMoved();
        Position by =
                new Position(at.getX() - moving.from.getX(), at.getY() - moving.from.getY())
                        .snapped();
        model.paste(model.selectedPart(), by.x(), by.y(), copyLabel);
    }

    private void scrolled(ScrollEvent event) {
        if (event.isShortcutDown()) {
            viewport.zoomAt(
                    viewport.scale() * Math.exp(event.getDeltaY() / 400),
                    event.getX(),
                    event.getY());
        } else {
            viewport.panBy(event.getDeltaX(), event.getDeltaY());
        }
        event.consume();
    }

    private @Nullable Object hit(MouseEvent event) {
        javafx.scene.Node node = event.getPickResult().getIntersectedNode();
        while (node != null && node != canvas) {
            if (node instanceof NodeView.PortView
                    || node instanceof NodeView
                    || node instanceof EdgeView) {
                return node;
            }
            node = node.getParent();
        }
        return null;
    }

    private @Nullable NodeView nodeAt(Point2D at) {
        for (NodeView view : canvas.nodes()) {
            if (view.getBoundsInParent().contains(at)) {
                return view;
            }
        }
        return null;
    }

    // Connecting

    private void placeWire(NodeView.PortView port, Point2D to) {
        EdgeView.place(wire, port.node().portPoint(port.port().id(), false), to);
    }

    private static Edge edge(NodeView.PortView from, NodeView.PortView to) {
        return new Edge(from.node().nodeId(), from.port().id(), to.node().nodeId(), to.port().id());
    }

    /// The input that a wire let go at `at` would go to: the nearest of the node there, a free one
    /// if there is one.
    private NodeView.@Nullable PortView inputNear(NodeView.PortView from, Point2D at) {
        NodeView.PortView best = null;
        double nearest = Double.MAX_VALUE;
        for (NodeView view : canvas.nodes()) {
            boolean inside =
                    at.getX() > view.getLayoutX() - 20
                            && at.getX() < view.getLayoutX() + NodeView.WIDTH
                            && at.getY() > view.getLayoutY() - 8
                            && at.getY() < view.getLayoutY() + NodeView.HEIGHT + 8;
            if (!inside) {
                continue;
            }
            for (NodeView.PortView port : view.ports()) {
                if (!port.input() || model.whyNot(edge(from, port)).isPresent()) {
                    continue;
                }
                boolean taken =
                        !port.port().many()
                                && model.document().inputs(view.nodeId()).stream()
                                        .anyMatch(e -> e.toPort().equals(port.port().id()));
                double distance =
                        view.portPoint(port.port().id(), true).distance(at) + (taken ? 60 : 0);
                if (distance < nearest) {
                    nearest = distance;
                    best = port;
                }
            }
        }
        return best;
    }

    // Dropping

    /// Says which kind is being dragged here from the palette, or that none is any more.
    void dropping(@Nullable NodeKind kind) {
        dropping = kind;
        if (kind == null) {
            dragOver(null);
        }
    }

    private void dragOver(@Nullable Point2D at) {
        NodeKind kind = dropping;
        canvas.pseudoClassStateChanged(DROP, at != null && kind != null);
        showDropEdge(at != null && kind != null && PipelineEdits.fitsOnEdge(kind) ? at : null);
    }

    private void drop(Point2D at) {
        NodeKind kind = dropping;
        EdgeView onto = dropEdge;
        dropping(null);
        if (kind == null) {
            return;
        }
        Position place =
                new Position(at.getX() - NodeView.WIDTH / 2, at.getY() - NodeView.HEIGHT / 2);
        if (onto != null) {
            model.insertOnEdge(kind, onto.edge(), place);
        } else {
            model.addNode(kind, place);
        }
        canvas.requestFocus();
    }

    private boolean insertable(Set<String> moving) {
        if (moving.size() != 1) {
            return false;
        }
        String id = moving.iterator().next();
        return model.document().inputs(id).isEmpty()
                && model.document().outputs(id).isEmpty()
                && model.document()
                        .node(id)
                        .flatMap(model.kinds()::of)
                        .map(PipelineEdits::fitsOnEdge)
                        .orElse(false);
    }

    private void showDropEdge(@Nullable Point2D at) {
        EdgeView found = null;
        double nearest = NEAR_EDGE;
        if (at != null) {
            for (EdgeView view : canvas.edges()) {
                double distance = view.distance(at);
                if (distance < nearest) {
                    nearest = distance;
                    found = view;
                }
            }
        }
        dropEdge = found;
        EdgeView shown = found;
        canvas.edges().forEach(view -> view.target(view == shown));
    }

    private void filesOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            canvas.pseudoClassStateChanged(DROP, true);
        }
        event.consume();
    }

    private void filesDropped(DragEvent event) {
        lastMouse = viewport.toWorld(canvas.sceneToLocal(event.getSceneX(), event.getSceneY()));
        boolean files = event.getDragboard().hasFiles();
        if (files) {
            filesDropped.accept(event.getDragboard().getFiles());
        }
        event.setDropCompleted(files);
        event.consume();
    }
}
