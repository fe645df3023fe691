package dev.vitrine.engine.event;

/// How a query, stage or task ended.
public sealed interface QueryOutcome {
    /// @param rows rows of the result
    record Succeeded(long rows) implements QueryOutcome {}

    record Failed(ErrorInfo error) implements QueryOutcome {}

    record Cancelled() implements QueryOutcome {}
}
