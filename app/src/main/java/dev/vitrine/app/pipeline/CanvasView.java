package dev.vitrine.app.pipeline;

import dev.vitrine.app.command.Chooser;
import dev.vitrine.app.pipeline.RunProgress.NodeProgress;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import java.io.File;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// The canvas: nodes and edges as the model has them. What the mouse does to them is in
/// [CanvasGestures].
final class CanvasView extends Region {
    private static final double CORNER = 12;

    private final PipelineModel model;
    private final Text text;
    private final Pane world = new Pane();
    private final Pane edgeLayer = new Pane();
    private final Pane nodeLayer = new Pane();
    private final Label empty = new Label();
    private final Map<String, NodeView> nodes = new LinkedHashMap<>();
    private final Map<Edge, EdgeView> edges = new LinkedHashMap<>();
    private final Viewport viewport;
    private final Minimap minimap;
    private final NodeChooser chooser;
    private final CanvasGestures gestures;
    private final EdgeCard card;

    CanvasView(PipelineModel model, Text text, Consumer<List<File>> filesDropped) {
        this.model = model;
        this.text = text;
        this.viewport = new Viewport(this, world);
        this.minimap = new Minimap(viewport);
        this.chooser = new NodeChooser(this, model, text);
        this.gestures = new CanvasGestures(this, model, filesDropped, text.duplicate());
        this.card = new EdgeCard(model, this, text);
        getStyleClass().add("canvas");
        setId("canvas");
        setFocusTraversable(true);
        world.setManaged(false);
        edgeLayer.setPickOnBounds(false);
        nodeLayer.setPickOnBounds(false);
        world.setPickOnBounds(false);
        world.getChildren().addAll(edgeLayer, gestures.wire(), nodeLayer, gestures.band());
        empty.setText(text.emptyCanvas());
        empty.getStyleClass().add("empty-state");
        empty.setMouseTransparent(true);
        empty.setWrapText(true);
        getChildren().addAll(world, empty, minimap, card);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        minimap.setVisible(false);
        viewport.setOnMoved(() -> {
            minimap.follow();
            card.update();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        model.pipeline().addListener((o, old, now) -> show(now));
        model.selection().addListener((o, old, now) -> showSelection());
        model.analyses().addListener((o, old, now) -> showStates());
        model.marks().addListener((o, old, now) -> showStates());
        model.progress().addListener((o, old, now) -> showStates());
        show(model.pipeline().get());
    }

    Viewport viewport() {
        return viewport;
    }

    NodeChooser chooser() {
        return chooser;
    }

    Optional<NodeView> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    Collection<NodeView> nodes() {
        return nodes.values();
    }

    Collection<EdgeView> edges() {
        return edges.values();
    }

    void showMinimap(boolean shown) {
        minimap.setVisible(shown);
        minimap.show(nodes.values());
    }

    /// Told which kind is dragged from the palette, and null when it is let go.
    void dropping(@Nullable NodeKind kind) {
        gestures.dropping(kind);
    }

    /// Where the mouse was last, in canvas units.
    Position mouse() {
        return gestures.mouse();
    }

    /// Where a node in the middle of what is to be seen has its corner.
    Position middle() {
        Point2D middle = viewport.toWorld(new Point2D(getWidth() / 2, getHeight() / 2));
        return new Position(
                middle.getX() - NodeView.WIDTH / 2, middle.getY() - NodeView.HEIGHT / 2);
    }

    /// Shows all nodes.
    void fit() {
        viewport.fit(nodes.values());
    }

    /// Brings a node into view without changing the zoom.
    void reveal(String id) {
        node(id).ifPresent(viewport::reveal);
    }

    /// Shows a list over the canvas.
    void showOver(Chooser shown) {
        getChildren().add(shown);
    }

    void hide(Chooser shown) {
        getChildren().remove(shown);
        requestFocus();
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
                        card.hover(null);
                    }
                    return gone;
                });
        for (Edge edge : shown) {
            if (!edges.containsKey(edge)
                    && nodes.containsKey(edge.from())
                    && nodes.containsKey(edge.to())) {
                EdgeView view = new EdgeView(edge, text);
                view.hoverProperty().addListener((o, old, over) -> card.hover(over ? view : null));
                edges.put(edge, view);
                edgeLayer.getChildren().add(view);
            }
        }
        nodesMoved();
        showSelection();
        showStates();
        empty.setVisible(nodes.isEmpty());
    }

    /// Brings edges and minimap to where the nodes are.
    void nodesMoved() {
        edges.forEach((edge, view) -> {
            NodeView from = nodes.get(edge.from());
            NodeView to = nodes.get(edge.to());
            if (from != null && to != null) {
                view.place(
                        from.portPoint(edge.fromPort(), false), to.portPoint(edge.toPort(), true));
            }
        });
        minimap.show(nodes.values());
    }

    private void showSelection() {
        PipelineModel.Selection selection = model.selection().get();
        nodes.forEach((id, view) -> view.showSelected(selection.nodes().contains(id)));
        edges.forEach((edge, view) -> view.showSelected(selection.edges().contains(edge)));
        card.select(selection.singleEdge().map(edges::get).orElse(null));
        minimap.show(nodes.values());
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
            view.show(model.marks().get().getOrDefault(edge, List.of()));
        });
        card.update();
    }

    // Keys

    private void keyPressed(KeyEvent event) {
        boolean plain = !event.isShortcutDown() && !event.isAltDown();
        switch (event.getCode()) {
            case LEFT -> arrow(event, -1, 0);
            case RIGHT -> arrow(event, 1, 0);
            case UP -> arrow(event, 0, -1);
            case DOWN -> arrow(event, 0, 1);
            case ESCAPE -> {
                chooser.close();
                model.clearSelection();
            }
            case C -> {
                if (!plain) {
                    return;
                }
                model.selection().get().single().ifPresent(chooser::openAfter);
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

    @Override
    protected void layoutChildren() {
        double width = Math.min(420, getWidth() - 32);
        double height = empty.prefHeight(width);
        empty.resizeRelocate((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
        minimap.relocate(
                getWidth() - Minimap.WIDTH - CORNER, getHeight() - Minimap.HEIGHT - CORNER);
        minimap.follow();
        chooser.fit();
    }
}
