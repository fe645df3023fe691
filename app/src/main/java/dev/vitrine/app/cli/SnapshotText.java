package dev.vitrine.app.cli;

import dev.vitrine.app.text.Units;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import dev.vitrine.engine.event.EngineEvent.ResultSampled;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunSummary;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.PlanVersion;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import dev.vitrine.engine.snapshot.QuerySnapshot.TaskState;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A snapshot of a query as text for a terminal.
final class SnapshotText {
    private static final int LOG_LINES = 10;
    private static final int LABEL_WIDTH = 60;
    private static final int FAILURES = 5;

    private final PrintStream out;

    SnapshotText(PrintStream out) {
        this.out = out;
    }

    /// How it ended, in one word.
    static String word(Optional<QueryOutcome> outcome) {
        return switch (outcome.orElse(null)) {
            case null -> "unfinished";
            case QueryOutcome.Succeeded s -> "succeeded";
            case QueryOutcome.Failed f -> "failed";
            case QueryOutcome.Cancelled c -> "cancelled";
        };
    }

    void print(QuerySnapshot s) {
        out.println(s.text().strip());
        out.printf(
                Locale.ROOT,
                "%s after %s; began %s on %s; %,d events%n",
                word(s.outcome()),
                Units.time(s.elapsedNanos()),
                s.startedAt(),
                s.master(),
                s.version());
        if (s.outcome().orElse(null) instanceof QueryOutcome.Failed(var error)) {
            out.println("  [" + error.condition() + "] " + error.message());
        }
        section("Settings", s.settings().isEmpty());
        s.settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> out.println("  " + e.getKey() + " = " + e.getValue()));
        plan(s);
        stages(s);
        section("Executors", s.executors().isEmpty());
        s.executors()
                .forEach(e ->
                        out.printf(
                                "  %s, %d slots%s%n",
                                e.name(), e.slots(), e.lost() ? ", lost: " + e.reason() : ""));
        section("Log", s.logs().isEmpty());
        List<LogLine> logs = s.logs();
        logs.subList(Math.max(0, logs.size() - LOG_LINES), logs.size())
                .forEach(line ->
                        out.println(
                                "  " + line.level() + " " + line.source() + ": " + line.text()));
        s.sample().ifPresent(this::sample);
    }

    private void section(String name, boolean empty) {
        if (!empty) {
            out.println();
            out.println(name);
        }
    }

    private void plan(QuerySnapshot s) {
        section("Plans", s.plans().isEmpty());
        if (!s.plans().isEmpty()) {
            out.println(
                    "  "
                            + s.plans().keySet().stream()
                                    .map(PlanPhase::label)
                                    .collect(Collectors.joining(", "))
                            + "; steps of rules: "
                            + s.ruleSteps().size());
        }
        PlanVersion ran =
                s.plans().getOrDefault(PlanPhase.FINAL, s.plans().get(PlanPhase.PHYSICAL));
        if (ran != null) {
            tree(ran.plan(), s, 1);
        }
    }

    private void tree(PlanTree node, QuerySnapshot s, int depth) {
        long rows = s.rows(node.id());
        String line =
                node.label() + (node.details().isEmpty() ? "" : " " + node.details().getFirst());
        out.println(
                "  ".repeat(depth)
                        + RunSummary.name(line, 100)
                        + (rows < 0 ? "" : String.format(Locale.ROOT, "  [%,d rows]", rows)));
        node.children().forEach(child -> tree(child, s, depth + 1));
    }

    private void stages(QuerySnapshot s) {
        section("Stages", s.stages().isEmpty());
        for (StageState stage : s.stages()) {
            out.printf(
                    Locale.ROOT,
                    "  %3d %-9s %d/%d tasks%s%s %10s  %,d rows in, %,d out, %s  %s%n",
                    stage.stageId(),
                    stage.state().name().toLowerCase(Locale.ROOT),
                    stage.tasksDone(),
                    stage.tasks(),
                    stage.tasksFailed() > 0 ? ", " + stage.tasksFailed() + " failed" : "",
                    stage.tasksAgain() > 0 ? ", " + stage.tasksAgain() + " again" : "",
                    stage.startedAt() < 0 || stage.finishedAt() < 0
                            ? ""
                            : Units.time(stage.finishedAt() - stage.startedAt()),
                    stage.counters().rowsRead(),
                    stage.counters().rowsWritten(),
                    Units.bytes(stage.counters().bytesRead()),
                    RunSummary.name(stage.label(), LABEL_WIDTH));
        }
        List<TaskState> failed =
                s.tasks().stream().filter(t -> t.state() == RunState.FAILED).toList();
        section("Failed tasks (" + failed.size() + ")", failed.isEmpty());
        failed.stream()
                .limit(FAILURES)
                .forEach(t ->
                        out.printf(
                                "  stage %d, task %d, attempt %d on %s: %s%n",
                                t.stageId(), t.task(), t.attempt(), t.executor(), t.error()));
    }

    private void sample(ResultSampled sample) {
        section("Result", false);
        out.println("  " + String.join(" | ", sample.columns()));
        sample.rows().forEach(row -> out.println("  " + String.join(" | ", row)));
        if (sample.rowCount() > sample.rows().size()) {
            out.printf(
                    Locale.ROOT,
                    "  (the first %d of %,d rows)%n",
                    sample.rows().size(),
                    sample.rowCount());
        }
    }
}
