package dev.vitrine.app.run;

import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;

/// A query that runs or ran, as the window sees it. FX thread only.
public sealed interface Run permits LiveRun, RecordedRun {
    /// How far it is.
    enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /// Its recording ends before it does: the program was gone.
        INTERRUPTED
    }

    String label();

    Instant startedAt();

    /// The newest snapshot; empty before the first, and while a recording is not read.
    ReadOnlyObjectProperty<Optional<QuerySnapshot>> snapshot();

    /// How it ended; empty while it runs, and where its end is not recorded.
    ReadOnlyObjectProperty<Optional<QueryOutcome>> outcome();

    /// Where it is recorded; empty where it is not.
    Optional<Path> recording();

    /// Empty before the first event, and where the end is not recorded.
    OptionalLong elapsedNanos();

    default boolean running() {
        return state() == State.RUNNING;
    }

    default State state() {
        return switch (outcome().get().orElse(null)) {
            case null -> this instanceof LiveRun ? State.RUNNING : State.INTERRUPTED;
            case QueryOutcome.Succeeded s -> State.SUCCEEDED;
            case QueryOutcome.Failed f -> State.FAILED;
            case QueryOutcome.Cancelled c -> State.CANCELLED;
        };
    }

    /// Rows of its result; empty where it has none.
    default OptionalLong rows() {
        return outcome().get().orElse(null) instanceof QueryOutcome.Succeeded(var rows)
                ? OptionalLong.of(rows)
                : OptionalLong.empty();
    }
}
