package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Turns the events of a Spark application into those of our queries, one after the other. What is
/// of the application as a whole, its executors and its cache, is told to each query that is under
/// way.
final class LogTranslation {
    private static final String SQL_EVENTS = "org.apache.spark.sql.execution.ui.";
    private static final String SCHEDULER_EVENTS = "org.apache.spark.scheduler.";

    private final EventListener listener;
    private final Map<Long, LoggedRun> executions = new HashMap<>();
    private final Map<Integer, Job> jobs = new HashMap<>();
    private final Map<Integer, LoggedRun> stages = new HashMap<>();
    private final Map<Long, Task> tasks = new HashMap<>();
    private final List<LoggedRun> runs = new ArrayList<>();
    private final Map<String, Executor> executors = new LinkedHashMap<>();
    private final Map<String, Long> memoryLimits = new HashMap<>();
    private final Map<String, Long> blocks = new HashMap<>();
    private final Map<String, Long> cached = new TreeMap<>();
    private final Map<String, Integer> passedOver = new TreeMap<>();
    private Map<String, String> settings = Map.of();
    private String version = "";
    private String id = "";
    private String name = "";
    private String user = "";
    private Instant startedAt = Instant.EPOCH;
    private Optional<Instant> endedAt = Optional.empty();

    LogTranslation(EventListener listener) {
        this.listener = listener;
    }

    private record Job(LoggedRun run, List<Integer> stages) {}

    private record Task(LoggedRun run, int attempt, String executor, int slot) {}

    private static final class Executor {
        private final String host;
        private final int slots;
        private final int[] load;
        private String removed = "";

        private Executor(String host, int slots) {
            this.host = host;
            this.slots = slots;
            this.load = new int[Math.max(1, slots)];
        }

        /// A slot for a task. The end of a task is told only after the next one in its slot has
        /// begun, so that all may seem taken: then it is one of those with the fewest.
        private int take() {
            int best = 0;
            for (int slot = 1; slot < load.length; slot++) {
                if (load[slot] < load[best]) {
                    best = slot;
                }
            }
            load[best]++;
            return best;
        }

        private int busy() {
            return (int) Arrays.stream(load).filter(tasks -> tasks > 0).count();
        }
    }

    SparkApplication application(List<String> damaged) {
        return new SparkApplication(
                id,
                name,
                user,
                version,
                master(),
                startedAt,
                endedAt,
                executors.entrySet().stream()
                        .map(e ->
                                new SparkApplication.ExecutorLife(
                                        e.getKey(),
                                        e.getValue().host,
                                        e.getValue().slots,
                                        e.getValue().removed))
                        .toList(),
                runs.stream().map(LoggedRun::line).toList(),
                damaged,
                passedOver);
    }

    private String master() {
        return settings.getOrDefault("spark.master", "");
    }

