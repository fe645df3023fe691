package dev.vitrine.plan.view;

import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Affine;

/// A pane that shows something larger than itself: drag to move it, wheel to zoom at the pointer,
/// `+`, `-`, `0` (100 %) and `1` (fit) by keyboard.
public final class ZoomPane extends StackPane {
    private static final double STEP = 1.15;
    private static final double MIN = 0.05;
    private static final double MAX = 3;
    private static final double MARGIN = 16;

    /// The smallest scale at which texts can be read.
    private static final double READABLE = 0.72;

    private final Group content = new Group();
    private final Affine transform = new Affine();
    private final Pane surface = new Pane(content);
    private double dragX;
    private double dragY;
    private boolean moved;

    /// What the zoom buttons say to those who cannot see them.
    public record Texts(String zoomIn, String zoomOut, String fit) {}

    public ZoomPane(Texts texts) {
        content.getTransforms().add(transform);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        getStyleClass().add("zoom-pane");
        setFocusTraversable(true);
        HBox buttons =
                new HBox(
                        button(
                                "+",
                                texts.zoomIn(),
                                () -> zoom(STEP, getWidth() / 2, getHeight() / 2)),
                        button(
                                "−",
                                texts.zoomOut(),
                                () -> zoom(1 / STEP, getWidth() / 2, getHeight() / 2)),
                        button("⤢", texts.fit(), this::fit));
        buttons.getStyleClass().add("zoom-buttons");
        buttons.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        buttons.setPickOnBounds(false);
        StackPane.setAlignment(buttons, Pos.BOTTOM_RIGHT);
        getChildren().addAll(surface, buttons);
        surface.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        surface.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        surface.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        widthProperty().addListener((property, before, now) -> refit());
        heightProperty().addListener((property, before, now) -> refit());
    }

    private static Button button(String sign, String text, Runnable action) {
        Button button = new Button(sign);
        button.getStyleClass().addAll("flat", "zoom-button");
        button.setTooltip(new Tooltip(text));
        button.setAccessibleText(text);
        button.setOnAction(event -> action.run());
        return button;
    }

    /// Shows `node` in place of what was there, fitted unless the user has moved or zoomed what had
    /// the same meaning.
    public void setContent(Node node, boolean keepPlace) {
        content.getChildren().setAll(node);
        if (!keepPlace) {
            moved = false;
        }
        layout();
        refit();
    }

    private void refit() {
        if (!moved) {
            fit(READABLE);
        }
    }

    /// Scales and moves the content so that all of it is seen, at 100 % at most.
    public void fit() {
        fit(MIN);
    }

    /// As [#fit], but never below a scale: what then is too wide or high starts at the left or top.
    private void fit(double smallest) {
        moved = false;
        Bounds bounds =
                content.getChildren().isEmpty()
                        ? null
                        : content.getChildren().getFirst().getBoundsInParent();
        if (bounds == null || bounds.getWidth() <= 0 || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        double scale =
                Math.clamp(
                        Math.min(
                                (getWidth() - 2 * MARGIN) / bounds.getWidth(),
                                (getHeight() - 2 * MARGIN) / bounds.getHeight()),
                        smallest,
                        1.0);
        transform.setToIdentity();
        transform.appendTranslation(
                Math.max(MARGIN, (getWidth() - bounds.getWidth() * scale) / 2)
                        - bounds.getMinX() * scale,
                Math.max(MARGIN, (getHeight() - bounds.getHeight() * scale) / 2)
                        - bounds.getMinY() * scale);
        transform.appendScale(scale, scale);
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragX = event.getX();
        dragY = event.getY();
    }

    private void dragged(MouseEvent event) {
        moved = true;
        transform.setTx(transform.getTx() + event.getX() - dragX);
        transform.setTy(transform.getTy() + event.getY() - dragY);
        dragX = event.getX();
        dragY = event.getY();
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            zoom(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY());
        }
        event.consume();
    }

    private void typed(KeyEvent event) {
        switch (event.getCharacter()) {
            case "+" -> zoom(STEP, getWidth() / 2, getHeight() / 2);
            case "-" -> zoom(1 / STEP, getWidth() / 2, getHeight() / 2);
            case "0" -> zoom(1 / transform.getMxx(), getWidth() / 2, getHeight() / 2);
            case "1" -> fit();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void zoom(double factor, double x, double y) {
        moved = true;
        double scale = Math.clamp(transform.getMxx() * factor, MIN, MAX);
        double by = scale / transform.getMxx();
        transform.setTx(x - by * (x - transform.getTx()));
        transform.setTy(y - by * (y - transform.getTy()));
        transform.setMxx(scale);
        transform.setMyy(scale);
    }
}
