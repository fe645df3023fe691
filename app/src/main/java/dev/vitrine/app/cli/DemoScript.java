package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a demonstration prints: numbered steps, and the events of the queries that it runs.
final class DemoScript {
    private final PrintStream out;
    private final Path data;
    private int step;

    /// @param data the folder of the sample's files
    DemoScript(PrintStream out, Path data) {
        this.out = out;
        this.data = data;
    }

    /// The path of a file of the sample's.
    String file(String name) {
        return data.resolve(name).toString();
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

    /// Runs what starts jobs of its own, and keeps the events of each, in the order of the jobs.
    <T> T run(Session session, Supplier<T> action, Consumer<Run> job) {
        List<EngineEvent> events = Collections.synchronizedList(new ArrayList<>());
        Runnable unsubscribe = session.events().subscribe(events::add);
        T answer;
        try {
            answer = action.get();
        } finally {
            unsubscribe.run();
        }
        Map<Long, List<EngineEvent>> jobs = new TreeMap<>();
        for (EngineEvent event : List.copyOf(events)) {
            jobs.computeIfAbsent(event.queryId(), id -> new ArrayList<>()).add(event);
        }
        jobs.remove(0L);
        jobs.forEach((id, of) -> {
            QueryReducer reducer = new QueryReducer(id);
            of.forEach(reducer::on);
            job.accept(new Run(List.of(), List.copyOf(of), reducer.snapshot()));
        });
        return answer;
    }

    /// Prints a job's name and its stages.
    void job(Run run) {
        run.all(QueryStarted.class).forEach(e -> say("job: " + e.text()));
        stages(run);
    }

    /// Prints what the stages of a run did, a stage a line.
    void stages(Run run) {
        for (StageState stage : run.snapshot().stages()) {
            say(
                    "stage %d (reads stages %s): %d tasks, %d rows in, %d out: %s"
                            .formatted(
                                    stage.stageId(),
                                    stage.parents(),
                                    stage.tasks(),
                                    stage.counters().rowsRead(),
                                    stage.counters().rowsWritten(),
                                    stage.label()));
        }
    }

    /// Prints one version of a run's plan.
    void plan(Run run, PlanPhase phase) {
        run.all(PlanReady.class).stream()
                .filter(plan -> plan.phase() == phase)
                .forEach(plan -> say(plan.plan().text()));
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
            case CacheBlockChanged e ->
                    Optional.of(
                            "%scache: partition %d of %s %s on %s%s"
                                    .formatted(
                                            at(e.at()),
                                            e.partition(),
                                            e.name(),
                                            words(e.change().name()),
                                            e.executor(),
                                            e.reason().isEmpty() ? "" : ", " + e.reason()));
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
