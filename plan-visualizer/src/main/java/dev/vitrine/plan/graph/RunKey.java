package dev.vitrine.plan.graph;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.time.Instant;

/// Which run a snapshot is of. Recorded runs of other sessions count their queries alike: the id
/// alone does not tell.
public record RunKey(long queryId, Instant startedAt) {
    public static final RunKey NONE = new RunKey(-1, Instant.EPOCH);

    public static RunKey of(QuerySnapshot snapshot) {
        return new RunKey(snapshot.queryId(), snapshot.startedAt());
    }
}
