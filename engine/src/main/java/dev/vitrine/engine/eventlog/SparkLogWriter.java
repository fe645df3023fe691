package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.PlanVersion;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a recorded run as an event log that Spark's History Server opens: an application of its
/// own, with one execution of SQL and, where stages ran, one job. What Spark has no event for, such
/// as steps of rules or generated code, stays out.
public final class SparkLogWriter {
    /// Whose layout of events it is.
    private static final String SPARK_VERSION = "4.2.0";

    private static final String SQL = "org.apache.spark.sql.execution.ui.";
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final RunReplay recording;
    private final QuerySnapshot end;
    private final BufferedWriter out;
    private final Map<Integer, StageInfo> stages = new LinkedHashMap<>();
    private final Map<Integer, Integer> taskCounts = new HashMap<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    private final Map<Integer, Long> submitted = new HashMap<>();
    private final Map<TaskKey, LoggedTask> tasks = new HashMap<>();
    private boolean jobStarted;
    private long nextTask;

    private record TaskKey(int stage, int task, int attempt) {}

    private record LoggedTask(long id, int stageAttempt, TaskStarted started) {}

    private SparkLogWriter(RunReplay recording, BufferedWriter out) {
        this.recording = recording;
        this.end = recording.end();
        this.out = out;
        for (StageState stage : end.stages()) {
            stages.put(
                    stage.stageId(),
                    new StageInfo(
                            stage.stageId(), stage.label(), stage.parents(), stage.nodeIds()));
            taskCounts.put(stage.stageId(), Math.max(1, stage.tasks()));
        }
    }

    /// The application's id in the log, which is also how its file is named in a folder of logs.
    public static String applicationId(RunReplay recording) {
        return "vitrine-"
                + recording.end().startedAt().toEpochMilli()
                + "-"
                + recording.end().queryId();
    }

