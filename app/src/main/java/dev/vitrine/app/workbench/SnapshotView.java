package dev.vitrine.app.workbench;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.util.function.Consumer;
import javafx.scene.layout.Region;

/// A view of one run: plan, optimizer, stages, code. FX thread only.
public interface SnapshotView {
    Region node();

    /// Shows the newest state of a run, or of another run.
    void show(QuerySnapshot snapshot);

    static SnapshotView of(Region node, Consumer<QuerySnapshot> show) {
        return new SnapshotView() {
            @Override
            public Region node() {
                return node;
            }

            @Override
            public void show(QuerySnapshot snapshot) {
                show.accept(snapshot);
            }
        };
    }
}
