package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeAnalysis;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The open pipeline as a list: the canvas in words.
public final class OutlineView extends StackPane {
    private final ListView<Node> list = new ListView<>();
    private @Nullable PipelineModel model;
    private Runnable detach = () -> {};
    private boolean showing;

    public OutlineView(Text text) {
        getStyleClass().add("outline");
        setId("outline");
        Label empty = new Label(text.emptyOutline());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        list.setPlaceholder(empty);
        list.setFixedCellSize(26);
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((o, old, node) -> {
                    PipelineModel shown = model;
                    if (!showing && node != null && shown != null) {
                        shown.select(List.of(node.id()));
                    }
                });
        getChildren().add(list);
    }

    /// Follows a pipeline, or none.
    public void follow(@Nullable PipelineModel followed) {
        detach.run();
        detach = () -> {};
        model = followed;
        if (followed != null) {
            InvalidationListener update = o -> update();
            followed.pipeline().addListener(update);
            followed.selection().addListener(update);
            followed.analyses().addListener(update);
            detach =
                    () -> {
                        followed.pipeline().removeListener(update);
                        followed.selection().removeListener(update);
                        followed.analyses().removeListener(update);
                    };
        }
        update();
    }

    private void update() {
        PipelineModel shown = model;
        showing = true;
        List<Node> nodes = shown == null ? List.of() : shown.document().nodes();
        if (!list.getItems().equals(nodes)) {
            list.getItems().setAll(nodes);
        } else {
            list.refresh();
        }
        list.getSelectionModel().clearSelection();
        if (shown != null) {
            shown.selection()
                    .get()
                    .single()
                    .flatMap(shown.document()::node)
                    .ifPresent(node -> list.getSelectionModel().select(node));
        }
        showing = false;
    }

    private final class Cell extends ListCell<Node> {
        @Override
        protected void updateItem(Node node, boolean none) {
            super.updateItem(node, none);
            PipelineModel shown = model;
            if (none || node == null || shown == null) {
                setGraphic(null);
                return;
            }
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            HBox line =
                    new HBox(
                            8,
                            Icons.of(shown.kinds().of(node).map(k -> k.icon()).orElse("error")),
                            new Label(shown.kinds().label(node)),
                            gap);
            line.getStyleClass().add("list-line");
            NodeAnalysis analysis = shown.analyses().get().get(node.id());
            if (analysis != null && !analysis.problems().isEmpty()) {
                var icon = Icons.of("error", 14);
                icon.getStyleClass().add("state-error");
                line.getChildren().add(icon);
            }
            setGraphic(line);
        }
    }
}