    /// Writes the log.
    ///
    /// @param target a file, or a folder of logs, where it is named as Spark would
    /// @return the file
    /// @throws EngineException FILE_NOT_WRITTEN, or FILE_UNREADABLE where the recording's file
    ///   changed
    public static Path write(RunReplay recording, Path target) {
        Path file =
                Files.isDirectory(target)
                        ? target.resolve(
                                applicationId(recording)
                                        + (recording.complete() ? "" : ".inprogress"))
                        : target;
        return DeepStack.call(() -> {
            try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                new SparkLogWriter(recording, out).write();
                return file;
            } catch (IOException | UncheckedIOException e) {
                throw new EngineException(
                        ErrorCode.FILE_NOT_WRITTEN,
                        Map.of("path", file, "reason", String.valueOf(e.getMessage())),
                        null,
                        e);
            }
        });
    }

    private void line(ObjectNode event) {
        try {
            out.write(SparkEventLog.MAPPER.writeValueAsString(event));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long millis(long at) {
        return end.startedAt().toEpochMilli() + Math.max(0, at) / NANOS_PER_MILLI;
    }

    private void write() {
        application();
        execution();
        recording.forEach(this::on);
        if (end.outcome().isPresent()) {
            ended(end.outcome().get());
        }
    }

    private void application() {
        line(SparkJson.event("SparkListenerLogStart").put("Spark Version", SPARK_VERSION));
        ObjectNode profile =
                SparkJson.event("SparkListenerResourceProfileAdded").put("Resource Profile Id", 0);
        profile.set("Executor Resource Requests", SparkJson.object());
        profile.set("Task Resource Requests", SparkJson.object());
        line(profile);
        ObjectNode environment = SparkJson.event("SparkListenerEnvironmentUpdate");
        environment.set("JVM Information", SparkJson.object());
        ObjectNode properties = settings();
        properties.put("spark.master", end.master());
        properties.put("spark.app.name", name());
        environment.set("Spark Properties", properties);
        for (String part :
                List.of(
                        "Hadoop Properties",
                        "System Properties",
                        "Metrics Properties",
                        "Classpath Entries")) {
            environment.set(part, SparkJson.object());
        }
        line(environment);
        line(
                SparkJson.event("SparkListenerApplicationStart")
                        .put("App Name", name())
                        .put("App ID", applicationId(recording))
                        .put("Timestamp", millis(0))
                        .put("User", "vitrine"));
    }

    private ObjectNode settings() {
        ObjectNode settings = SparkJson.object();
        end.settings().forEach(settings::put);
        return settings;
    }

    private String name() {
        return dev.vitrine.engine.record.RunSummary.name(end.text(), 80);
    }

    private void execution() {
        ObjectNode start =
                SparkJson.event(SQL + "SparkListenerSQLExecutionStart")
                        .put("executionId", 0)
                        .put("rootExecutionId", 0)
                        .put("description", end.text())
                        .put("details", "");
        StringBuilder plans = new StringBuilder();
        end.plans()
                .forEach((phase, plan) ->
                        plans.append("== ")
                                .append(phase.label())
                                .append(phase == PlanPhase.PHYSICAL ? "" : " Logical")
                                .append(" Plan ==\n")
                                .append(plan.plan().text())
                                .append('\n'));
        start.put("physicalPlanDescription", plans.toString());
        Optional<PlanVersion> physical = Optional.ofNullable(end.plans().get(PlanPhase.PHYSICAL));
        start.set(
                "sparkPlanInfo",
                physical.map(plan -> SparkJson.plan(plan.plan()))
                        .orElseGet(() ->
                                SparkJson.plan(
                                        new dev.vitrine.engine.event.PlanTree(
                                                1, "Command", List.of(), "", -1, List.of()))));
        start.put("time", millis(0));
        start.set("modifiedConfigs", settings());
        start.set("jobTags", SparkJson.array());
        line(start.putNull("jobGroupId"));
    }

    private void on(EngineEvent event) {
        switch (event) {
            case ExecutorAdded added -> added(added);
            case ExecutorRemoved removed ->
                    line(
                            SparkJson.event("SparkListenerExecutorRemoved")
                                    .put("Timestamp", millis(removed.at()))
                                    .put("Executor ID", removed.executor())
                                    .put("Removed Reason", removed.reason()));
            case ExecutorExcluded excluded when excluded.stageId() < 0 ->
                    line(
                            SparkJson.event(
                                            "org.apache.spark.scheduler.SparkListenerExecutorExcluded")
                                    .put("time", millis(excluded.at()))
                                    .put("executorId", excluded.executor())
                                    .put("taskFailures", excluded.failedTasks()));
            case StageStarted started -> submit(started.stageId(), started.at());
            case StageResubmitted again -> {
                if (!submitted.containsKey(again.stageId())) {
                    attempts.merge(again.stageId(), 1, Integer::sum);
                    submit(again.stageId(), again.at());
                }
            }
            case StageFinished finished -> complete(finished);
            case TaskStarted started -> started(started);
            case TaskFinished finished -> finished(finished);
            // Spark has no such event, or what is in it is told elsewhere.
            default -> {}
        }
    }

    private void added(ExecutorAdded added) {
        ObjectNode info =
                SparkJson.object().put("Host", "localhost").put("Total Cores", added.slots());
        info.set("Log Urls", SparkJson.object());
        info.set("Attributes", SparkJson.object());
        info.set("Resources", SparkJson.object());
        info.put("Resource Profile Id", 0);
        ObjectNode event =
                SparkJson.event("SparkListenerExecutorAdded")
                        .put("Timestamp", millis(added.at()))
                        .put("Executor ID", added.executor());
        event.set("Executor Info", info);
        line(event);
        long memory = end.memory().map(MemorySampled::limitBytes).orElse(0L);
        ObjectNode manager = SparkJson.event("SparkListenerBlockManagerAdded");
        manager.set(
                "Block Manager ID",
                SparkJson.object()
                        .put("Executor ID", added.executor())
                        .put("Host", "localhost")
                        .put("Port", 1));
        line(
                manager.put("Maximum Memory", memory)
                        .put("Timestamp", millis(added.at()))
                        .put("Maximum Onheap Memory", 0)
                        .put("Maximum Offheap Memory", memory));
    }

    private void startJob(long at) {
        jobStarted = true;
        ObjectNode event =
                SparkJson.event("SparkListenerJobStart")
                        .put("Job ID", 0)
                        .put("Submission Time", millis(at));
        ArrayNode infos = SparkJson.array();
        stages.values()
                .forEach(info ->
                        infos.add(
                                SparkJson.stage(
                                        info,
                                        0,
                                        taskCounts.getOrDefault(info.stageId(), 1),
                                        -1,
                                        -1,
                                        "")));
        event.set("Stage Infos", infos);
        event.set("Stage IDs", SparkJson.numbers(List.copyOf(stages.keySet())));
        event.set("Properties", properties());
        line(event);
    }

    private ObjectNode properties() {
        return SparkJson.object()
                .put("spark.sql.execution.id", "0")
                .put("spark.job.description", name());
    }

    private void submit(int stage, long at) {
        if (!jobStarted) {
            startJob(at);
        }
        submitted.put(stage, millis(at));
        ObjectNode event = SparkJson.event("SparkListenerStageSubmitted");
        event.set("Stage Info", stage(stage, -1, ""));
        event.set("Properties", properties());
        line(event);
    }

    private ObjectNode stage(int stage, long completedMillis, String failure) {
        StageInfo info =
                stages.getOrDefault(
                        stage, new StageInfo(stage, "Stage " + stage, List.of(), List.of()));
        return SparkJson.stage(
                info,
                attempts.getOrDefault(stage, 0),
                taskCounts.getOrDefault(stage, 1),
                submitted.getOrDefault(stage, millis(0)),
                completedMillis,
                failure);
    }

    private void complete(StageFinished finished) {
        ObjectNode event = SparkJson.event("SparkListenerStageCompleted");
        event.set(
                "Stage Info",
                stage(
                        finished.stageId(),
                        millis(finished.at()),
                        SparkJson.failure(finished.outcome())));
        line(event);
        submitted.remove(finished.stageId());
    }

    private void started(TaskStarted started) {
        LoggedTask task =
                new LoggedTask(nextTask++, attempts.getOrDefault(started.stageId(), 0), started);
        tasks.put(new TaskKey(started.stageId(), started.task(), started.attempt()), task);
        ObjectNode event =
                SparkJson.event("SparkListenerTaskStart")
                        .put("Stage ID", started.stageId())
                        .put("Stage Attempt ID", task.stageAttempt);
        event.set(
                "Task Info",
                SparkJson.task(
                        task.id, started, millis(started.at()), 0, new QueryOutcome.Succeeded(0)));
        line(event);
    }

    private void finished(TaskFinished finished) {
        LoggedTask task =
                tasks.remove(new TaskKey(finished.stageId(), finished.task(), finished.attempt()));
        if (task == null) {
            return;
        }
        boolean result =
                stages.values().stream()
                        .noneMatch(stage -> stage.parents().contains(finished.stageId()));
        long launched = millis(task.started.at());
        long ended = millis(finished.at());
        ObjectNode event =
                SparkJson.event("SparkListenerTaskEnd")
                        .put("Stage ID", finished.stageId())
                        .put("Stage Attempt ID", task.stageAttempt)
                        .put("Task Type", result ? "ResultTask" : "ShuffleMapTask");
        event.set("Task End Reason", SparkJson.reason(finished.outcome()));
        event.set(
                "Task Info",
                SparkJson.task(task.id, task.started, launched, ended, finished.outcome()));
        event.set("Task Executor Metrics", SparkJson.object());
        event.set("Task Metrics", SparkJson.metrics(finished.counters(), ended - launched, result));
        line(event);
    }

    private void ended(QueryOutcome outcome) {
        long time = millis(end.elapsedNanos());
        if (jobStarted) {
            ObjectNode event =
                    SparkJson.event("SparkListenerJobEnd")
                            .put("Job ID", 0)
                            .put("Completion Time", time);
            event.set("Job Result", SparkJson.result(outcome));
            line(event);
        }
        ArrayNode updates = SparkJson.array();
        end.nodes()
                .values()
                .forEach(
                        node -> updates.add(SparkJson.array().add(node.nodeId()).add(node.rows())));
        ObjectNode rows =
                SparkJson.event(SQL + "SparkListenerDriverAccumUpdates").put("executionId", 0);
        rows.set("accumUpdates", updates);
        line(rows);
        line(
                SparkJson.event(SQL + "SparkListenerSQLExecutionEnd")
                        .put("executionId", 0)
                        .put("time", time)
                        .put("errorMessage", SparkJson.failure(outcome)));
        line(SparkJson.event("SparkListenerApplicationEnd").put("Timestamp", time));
    }
}
