package dev.vitrine.app.pipeline;

import dev.vitrine.app.command.Chooser;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Lists that appear on the canvas: kinds where a node is to be added, and nodes to be found.
final class NodeChooser {
    private static final double WIDTH = 360;
    private static final double GAP = 8;

    private final CanvasView canvas;
    private final PipelineModel model;
    private final Text text;
    private @Nullable Chooser shown;

    NodeChooser(CanvasView canvas, PipelineModel model, Text text) {
        this.canvas = canvas;
        this.model = model;
        this.text = text;
    }

    /// Offers to add a node after the selected one, or in the middle where none is.
    void open() {
        Optional<String> selected = model.selection().get().single();
        if (selected.isPresent()) {
            openAfter(selected.get());
        } else {
            Position at = canvas.middle();
            open(Optional.empty(), new Point2D(at.x(), at.y()));
        }
    }

    void openAfter(String id) {
        canvas.node(id)
                .ifPresent(view ->
                        open(
                                view.ports().stream().filter(port -> !port.input()).findFirst(),
                                new Point2D(
                                        view.getLayoutX() + LayeredLayout.COLUMN,
                                        view.getLayoutY() + NodeView.HEIGHT / 2)));
    }

    /// @param from the output that the new node is connected to
    /// @param at where it is put, in canvas units
    void open(Optional<NodeView.PortView> from, Point2D at) {
        close();
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
                            () -> add(kind, from, place)));
        }
        show(new Chooser(text.chooseNode(), text.nothingFound(), choices, this::close), at);
    }

    /// Offers all nodes of the document; the one chosen is selected and brought into view.
    void find() {
        close();
        List<Chooser.Choice> choices = new ArrayList<>();
        for (Node node : model.document().nodes()) {
            NodeKind kind = model.kinds().of(node).orElse(null);
            String does =
                    kind == null
                            ? node.kind()
                            : kind.title()
                                    + "  "
                                    + kind.summary(new NodeConfig(node, kind.fields()));
            choices.add(
                    new Chooser.Choice(
                            model.kinds().label(node),
                            does + (node.note().isEmpty() ? "" : "  " + node.note()),
                            "",
                            Icons.of(kind == null ? "error" : kind.icon()),
                            () -> {
                                model.select(List.of(node.id()));
                                canvas.reveal(node.id());
                            }));
        }
        Chooser found = new Chooser(text.findNode(), text.nothingFound(), choices, this::close);
        Point2D top = new Point2D((canvas.getWidth() - WIDTH) / 2, GAP);
        show(found, canvas.viewport().toWorld(top));
    }

    /// @param at its corner, in canvas units, where it fits there
    private void show(Chooser chooser, Point2D at) {
        chooser.setPrefWidth(WIDTH);
        chooser.setMaxWidth(WIDTH);
        chooser.setManaged(false);
        shown = chooser;
        // It is not managed: nobody else learns that what is typed leaves less or more to show.
        chooser.addEventFilter(KeyEvent.KEY_RELEASED, event -> fit());
        canvas.showOver(chooser);
        chooser.applyCss();
        Point2D local = canvas.viewport().toWindow(at);
        double height = chooser.prefHeight(WIDTH);
        chooser.relocate(
                Math.rint(
                        Math.clamp(
                                local.getX(), GAP, Math.max(GAP, canvas.getWidth() - WIDTH - GAP))),
                Math.rint(
                        Math.clamp(
                                local.getY(),
                                GAP,
                                Math.max(GAP, canvas.getHeight() - height - GAP))));
        fit();
        chooser.addEventHandler(MouseEvent.MOUSE_PRESSED, MouseEvent::consume);
        chooser.focus();
    }

    private void add(NodeKind kind, Optional<NodeView.PortView> from, Position place) {
        from.ifPresentOrElse(
                port -> model.addAfter(kind, port.node().nodeId(), port.port().id(), place),
                () -> model.addNode(kind, place));
    }

    /// Gives it the height that what was found wants.
    void fit() {
        Chooser chooser = shown;
        if (chooser != null) {
            chooser.resize(WIDTH, chooser.prefHeight(WIDTH));
        }
    }

    void close() {
        Chooser chooser = shown;
        if (chooser != null) {
            shown = null;
            canvas.hide(chooser);
        }
    }
}
