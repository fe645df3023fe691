package dev.vitrine.app.run;

import dev.vitrine.app.background.Background;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import dev.vitrine.plan.FrameMailbox;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The runs of this window, the newest first, and the one that views show. Previews are not among
/// them. FX thread only.
public final class Runs {
    private static final int KEPT = 50;

    private final Background background;
    private final ObservableList<Run> all = FXCollections.observableArrayList();
    private final ObservableList<Run> readOnly = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<Optional<Run>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /// Who hears of a run. All but `snapshot` on the FX thread.
    public interface Listener {
        /// On the thread that reduces events.
        default void snapshot(QuerySnapshot snapshot) {}

        /// The rows are the listener's from now on: it closes the query when it needs them no more.
        default void succeeded(Run run, QueryResult result) {}

        default void failed(Run run, QueryOutcome.Failed failed) {}

        default void cancelled(Run run) {}

        /// After any of the other three.
        default void ended(Run run) {}
    }

    public Runs(Background background) {
        this.background = background;
    }

    public ObservableList<Run> all() {
        return readOnly;
    }

    /// The run that plan, stages and the like show.
    public ReadOnlyObjectProperty<Optional<Run>> shown() {
        return shown.getReadOnlyProperty();
    }

    public void show(Run run) {
        shown.set(Optional.of(run));
    }

    public boolean anyRunning() {
        return all.stream().anyMatch(Run::running);
    }

    public void cancelAll() {
        all.stream().filter(Run::running).forEach(Run::cancel);
    }

    /// Starts a query and shows it.
    public Run start(Query query, String label, Listener listener) {
        Run run = new Run(query, label);
        all.addFirst(run);
        if (all.size() > KEPT) {
            all.removeLast();
        }
        shown.set(Optional.of(run));
        follow(run, listener, run::show);
        return run;
    }

    /// Starts a query that is no run of the user's own, such as a preview.
    public Run startQuietly(Query query, String label, Listener listener) {
        Run run = new Run(query, label);
        follow(run, listener, run::show);
        return run;
    }

    private void follow(Run run, Listener listener, Consumer<QuerySnapshot> show) {
        FrameMailbox<QuerySnapshot> mailbox = new FrameMailbox<>(show);
        Query query = run.query();
        SnapshotFeed feed =
                new SnapshotFeed(
                        query.id(),
                        snapshot -> {
                            listener.snapshot(snapshot);
                            mailbox.post(snapshot);
                        });
        query.subscribe(feed);
        background.run(
                () -> {
                    query.start();
                    QueryOutcome outcome = query.outcome().join();
                    return outcome instanceof QueryOutcome.Succeeded
                            ? new End(outcome, Optional.of(query.await()))
                            : new End(outcome, Optional.empty());
                },
                end -> {
                    run.ended(end.outcome);
                    switch (end.outcome) {
                        case QueryOutcome.Succeeded s ->
                                end.result.ifPresent(result -> listener.succeeded(run, result));
                        case QueryOutcome.Failed failed -> {
                            listener.failed(run, failed);
                            query.close();
                        }
                        case QueryOutcome.Cancelled c -> {
                            listener.cancelled(run);
                            query.close();
                        }
                    }
                    listener.ended(run);
                });
    }

    private record End(QueryOutcome outcome, Optional<QueryResult> result) {}
}
