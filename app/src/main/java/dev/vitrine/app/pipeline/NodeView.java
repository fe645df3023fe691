package dev.vitrine.app.pipeline;

import dev.vitrine.app.pipeline.RunProgress.NodeProgress;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeAnalysis;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.Port;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Arc;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// A node on the canvas: icon, name, a line of settings, a state, and its ports.
final class NodeView extends Region {
    static final double WIDTH = 168;
    static final double HEIGHT = 56;
    private static final double PORT = 5;
    private static final double NOTE = 64;
    static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass FAULTY = PseudoClass.getPseudoClass("faulty");
    private static final PseudoClass BLOCKED = PseudoClass.getPseudoClass("blocked");
    private static final PseudoClass DISABLED = PseudoClass.getPseudoClass("off");
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");

    private final String id;
    private final @Nullable NodeKind kind;
    private final Region card = new Region();
    private final StackPane tile = new StackPane();
    private final Label title = new Label();
    private final Label summary = new Label();
    private final Label note = new Label();
    private final StackPane state = new StackPane();
    private final Arc ring = new Arc(6, 6, 6, 6, 90, 0);
    private final Circle track = new Circle(6, 6, 6);
    private final List<PortView> ports = new ArrayList<>();
    private String stateShown = "";
    private @Nullable Tooltip tooltip;

    /// A dot at the node's edge.
    final class PortView extends Circle {
        private final Port port;
        private final boolean input;

        private PortView(Port port, boolean input) {
            super(PORT);
            this.port = port;
            this.input = input;
            getStyleClass().addAll("port", input ? "port-in" : "port-out");
            setId("port-" + NodeView.this.id + "-" + port.id());
        }

        NodeView node() {
            return NodeView.this;
        }

        Port port() {
            return port;
        }

        boolean input() {
            return input;
        }

        void target(boolean on) {
            pseudoClassStateChanged(TARGET, on);
        }
    }

    NodeView(Node node, NodeKinds kinds) {
        this.id = node.id();
        this.kind = kinds.of(node).orElse(null);
        setId("node-" + id);
        getStyleClass().add("node");
        setManaged(false);
        resize(WIDTH, HEIGHT);
        card.getStyleClass().add("node-card");
        String role = kind == null ? "unknown" : kind.category().name().toLowerCase(Locale.ROOT);
        tile.getStyleClass().addAll("node-tile", "role-" + role);
        FontIcon icon = Icons.of(kind == null ? "error" : kind.icon(), 18);
        tile.getChildren().add(icon);
        title.getStyleClass().add("node-title");
        summary.getStyleClass().add("node-summary");
        track.getStyleClass().add("node-ring-track");
        ring.getStyleClass().add("node-ring");
        state.getStyleClass().add("node-state");
        state.setVisible(false);
        state.setMouseTransparent(true);
        title.setMouseTransparent(true);
        summary.setMouseTransparent(true);
        tile.setMouseTransparent(true);
        note.getStyleClass().add("node-note");
        note.setWrapText(true);
        note.setMouseTransparent(true);
        note.setId("note-" + id);
        getChildren().addAll(card, tile, title, summary, state, note);
        if (kind != null) {
            kind.inputs().forEach(port -> addPort(port, true));
            kind.outputs().forEach(port -> addPort(port, false));
        }
        setAccessibleRole(javafx.scene.AccessibleRole.BUTTON);
    }

    String nodeId() {
        return id;
    }

    List<PortView> ports() {
        return ports;
    }

    private void addPort(Port port, boolean input) {
        PortView view = new PortView(port, input);
        Tooltip.install(view, new Tooltip(port.label()));
        ports.add(view);
        getChildren().add(view);
    }

    void show(Node node, NodeKinds kinds) {
        title.setText(kinds.label(node));
        String text =
                kind == null ? node.kind() : kind.summary(new NodeConfig(node, kind.fields()));
        summary.setText(text.isBlank() && kind != null ? kind.title() : text);
        note.setText(node.note());
        note.setVisible(!node.note().isEmpty());
        pseudoClassStateChanged(DISABLED, node.disabled());
        setAccessibleText(title.getText() + ", " + summary.getText());
    }

