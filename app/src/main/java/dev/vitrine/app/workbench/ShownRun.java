package dev.vitrine.app.workbench;

import dev.vitrine.app.run.Run;
import dev.vitrine.app.run.Runs;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;

/// Keeps plan, optimizer, stages and code at the newest state of the run that is shown.
final class ShownRun {
    private final Runs runs;
    private final List<SnapshotView> views;
    private final InvalidationListener update = o -> show();

    private ShownRun(Runs runs, List<SnapshotView> views) {
        this.runs = runs;
        this.views = List.copyOf(views);
    }

    static void follow(Runs runs, List<SnapshotView> views) {
        ShownRun shown = new ShownRun(runs, views);
        runs.shown().addListener((o, old, run) -> shown.changed(old, run));
    }

    private void changed(Optional<Run> before, Optional<Run> run) {
        before.ifPresent(r -> r.snapshot().removeListener(update));
        run.ifPresent(r -> r.snapshot().addListener(update));
        show();
    }

    private void show() {
        runs.shown()
                .get()
                .flatMap(run -> run.snapshot().get())
                .ifPresent(snapshot -> views.forEach(view -> view.show(snapshot)));
    }
}