    void on(JsonNode event) {
        String full = event.path("Event").asText();
        String kind = full.substring(full.lastIndexOf('.') + 1);
        if (!full.equals(kind)
                && !full.equals(SQL_EVENTS + kind)
                && !full.equals(SCHEDULER_EVENTS + kind)) {
            passedOver.merge(full, 1, Integer::sum);
            return;
        }
        switch (kind) {
            case "SparkListenerLogStart" -> version = event.path("Spark Version").asText();
            case "SparkListenerApplicationStart" -> {
                id = event.path("App ID").asText();
                name = event.path("App Name").asText();
                user = event.path("User").asText();
                startedAt = Instant.ofEpochMilli(event.path("Timestamp").asLong());
            }
            case "SparkListenerApplicationEnd" ->
                    endedAt = Optional.of(Instant.ofEpochMilli(event.path("Timestamp").asLong()));
            case "SparkListenerEnvironmentUpdate" -> {
                Map<String, String> found = new TreeMap<>();
                event.path("Spark Properties")
                        .properties()
                        .forEach(e -> found.put(e.getKey(), e.getValue().asText()));
                settings = found;
            }
            case "SparkListenerExecutorAdded" -> executorAdded(event);
            case "SparkListenerExecutorRemoved" -> executorRemoved(event);
            case "SparkListenerBlockManagerAdded" ->
                    memoryLimits.put(
                            event.path("Block Manager ID").path("Executor ID").asText(),
                            event.path("Maximum Memory").asLong());
            case "SparkListenerExecutorExcluded",
                    "SparkListenerExecutorExcludedForStage",
                    "SparkListenerExecutorBlacklisted",
                    "SparkListenerExecutorBlacklistedForStage" ->
                    excluded(event);
            case "SparkListenerBlockUpdated" -> blockUpdated(event.path("Block Updated Info"));
            case "SparkListenerUnpersistRDD" -> unpersisted(event.path("RDD ID").asInt());
            case "SparkListenerSQLExecutionStart" -> executionStarted(event);
            case "SparkListenerSQLAdaptiveExecutionUpdate" ->
                    execution(event)
                            .ifPresent(run ->
                                    run.planned(
                                            event.path("sparkPlanInfo"),
                                            event.path("physicalPlanDescription").asText()));
            case "SparkListenerSQLAdaptiveSQLMetricUpdates" ->
                    execution(event).ifPresent(run -> run.metrics(event.path("sqlPlanMetrics")));
            case "SparkListenerDriverAccumUpdates" ->
                    execution(event)
                            .ifPresent(run -> run.driverCounted(event.path("accumUpdates")));
            case "SparkListenerSQLExecutionEnd" ->
                    execution(event)
                            .ifPresent(run ->
                                    run.finished(
                                            event.path("errorMessage").asText(""),
                                            event.path("time").asLong()));
            case "SparkListenerJobStart" -> jobStarted(event);
            case "SparkListenerJobEnd" -> {
                Job job = jobs.remove(event.path("Job ID").asInt());
                if (job != null) {
                    job.run.jobEnded(event, job.stages);
                }
            }
            case "SparkListenerStageSubmitted" ->
                    stage(event.path("Stage Info"), run -> run.submitted(event.path("Stage Info")));
            case "SparkListenerStageCompleted" ->
                    stage(event.path("Stage Info"), run -> run.completed(event.path("Stage Info")));
            case "SparkListenerTaskStart" -> taskStarted(event);
            case "SparkListenerTaskEnd" -> taskEnded(event);
            default -> passedOver.merge(kind, 1, Integer::sum);
        }
    }

