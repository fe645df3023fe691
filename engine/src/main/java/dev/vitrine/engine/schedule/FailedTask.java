package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.ErrorInfo;

/// Ends a run because a task failed for good: the error, and where it happened in words.
public final class FailedTask extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final EngineException error;
    private final transient ErrorInfo info;

    FailedTask(EngineException error, ErrorInfo info) {
        super(error);
        this.error = error;
        this.info = info;
    }

    public EngineException error() {
        return error;
    }

    public ErrorInfo info() {
        return info;
    }
}
