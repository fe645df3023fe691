package dev.vitrine.engine.operator;

/// Ends a task whose query was cancelled. Not an error.
public final class TaskCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaskCancelled() {
        super("The query was cancelled", null, false, false);
    }
}
