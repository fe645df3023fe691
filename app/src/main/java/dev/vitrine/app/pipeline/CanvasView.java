package dev.vitrine.app.pipeline;

import dev.vitrine.app.command.Chooser;
import dev.vitrine.app.pipeline.RunProgress.NodeProgress;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineEdits;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.CubicCurve;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.jspecify.annotations.Nullable;

/// The canvas: nodes, edges, and everything the mouse does to them. It shows the model and asks it
/// for changes.
final class CanvasView extends Region {
    private static final double MIN_ZOOM = 0.1;
    private static final double MAX_ZOOM = 3;
    private static final double MARGIN = 32;
    private static final double NEAR_EDGE = 24;
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final PipelineModel model;
    private final Text text;
    private final Consumer<List<File>> filesDropped;
    private final Pane world = new Pane();
    private final Pane edgeLayer = new Pane();
    private final Pane nodeLayer = new Pane();
    private final Rectangle band = new Rectangle();
    private final CubicCurve wire = new CubicCurve();
    private final Label empty = new Label();
    private final Translate pan = new Translate();
    private final Scale scale = new Scale(1, 1);
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(1);
    private final Map<String, NodeView> nodes = new LinkedHashMap<>();
    private final Map<Edge, EdgeView> edges = new LinkedHashMap<>();
    private @Nullable Gesture gesture;
    private @Nullable NodeKind dropping;
    private @Nullable EdgeView dropEdge;
    private @Nullable Chooser chooser;
    private boolean spaceDown;
    private Point2D lastMouse = new Point2D(200, 160);

    /// What a press of the mouse turned into.
    private sealed interface Gesture {
        record Moving(Point2D from, Map<String, Position> places, AtomicBoolean moved)
                implements Gesture {}

        record Banding(Point2D from, Set<String> before) implements Gesture {}

        record Panning(Point2D from, double x, double y) implements Gesture {}

        record Wiring(NodeView.PortView from) implements Gesture {}
    }