    private void underWay(Consumer<LoggedRun> tell) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).open()) {
                tell.accept(runs.get(i));
            }
        }
    }

    // Executors and their memory

    private void executorAdded(JsonNode event) {
        JsonNode info = event.path("Executor Info");
        String executor = event.path("Executor ID").asText();
        int slots = info.path("Total Cores").asInt();
        executors.put(executor, new Executor(info.path("Host").asText(), slots));
        long millis = event.path("Timestamp").asLong();
        underWay(run ->
                run.tell(new EngineEvent.ExecutorAdded(run.id(), executor, slots, run.at(millis))));
    }

    private void executorRemoved(JsonNode event) {
        String executor = event.path("Executor ID").asText();
        String reason = event.path("Removed Reason").asText();
        Executor known = executors.get(executor);
        if (known != null) {
            known.removed = reason.isEmpty() ? "removed" : reason;
        }
        memoryLimits.remove(executor);
        blocks.keySet().removeIf(block -> block.startsWith(executor + " "));
        sumBlocks();
        long millis = event.path("Timestamp").asLong();
        underWay(run ->
                run.tell(
                        new EngineEvent.ExecutorRemoved(
                                run.id(), executor, reason, run.at(millis))));
    }

    private void excluded(JsonNode event) {
        int stage = event.path("stageId").asInt(-1);
        Consumer<LoggedRun> tell =
                run ->
                        run.tell(
                                new EngineEvent.ExecutorExcluded(
                                        run.id(),
                                        event.path("executorId").asText(),
                                        stage,
                                        event.path("taskFailures").asInt(),
                                        run.at(event.path("time").asLong())));
        if (stage >= 0 && stages.containsKey(stage)) {
            tell.accept(stages.get(stage));
        } else {
            underWay(tell);
        }
    }

    /// Only partitions of cached RDDs, which are what people keep.
    private void blockUpdated(JsonNode info) {
        String block = info.path("Block ID").asText();
        if (!block.startsWith("rdd_")) {
            return;
        }
        long bytes = info.path("Memory Size").asLong();
        String key = info.path("Block Manager ID").path("Executor ID").asText() + " " + block;
        if (bytes == 0) {
            blocks.remove(key);
        } else {
            blocks.put(key, bytes);
        }
        sumBlocks();
        tellMemory();
    }

    private void unpersisted(int rdd) {
        blocks.keySet().removeIf(block -> block.contains(" rdd_" + rdd + "_"));
        sumBlocks();
        tellMemory();
    }

    private void sumBlocks() {
        cached.clear();
        blocks.forEach((key, bytes) -> {
            String rdd = key.substring(key.indexOf("rdd_") + 4, key.lastIndexOf('_'));
            cached.merge("cached RDD " + rdd, bytes, Long::sum);
        });
    }

    private void tellMemory() {
        List<EngineEvent.MemoryUse> uses =
                cached.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(e -> new EngineEvent.MemoryUse(e.getKey(), e.getValue()))
                        .toList();
        long used = cached.values().stream().mapToLong(bytes -> bytes).sum();
        long limit = memoryLimits.values().stream().mapToLong(bytes -> bytes).sum();
        int slots = 0;
        int busy = 0;
        for (Executor executor : executors.values()) {
            if (executor.removed.isEmpty()) {
                slots += executor.slots;
                busy += executor.busy();
            }
        }
        int allSlots = slots;
        int busySlots = busy;
        underWay(run ->
                run.tell(
                        new EngineEvent.MemorySampled(
                                run.id(), uses, used, limit, 0, 0, busySlots, allSlots)));
    }

    // Queries

    private Optional<LoggedRun> execution(JsonNode event) {
        return Optional.ofNullable(executions.get(event.path("executionId").asLong()));
    }

    private LoggedRun begin(boolean sql, String text, long millis, Map<String, String> own) {
        LoggedRun run = new LoggedRun(runs.size() + 1L, sql, text, millis, listener);
        runs.add(run);
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(own);
        run.started(master(), all);
        executors.forEach((executor, known) -> {
            if (known.removed.isEmpty()) {
                run.tell(new EngineEvent.ExecutorAdded(run.id(), executor, known.slots, 0));
            }
        });
        return run;
    }

    private void executionStarted(JsonNode event) {
        Map<String, String> modified = new HashMap<>();
        event.path("modifiedConfigs")
                .properties()
                .forEach(e -> modified.put(e.getKey(), e.getValue().asText()));
        LoggedRun run =
                begin(
                        true,
                        event.path("description").asText(),
                        event.path("time").asLong(),
                        modified);
        executions.put(event.path("executionId").asLong(), run);
        run.planned(event.path("sparkPlanInfo"), event.path("physicalPlanDescription").asText());
    }

    private void jobStarted(JsonNode event) {
        JsonNode properties = event.path("Properties");
        long millis = event.path("Submission Time").asLong();
        LoggedRun run = executions.get(properties.path("spark.sql.execution.id").asLong(-1));
        if (run == null) {
            String stage = event.path("Stage Infos").path(0).path("Stage Name").asText();
            // The result stage has the highest number, and is named for the action.
            int highest = -1;
            for (JsonNode info : event.path("Stage Infos")) {
                if (info.path("Stage ID").asInt() > highest) {
                    highest = info.path("Stage ID").asInt();
                    stage = info.path("Stage Name").asText();
                }
            }
            String description = properties.path("spark.job.description").asText("");
            run =
                    begin(
                            false,
                            description.isEmpty() ? stage : description + ": " + stage,
                            millis,
                            Map.of());
        }
        run.at(millis);
        List<Integer> ids = new ArrayList<>();
        event.path("Stage IDs").forEach(stage -> ids.add(stage.asInt()));
        LoggedRun owner = run;
        ids.forEach(stage -> stages.put(stage, owner));
        jobs.put(event.path("Job ID").asInt(), new Job(run, ids));
        run.plans(event.path("Stage Infos"));
    }

    private void stage(JsonNode info, Consumer<LoggedRun> then) {
        LoggedRun run = stages.get(info.path("Stage ID").asInt());
        if (run != null) {
            then.accept(run);
        }
    }

    private void taskStarted(JsonNode event) {
        JsonNode info = event.path("Task Info");
        LoggedRun run = stages.get(event.path("Stage ID").asInt());
        if (run == null) {
            return;
        }
        String executor = info.path("Executor ID").asText();
        Executor place = executors.get(executor);
        int slot = place == null ? 0 : place.take();
        int attempt = run.taskStarted(event, slot);
        tasks.put(info.path("Task ID").asLong(), new Task(run, attempt, executor, slot));
    }

    private void taskEnded(JsonNode event) {
        long number = event.path("Task Info").path("Task ID").asLong();
        Task task = tasks.remove(number);
        if (task == null) {
            // A task that had ended: its output is lost.
            LoggedRun run = stages.get(event.path("Stage ID").asInt());
            if (run != null) {
                run.taskEnded(event, 0);
            }
            return;
        }
        Executor place = executors.get(task.executor);
        if (place != null) {
            place.load[task.slot]--;
        }
        task.run.taskEnded(event, task.attempt);
    }
}