    boolean isSelected() {
        return getPseudoClassStates().contains(SELECTED);
    }

    void showSelected(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    void show(@Nullable NodeAnalysis analysis, @Nullable NodeProgress progress, String failure) {
        boolean faulty = !failure.isEmpty() || (analysis != null && !analysis.problems().isEmpty());
        boolean blocked = analysis != null && analysis.blocked();
        boolean running = progress != null && progress.state() == RunState.RUNNING;
        pseudoClassStateChanged(FAULTY, faulty);
        pseudoClassStateChanged(BLOCKED, blocked);
        pseudoClassStateChanged(RUNNING, running);
        showState(faulty ? "error" : progress == null ? "" : name(progress.state()));
        if (progress != null) {
            ring.setLength(-360 * Math.max(0.03, progress.done()));
        }
        String message =
                !failure.isEmpty()
                        ? failure
                        : faulty && analysis != null
                                ? analysis.problems().getFirst().message()
                                : "";
        showTooltip(message);
    }

    private static String name(RunState state) {
        return switch (state) {
            case WAITING -> "waiting";
            case RUNNING -> "running";
            case SUCCEEDED -> "done";
            case FAILED -> "error";
            case CANCELLED -> "cancelled";
            case SKIPPED -> "done";
        };
    }

    private void showState(String name) {
        if (name.equals(stateShown)) {
            return;
        }
        stateShown = name;
        state.setVisible(!name.isEmpty());
        switch (name) {
            case "" -> state.getChildren().clear();
            case "running", "waiting" -> {
                javafx.scene.Group group = new javafx.scene.Group(track, ring);
                ring.setVisible(name.equals("running"));
                state.getChildren().setAll(group);
            }
            default -> {
                FontIcon icon = Icons.of(name, 16);
                icon.getStyleClass().add("state-" + name);
                state.getChildren().setAll(icon);
            }
        }
        requestLayout();
    }

    private void showTooltip(String message) {
        Tooltip old = tooltip;
        if (message.isEmpty()) {
            if (old != null) {
                Tooltip.uninstall(card, old);
                tooltip = null;
            }
            return;
        }
        if (old == null) {
            old = new Tooltip();
            old.setWrapText(true);
            old.setMaxWidth(360);
            Tooltip.install(card, old);
            tooltip = old;
        }
        old.setText(message);
    }

    void target(boolean on) {
        pseudoClassStateChanged(TARGET, on);
    }

    /// The middle of a port, in canvas units.
    Point2D portPoint(String port, boolean input) {
        List<PortView> side = ports.stream().filter(view -> view.input == input).toList();
        int index = 0;
        for (int i = 0; i < side.size(); i++) {
            if (side.get(i).port.id().equals(port)) {
                index = i;
            }
        }
        double y = HEIGHT * (index + 1) / (Math.max(1, side.size()) + 1);
        return new Point2D(getLayoutX() + (input ? 0 : WIDTH), getLayoutY() + y);
    }

    @Override
    protected void layoutChildren() {
        card.resizeRelocate(0, 0, WIDTH, HEIGHT);
        tile.resizeRelocate(10, 10, 36, 36);
        title.resizeRelocate(54, 9, WIDTH - 62, 20);
        summary.resizeRelocate(54, 29, WIDTH - 62, 18);
        state.resizeRelocate(34, 34, 18, 18);
        note.resizeRelocate(0, HEIGHT + 4, WIDTH, Math.min(NOTE, note.prefHeight(WIDTH)));
        for (boolean input : new boolean[] {true, false}) {
            for (PortView view : ports) {
                if (view.input == input) {
                    Point2D at = portPoint(view.port.id(), input);
                    view.setCenterX(at.getX() - getLayoutX());
                    view.setCenterY(at.getY() - getLayoutY());
                }
            }
        }
    }
}
