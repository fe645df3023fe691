package dev.vitrine.app.run;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A query that runs or ran, as the window sees it. FX thread only.
public final class Run {
    private final Query query;
    private final String label;
    private final Instant startedAt = Instant.now();
    private final ReadOnlyObjectWrapper<Optional<QuerySnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<QueryOutcome>> outcome =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    Run(Query query, String label) {
        this.query = query;
        this.label = label;
    }

    public Query query() {
        return query;
    }

    public String label() {
        return label;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /// The newest snapshot; empty before the first.
    public ReadOnlyObjectProperty<Optional<QuerySnapshot>> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    /// How it ended; empty while it runs.
    public ReadOnlyObjectProperty<Optional<QueryOutcome>> outcome() {
        return outcome.getReadOnlyProperty();
    }

    public boolean running() {
        return outcome.get().isEmpty();
    }

    public void cancel() {
        query.cancel();
    }

    void show(QuerySnapshot newest) {
        snapshot.set(Optional.of(newest));
    }

    void ended(QueryOutcome how) {
        outcome.set(Optional.of(how));
    }
}