    CanvasView(PipelineModel model, Text text, Consumer<List<File>> filesDropped) {
        this.model = model;
        this.text = text;
        this.filesDropped = filesDropped;
        getStyleClass().add("canvas");
        setId("canvas");
        setFocusTraversable(true);
        world.setManaged(false);
        world.getTransforms().addAll(pan, scale);
        edgeLayer.setPickOnBounds(false);
        nodeLayer.setPickOnBounds(false);
        world.setPickOnBounds(false);
        band.getStyleClass().add("band");
        band.setVisible(false);
        band.setMouseTransparent(true);
        wire.getStyleClass().addAll("edge", "wire");
        wire.setVisible(false);
        wire.setMouseTransparent(true);
        world.getChildren().addAll(edgeLayer, wire, nodeLayer, band);
        empty.setText(text.emptyCanvas());
        empty.getStyleClass().add("empty-state");
        empty.setMouseTransparent(true);
        empty.setWrapText(true);
        getChildren().addAll(world, empty);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);

        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> lastMouse = point(event));
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(
                ZoomEvent.ZOOM,
                event -> zoomAt(zoom.get() * event.getZoomFactor(), event.getX(), event.getY()));
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        addEventHandler(
                KeyEvent.KEY_RELEASED,
                event -> {
                    if (event.getCode() == KeyCode.SPACE) {
                        spaceDown = false;
                        setCursor(Cursor.DEFAULT);
                    }
                });
        addEventHandler(MouseDragEvent.MOUSE_DRAG_OVER, event -> dragOver(point(event)));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> drop(point(event)));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> dragOver(null));
        addEventHandler(DragEvent.DRAG_OVER, this::filesOver);
        addEventHandler(DragEvent.DRAG_DROPPED, this::filesDropped);
        addEventHandler(DragEvent.DRAG_EXITED, event -> pseudoClassStateChanged(DROP, false));

        model.pipeline().addListener((o, old, now) -> show(now));
        model.selection().addListener((o, old, now) -> showSelection());
        model.analyses().addListener((o, old, now) -> showStates());
        model.progress().addListener((o, old, now) -> showStates());
        show(model.pipeline().get());
    }

    ReadOnlyDoubleProperty zoom() {
        return zoom.getReadOnlyProperty();
    }

    // Showing

    private void show(Pipeline pipeline) {
        Set<String> ids = new LinkedHashSet<>();
        for (Node node : pipeline.document().nodes()) {
            ids.add(node.id());
            NodeView view = nodes.get(node.id());
            if (view == null) {
                view = new NodeView(node, model.kinds());
                nodes.put(node.id(), view);
                nodeLayer.getChildren().add(view);
            }
            view.show(node, model.kinds());
            Position at = pipeline.layout().position(node.id()).orElse(new Position(0, 0));
            view.relocate(at.x(), at.y());
        }
        nodes.entrySet()
                .removeIf(entry -> {
                    boolean gone = !ids.contains(entry.getKey());
                    if (gone) {
                        nodeLayer.getChildren().remove(entry.getValue());
                    }
                    return gone;
                });
        Set<Edge> shown = new LinkedHashSet<>(pipeline.document().edges());
        edges.entrySet()
                .removeIf(entry -> {
                    boolean gone =
                            !shown.contains(entry.getKey())
                                    || !nodes.containsKey(entry.getKey().from())
                                    || !nodes.containsKey(entry.getKey().to());
                    if (gone) {
                        edgeLayer.getChildren().remove(entry.getValue());
                    }
                    return gone;
                });
        for (Edge edge : shown) {
            if (!edges.containsKey(edge)
                    && nodes.containsKey(edge.from())
                    && nodes.containsKey(edge.to())) {
                EdgeView view = new EdgeView(edge, text);
                edges.put(edge, view);
                edgeLayer.getChildren().add(view);
            }
        }
        placeEdges();
        showSelection();
        showStates();
        empty.setVisible(nodes.isEmpty());
    }

    private void placeEdges() {
        edges.forEach((edge, view) -> {
            NodeView from = nodes.get(edge.from());
            NodeView to = nodes.get(edge.to());
            if (from != null && to != null) {
                view.place(
                        from.portPoint(edge.fromPort(), false), to.portPoint(edge.toPort(), true));
            }
        });
    }

    private void showSelection() {
        PipelineModel.Selection selection = model.selection().get();
        nodes.forEach((id, view) -> view.showSelected(selection.nodes().contains(id)));
        edges.forEach((edge, view) -> view.showSelected(selection.edges().contains(edge)));
    }

    private void showStates() {
        RunProgress progress = model.progress().get();
        nodes.forEach((id, view) ->
                view.show(
                        model.analyses().get().get(id),
                        progress.node(model.document(), id).orElse(null),
                        progress.error().getOrDefault(id, "")));
        edges.forEach((edge, view) -> {
            NodeProgress from = progress.nodes().get(edge.from());
            view.show(
                    from == null ? -1 : from.rows(),
                    progress.running() && from != null && from.state() == RunState.RUNNING);
        });
    }

    // Coordinates

    private Point2D point(MouseEvent event) {
        return toWorld(sceneToLocal(event.getSceneX(), event.getSceneY()));
    }

    private Point2D toWorld(Point2D local) {
        return new Point2D(
                (local.getX() - pan.getX()) / zoom.get(), (local.getY() - pan.getY()) / zoom.get());
    }

    Position middle() {
        Point2D middle = toWorld(new Point2D(getWidth() / 2, getHeight() / 2));
        return new Position(
                middle.getX() - NodeView.WIDTH / 2, middle.getY() - NodeView.HEIGHT / 2);
    }

    void zoomBy(double factor) {
        zoomAt(zoom.get() * factor, getWidth() / 2, getHeight() / 2);
    }

    void zoomReset() {
        zoomAt(1, getWidth() / 2, getHeight() / 2);
    }

    private void zoomAt(double wanted, double x, double y) {
        double next = Math.clamp(wanted, MIN_ZOOM, MAX_ZOOM);
        Point2D fixed = toWorld(new Point2D(x, y));
        scale.setX(next);
        scale.setY(next);
        zoom.set(next);
        pan.setX(Math.rint(x - fixed.getX() * next));
        pan.setY(Math.rint(y - fixed.getY() * next));
    }

    /// Shows all nodes, never larger than they are.
    void fit() {
        if (nodes.isEmpty() || getWidth() < 1) {
            return;
        }
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (NodeView view : nodes.values()) {
            left = Math.min(left, view.getLayoutX());
            top = Math.min(top, view.getLayoutY());
            right = Math.max(right, view.getLayoutX() + NodeView.WIDTH);
            bottom = Math.max(bottom, view.getLayoutY() + NodeView.HEIGHT);
        }
        double next =
                Math.clamp(
                        Math.min(
                                (getWidth() - 2 * MARGIN) / (right - left),
                                (getHeight() - 2 * MARGIN) / (bottom - top)),
                        MIN_ZOOM,
                        1);
        scale.setX(next);
        scale.setY(next);
        zoom.set(next);
        pan.setX(Math.rint((getWidth() - (right - left) * next) / 2 - left * next));
        pan.setY(Math.rint((getHeight() - (bottom - top) * next) / 2 - top * next));
    }

    /// Brings a node into view without changing the zoom.
    void reveal(String id) {
        NodeView view = nodes.get(id);
        if (view == null) {
            return;
        }
        double x = view.getLayoutX() * zoom.get() + pan.getX();
        double y = view.getLayoutY() * zoom.get() + pan.getY();
        if (x < 0
                || y < 0
                || x > getWidth() - NodeView.WIDTH
                || y > getHeight() - NodeView.HEIGHT) {
            pan.setX(pan.getX() + getWidth() / 2 - x - NodeView.WIDTH / 2);
            pan.setY(pan.getY() + getHeight() / 2 - y - NodeView.HEIGHT / 2);
        }
    }

    // Mouse

    private void pressed(MouseEvent event) {
        requestFocus();
        closeChooser();
        Point2D local = sceneToLocal(event.getSceneX(), event.getSceneY());
        Point2D at = toWorld(local);
        event.consume();
        if (event.getButton() == MouseButton.MIDDLE
                || (spaceDown && event.getButton() == MouseButton.PRIMARY)) {
            gesture = new Gesture.Panning(local, pan.getX(), pan.getY());
            setCursor(Cursor.CLOSED_HAND);
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
                    chooseNode(Optional.empty(), at);
                    return;
                }
                Set<String> before = more ? model.selection().get().nodes() : Set.of();
                model.select(before);
                gesture = new Gesture.Banding(at, before);
            }
        }
    }

    private void pressedNode(NodeView node, Point2D at, boolean more) {
        if (more) {
            model.toggle(node.nodeId());
        } else if (!model.selection().get().nodes().contains(node.nodeId())) {
            model.select(List.of(node.nodeId()));
        }
        node.toFront();
        Map<String, Position> places = new HashMap<>();
        for (String id : model.selection().get().nodes()) {
            NodeView view = nodes.get(id);
            if (view != null) {
                places.put(id, new Position(view.getLayoutX(), view.getLayoutY()));
            }
        }
        gesture = new Gesture.Moving(at, places, new AtomicBoolean());
    }

    private void dragged(MouseEvent event) {
        Point2D local = sceneToLocal(event.getSceneX(), event.getSceneY());
        Point2D at = toWorld(local);
        event.consume();
        switch (gesture) {
            case Gesture.Panning(var from, var x, var y) -> {
                pan.setX(x + local.getX() - from.getX());
                pan.setY(y + local.getY() - from.getY());
            }
            case Gesture.Moving(var from, var places, var moved) -> {
                if (!moved.get() && at.distance(from) * zoom.get() < 4) {
                    return;
                }
                moved.set(true);
                places.forEach((id, place) -> {
                    NodeView view = nodes.get(id);
                    if (view != null) {
                        Position next =
                                place.plus(at.getX() - from.getX(), at.getY() - from.getY())
                                        .snapped();
                        view.relocate(next.x(), next.y());
                    }
                });
                placeEdges();
                showDropEdge(insertable(places.keySet()) ? at : null);
            }
            case Gesture.Banding(var from, var before) -> {
                band.setX(Math.min(from.getX(), at.getX()));
                band.setY(Math.min(from.getY(), at.getY()));
                band.setWidth(Math.abs(at.getX() - from.getX()));
                band.setHeight(Math.abs(at.getY() - from.getY()));
                band.setVisible(true);
                Set<String> selected = new LinkedHashSet<>(before);
                nodes.forEach((id, view) -> {
                    if (band.intersects(
                            view.getLayoutX(),
                            view.getLayoutY(),
                            NodeView.WIDTH,
                            NodeView.HEIGHT)) {
                        selected.add(id);
                    }
                });
                if (!selected.equals(model.selection().get().nodes())) {
                    model.select(selected);
                }
            }
            case Gesture.Wiring(var port) -> {
                placeWire(port, at);
                NodeView.PortView target = inputNear(port, at);
                nodes.values().forEach(view -> view.ports().forEach(p -> p.target(p == target)));
            }
            case null -> {}
        }
    }

    private void released(MouseEvent event) {
        Point2D at = point(event);
        event.consume();
        Gesture ended = gesture;
        gesture = null;
        band.setVisible(false);
        wire.setVisible(false);
        setCursor(Cursor.DEFAULT);
        switch (ended) {
            case Gesture.Moving(var from, var places, var moved) when moved.get() -> {
                EdgeView onto = dropEdge;
                showDropEdge(null);
                Map<String, Position> after = new HashMap<>();
                places.keySet()
                        .forEach(id -> {
                            NodeView view = nodes.get(id);
                            if (view != null) {
                                after.put(id, new Position(view.getLayoutX(), view.getLayoutY()));
                            }
                        });
                model.move(after);
                if (onto != null) {
                    model.insertExisting(places.keySet().iterator().next(), onto.edge());
                }
            }
            case Gesture.Wiring(var port) -> {
                nodes.values().forEach(view -> view.ports().forEach(p -> p.target(false)));
                NodeView.PortView target = inputNear(port, at);
                if (target != null) {
                    model.connect(edge(port, target));
                } else if (nodeAt(at) == null) {
                    chooseNode(Optional.of(port), at);
                }
            }
            case null, default -> {}
        }
    }

    private void scrolled(ScrollEvent event) {
        if (event.isShortcutDown()) {
            zoomAt(zoom.get() * Math.exp(event.getDeltaY() / 400), event.getX(), event.getY());
        } else {
            pan.setX(pan.getX() + event.getDeltaX());
            pan.setY(pan.getY() + event.getDeltaY());
        }
        event.consume();
    }

    private void keyPressed(KeyEvent event) {
        boolean plain = !event.isShortcutDown() && !event.isAltDown();
        switch (event.getCode()) {
            case SPACE -> {
                spaceDown = true;
                setCursor(Cursor.OPEN_HAND);
            }
            case LEFT -> arrow(event, -1, 0);
            case RIGHT -> arrow(event, 1, 0);
            case UP -> arrow(event, 0, -1);
            case DOWN -> arrow(event, 0, 1);
            case ESCAPE -> {
                closeChooser();
                model.clearSelection();
            }
            case C -> {
                if (!plain) {
                    return;
                }
                model.selection().get().single().ifPresent(this::chooseAfter);
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void arrow(KeyEvent event, int dx, int dy) {
        if (event.isAltDown()) {
            Map<String, Position> places = new HashMap<>();
            for (String id : model.selection().get().nodes()) {
                model.pipeline()
                        .get()
                        .layout()
                        .position(id)
                        .ifPresent(at -> places.put(id, at.plus(dx * 8.0, dy * 8.0)));
            }
            model.move(places);
        } else {
            model.walk(dx, dy);
            model.selection().get().single().ifPresent(this::reveal);
        }
    }

    private @Nullable Object hit(MouseEvent event) {
        javafx.scene.Node node = event.getPickResult().getIntersectedNode();
        while (node != null && node != this) {
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
        for (NodeView view : nodes.values()) {
            if (view.getBoundsInParent().contains(at)) {
                return view;
            }
        }
        return null;
    }

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
        for (NodeView view : nodes.values()) {
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
        pseudoClassStateChanged(DROP, at != null && kind != null);
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
        requestFocus();
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
            for (EdgeView view : edges.values()) {
                double distance = view.distance(at);
                if (distance < nearest) {
                    nearest = distance;
                    found = view;
                }
            }
        }
        dropEdge = found;
        EdgeView shown = found;
        edges.values().forEach(view -> view.target(view == shown));
    }

    private void filesOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            pseudoClassStateChanged(DROP, true);
        }
        event.consume();
    }

    private void filesDropped(DragEvent event) {
        lastMouse = toWorld(sceneToLocal(event.getSceneX(), event.getSceneY()));
        boolean files = event.getDragboard().hasFiles();
        if (files) {
            filesDropped.accept(event.getDragboard().getFiles());
        }
        event.setDropCompleted(files);
        event.consume();
    }

    /// Where the mouse was last, in canvas units.
    Position mouse() {
        return new Position(lastMouse.getX(), lastMouse.getY());
    }

    // Choosing a kind on the canvas

    /// Offers to add a node where the mouse is, after the selected one where there is one.
    void chooseNode() {
        Optional<String> selected = model.selection().get().single();
        if (selected.isPresent()) {
            chooseAfter(selected.get());
        } else {
            Position at = middle();
            chooseNode(Optional.empty(), new Point2D(at.x(), at.y()));
        }
    }

    private void chooseAfter(String id) {
        NodeView view = nodes.get(id);
        if (view != null) {
            Optional<NodeView.PortView> output =
                    view.ports().stream().filter(port -> !port.input()).findFirst();
            chooseNode(
                    output,
                    new Point2D(
                            view.getLayoutX() + LayeredLayout.COLUMN,
                            view.getLayoutY() + NodeView.HEIGHT / 2));
        }
    }

    private void chooseNode(Optional<NodeView.PortView> from, Point2D at) {
        closeChooser();
        Position place = new Position(at.getX(), at.getY() - NodeView.HEIGHT / 2);
        List<Chooser.Choice> choices = new ArrayList<>();
        for (NodeKind kind : model.kinds().all()) {
            if (from.isPresent() && kind.inputs().isEmpty()) {
                continue;
            }
            choices.add(
                    new Chooser.Choice(
                            kind.title(),
                            kind.category().title() + " " + String.join(" ", kind.keywords()),
                            "",
                            Icons.of(kind.icon()),
                            () ->
                                    from.ifPresentOrElse(
                                            port ->
                                                    model.addAfter(
                                                            kind,
                                                            port.node().nodeId(),
                                                            port.port().id(),
                                                            place),
                                            () -> model.addNode(kind, place))));
        }
        Chooser shown =
                new Chooser(text.chooseNode(), text.nothingFound(), choices, this::closeChooser);
        shown.setPrefWidth(360);
        shown.setMaxWidth(360);
        shown.setManaged(false);
        chooser = shown;
        getChildren().add(shown);
        shown.applyCss();
        shown.autosize();
        double x = at.getX() * zoom.get() + pan.getX();
        double y = at.getY() * zoom.get() + pan.getY();
        shown.relocate(
                Math.rint(Math.clamp(x, 8, Math.max(8, getWidth() - 368))),
                Math.rint(Math.clamp(y, 8, Math.max(8, getHeight() - shown.prefHeight(360) - 8))));
        shown.resize(360, shown.prefHeight(360));
        shown.addEventHandler(MouseEvent.MOUSE_PRESSED, MouseEvent::consume);
        shown.focus();
    }

    private void closeChooser() {
        if (chooser != null) {
            getChildren().remove(chooser);
            chooser = null;
            requestFocus();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Math.min(420, getWidth() - 32);
        double height = empty.prefHeight(width);
        empty.resizeRelocate((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
        Chooser shown = chooser;
        if (shown != null) {
            shown.resize(360, shown.prefHeight(360));
        }
    }
}
