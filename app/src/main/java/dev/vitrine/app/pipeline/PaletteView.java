package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKinds;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All node kinds by category, with a search field. A kind is dragged onto the canvas, or added by
/// a double click or Enter.
public final class PaletteView extends VBox {
    private final Text text;
    private final NodeKinds kinds;
    private final TextField search = new TextField();
    private final VBox list = new VBox();
    private Consumer<@Nullable NodeKind> dragging = kind -> {};
    private Consumer<NodeKind> add = kind -> {};
    private @Nullable NodeKind pressed;

    public PaletteView(Text text, NodeKinds kinds) {
        this.text = text;
        this.kinds = kinds;
        getStyleClass().add("palette");
        setId("palette");
        search.setPromptText(text.searchNodes());
        search.setId("palette-search");
        search.textProperty().addListener((o, old, typed) -> show());
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                kinds.all().stream().filter(this::matches).findFirst().ifPresent(add);
            } else if (event.getCode() == KeyCode.ESCAPE) {
                search.clear();
            }
        });
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox bar = new HBox(search);
        bar.getStyleClass().add("search-bar");
        HBox.setHgrow(search, Priority.ALWAYS);
        getChildren().addAll(bar, scroll);
        // What was pressed counts, not what lies under the mouse when the drag is noticed.
        list.setOnDragDetected(event -> {
            NodeKind kind = pressed;
            if (kind != null) {
                list.startFullDrag();
                dragging.accept(kind);
                event.consume();
            }
        });
        show();
    }

    /// Says where kinds go: the canvas that is open now.
    ///
    /// @param dragged told which kind is being dragged, and null when it is let go
    /// @param added adds a kind without dragging
    public void connect(Consumer<@Nullable NodeKind> dragged, Consumer<NodeKind> added) {
        dragging = dragged;
        add = added;
    }

    private boolean matches(NodeKind kind) {
        String typed = search.getText().toLowerCase(Locale.ROOT).strip();
        return typed.isEmpty()
                || kind.title().toLowerCase(Locale.ROOT).contains(typed)
                || kind.keywords().stream().anyMatch(word -> word.startsWith(typed));
    }

    private void show() {
        list.getChildren().clear();
        for (NodeCategory category : NodeCategory.values()) {
            var shown =
                    kinds.all().stream()
                            .filter(kind -> kind.category() == category && matches(kind))
                            .toList();
            if (!shown.isEmpty()) {
                Label title = new Label(category.title());
                title.getStyleClass().add("palette-category");
                list.getChildren().add(title);
                shown.forEach(kind -> list.getChildren().add(item(kind)));
            }
        }
        if (list.getChildren().isEmpty()) {
            Label nothing = new Label(text.nothingFound());
            nothing.getStyleClass().add("empty-state");
            list.getChildren().add(nothing);
        }
    }

    private HBox item(NodeKind kind) {
        StackPane tile = new StackPane(Icons.of(kind.icon(), 14));
        tile.getStyleClass()
                .addAll("node-tile", "role-" + kind.category().name().toLowerCase(Locale.ROOT));
        tile.setMinSize(22, 22);
        tile.setMaxSize(22, 22);
        HBox item = new HBox(8, tile, new Label(kind.title()));
        item.getStyleClass().add("palette-item");
        item.setId("palette-" + kind.id());
        item.setCursor(Cursor.OPEN_HAND);
        Tooltip.install(item, new Tooltip(kind.help().replace("`", "")));
        item.setOnMousePressed(event -> pressed = kind);
        item.setOnMouseReleased(event -> {
            pressed = null;
            // The canvas hears of the release first, as the target of the drag.
            javafx.animation.PauseTransition later =
                    new javafx.animation.PauseTransition(javafx.util.Duration.millis(50));
            later.setOnFinished(done -> dragging.accept(null));
            later.play();
        });
        item.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                add.accept(kind);
            }
        });
        return item;
    }
}
