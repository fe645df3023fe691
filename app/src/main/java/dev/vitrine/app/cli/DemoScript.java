package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a demonstration prints: numbered steps, and the events of the queries that it runs.
final class DemoScript {
    private final PrintStream out;
    private int step;

    DemoScript(PrintStream out) {
        this.out = out;
    }

    /// A query that was run: its rows in words, its events, and the state that they add up to.
    record Run(List<String> rows, List<EngineEvent> events, QuerySnapshot snapshot) {
        <T extends EngineEvent> List<T> all(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    void step(String text) {
        out.println();
        out.println(++step + ". " + text);
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    /// Runs a query and keeps its events.
    Run run(Session session, String sql) {
        say("sql> " + sql);
        List<EngineEvent> events = new ArrayList<>();
        try (Query query = session.query(sql)) {
            QueryReducer reducer = new QueryReducer(query.id());
            // Events of one query come one at a time, the last before the answer is there.
            query.subscribe(event -> {
                events.add(event);
                reducer.on(event);
            });
            QueryResult result = query.await();
            List<String> rows = result.rows().stream().map(String::valueOf).toList();
            return new Run(rows, List.copyOf(events), reducer.snapshot());
        }
    }

    /// Prints what happened, an event a line.
    void tell(Run run) {
        for (EngineEvent event : run.events()) {
            line(event).ifPresent(this::say);
        }
    }

    private static Optional<String> line(EngineEvent event) {
        return switch (event) {
            case QueryStarted e -> Optional.of("driver: query submitted to " + e.master());
            case PlanReady e ->
                    Optional.of(
                            at(e.at()) + "driver: " + words(e.phase().name()) + " plan is ready");
            case ExecutorAdded e ->
                    Optional.of(
                            "%s%s registers with %d slots"
                                    .formatted(at(e.at()), e.executor(), e.slots()));
            case ExecutorRemoved e ->
                    Optional.of("%s%s is lost: %s".formatted(at(e.at()), e.executor(), e.reason()));
            case StagesPlanned e ->
                    Optional.of(
                            at(e.at()) + "driver: the plan is " + e.stages().size() + " stages");
            case StageStarted e ->
                    Optional.of(
                            "%sstage %d starts with %d tasks"
                                    .formatted(at(e.at()), e.stageId(), e.tasks()));
            case StageResubmitted e ->
                    Optional.of(
                            "%sstage %d runs again for tasks %s, and no others"
                                    .formatted(at(e.at()), e.stageId(), e.tasks()));
            case AdaptiveDecision e ->
                    Optional.of(
                            "%sstage %d, %s: %s (%s)"
                                    .formatted(
                                            at(e.at()),
                                            e.stage().stageId(),
                                            e.rule(),
                                            e.decision(),
                                            e.statistic()));
            case StageSkipped e -> Optional.of(at(e.at()) + "stage " + e.stageId() + " is skipped");
            case BlockLost e ->
                    Optional.of(
                            "%sstage %d: what tasks %s wrote on %s is lost"
                                    .formatted(at(e.at()), e.stageId(), e.tasks(), e.executor()));
            case FaultFired e ->
                    Optional.of("%sfault: %s hits %s".formatted(at(e.at()), e.fault(), e.target()));
            case TaskStarted e ->
                    Optional.of(
                            "%s  stage %d task %d.%d starts on %s slot %d"
                                    .formatted(
                                            at(e.at()),
                                            e.stageId(),
                                            e.task(),
                                            e.attempt(),
                                            e.executor(),
                                            e.slot()));
            case TaskFinished e ->
                    Optional.of(
                            "%s  stage %d task %d.%d %s, %d rows in, %d out"
                                    .formatted(
                                            at(e.at()),
                                            e.stageId(),
                                            e.task(),
                                            e.attempt(),
                                            words(e.outcome()),
                                            e.counters().rowsRead(),
                                            e.counters().rowsWritten()));
            case StageFinished e ->
                    Optional.of(
                            "%sstage %d %s".formatted(at(e.at()), e.stageId(), words(e.outcome())));
            case QueryFinished e -> Optional.of(at(e.at()) + "driver: query " + words(e.outcome()));
            default -> Optional.empty();
        };
    }

    private static String at(long nanos) {
        return String.format(Locale.ROOT, "%7.1f ms  ", nanos / 1e6);
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(QueryOutcome outcome) {
        return switch (outcome) {
            case QueryOutcome.Succeeded s -> "succeeded";
            case QueryOutcome.Failed f -> "failed: " + f.error().message();
            case QueryOutcome.Cancelled c -> "cancelled";
        };
    }

    void rows(Run run) {
        say("rows: " + String.join(" ", run.rows()));
    }
}
