package dev.vitrine.app.workbench;

import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A run in plain text, in place of a view that is not there.
final class EmptySnapshotView implements SnapshotView {
    private final StackPane pane = new StackPane();
    private final TextArea area = new TextArea();
    private final Label empty;
    private final Function<QuerySnapshot, String> words;

    EmptySnapshotView(String id, String emptyText, Function<QuerySnapshot, String> words) {
        this.words = words;
        this.empty = new Label(emptyText);
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        area.setEditable(false);
        area.getStyleClass().addAll("mono", "plain-text");
        area.setVisible(false);
        pane.setId(id);
        pane.getChildren().addAll(area, empty);
    }

    static String plan(QuerySnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        for (PlanPhase phase : PlanPhase.values()) {
            QuerySnapshot.PlanVersion version = snapshot.plans().get(phase);
            if (version != null) {
                text.append("== ").append(phase.label()).append(" ==\n");
                text.append(version.plan().text()).append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public Region node() {
        return pane;
    }

    @Override
    public void show(QuerySnapshot snapshot) {
        String text = words.apply(snapshot);
        empty.setVisible(text.isEmpty());
        area.setVisible(!text.isEmpty());
        if (!text.equals(area.getText())) {
            area.setText(text);
        }
    }
}
