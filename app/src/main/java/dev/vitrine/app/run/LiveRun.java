package dev.vitrine.app.run;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A query of this window. FX thread only.
public final class LiveRun implements Run {
    private final Query query;
    private final String label;
    private final Instant startedAt = Instant.now();
    private final ReadOnlyObjectWrapper<Optional<QuerySnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<QueryOutcome>> outcome =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Path> recording = Optional.empty();

    LiveRun(Query query, String label) {
        this.query = query;
        this.label = label;
    }

    public Query query() {
        return query;
    }

    public void cancel() {
        query.cancel();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public ReadOnlyObjectProperty<Optional<QuerySnapshot>> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<Optional<QueryOutcome>> outcome() {
        return outcome.getReadOnlyProperty();
    }

    @Override
    public Optional<Path> recording() {
        return recording;
    }

    @Override
    public OptionalLong elapsedNanos() {
        return snapshot.get()
                .map(s -> OptionalLong.of(s.elapsedNanos()))
                .orElse(OptionalLong.empty());
    }

    void recordedIn(Path file) {
        recording = Optional.of(file);
    }

    void show(QuerySnapshot newest) {
        snapshot.set(Optional.of(newest));
    }

    void ended(QueryOutcome how) {
        outcome.set(Optional.of(how));
    }
}
