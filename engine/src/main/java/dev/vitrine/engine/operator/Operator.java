package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;

/// One step of a task's pipeline, pushed to from below. Used by one thread.
public interface Operator {
    /// Takes in rows; the caller keeps the batch, so retain it to hold it longer.
    void accept(Batch batch);

    /// No more rows come: hands up what is held back, then finishes the operator above.
    void finish();

    /// Whether more rows would change nothing, so that the source may stop.
    default boolean satisfied() {
        return false;
    }

    /// Frees what it holds, and what the operator above holds. Called once, also after a failure.
    void close();
}
