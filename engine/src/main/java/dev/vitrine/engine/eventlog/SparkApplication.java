package dev.vitrine.engine.eventlog;

import dev.vitrine.engine.event.QueryOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Spark event log is of.
///
/// @param endedAt empty where the application's end is not in it: it runs, or was killed
/// @param queries executions of SQL, and jobs that belong to none, in order of start
/// @param damaged where and why parts of it could not be read, in words
/// @param passedOver events of kinds that say nothing here, by name
public record SparkApplication(
        String id,
        String name,
        String user,
        String sparkVersion,
        String master,
        Instant startedAt,
        Optional<Instant> endedAt,
        List<ExecutorLife> executors,
        List<LoggedQuery> queries,
        List<String> damaged,
        Map<String, Integer> passedOver) {
    public SparkApplication {
        executors = List.copyOf(executors);
        queries = List.copyOf(queries);
        damaged = List.copyOf(damaged);
        passedOver = Map.copyOf(passedOver);
    }

    /// @param removed why it went, or empty
    public record ExecutorLife(String name, String host, int slots, String removed) {}

    /// @param id counts from 1
    /// @param sql whether it is an execution of SQL; otherwise a job
    /// @param elapsedNanos -1 where its end is not in the log
    public record LoggedQuery(
            long id,
            boolean sql,
            String text,
            Instant startedAt,
            long elapsedNanos,
            Optional<QueryOutcome> outcome) {}
}
