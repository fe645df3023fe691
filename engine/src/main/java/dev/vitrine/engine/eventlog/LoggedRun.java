package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One execution of SQL, or one job that belongs to none, on its way from Spark's events to ours.
final class LoggedRun {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Pattern CONDITION =
            Pattern.compile("\\[([A-Z][A-Z0-9_.]+)] .*", Pattern.DOTALL);
    private static final Pattern SQL_STATE = Pattern.compile("SQLSTATE: (\\w{5})");

    private final long id;
    private final boolean sql;
    private final String text;
    private final long startMillis;
    private final EventListener listener;
    private final LoggedPlan plan = new LoggedPlan();
    private final Map<Integer, LoggedStage> stages = new LinkedHashMap<>();
    private String jobFailure = "";
    private long lastMillis;
    private Optional<QueryOutcome> outcome = Optional.empty();

    LoggedRun(long id, boolean sql, String text, long startMillis, EventListener listener) {
        this.id = id;
        this.sql = sql;
        this.text = text;
        this.startMillis = startMillis;
        this.lastMillis = startMillis;
        this.listener = listener;
    }

    /// A stage of the run, as far as it is known.
    private static final class LoggedStage {
        private EngineEvent.StageInfo info;
        private boolean submitted;
        private final Set<Integer> nodes = new TreeSet<>();
        private final Set<Integer> done = new HashSet<>();
        private final Map<Integer, Integer> attempts = new HashMap<>();

        private LoggedStage(EngineEvent.StageInfo info) {
            this.info = info;
        }
    }

    long id() {
        return id;
    }

    boolean open() {
        return outcome.isEmpty();
    }

    SparkApplication.LoggedQuery line() {
        return new SparkApplication.LoggedQuery(
                id,
                sql,
                text,
                Instant.ofEpochMilli(startMillis),
                outcome.isPresent() ? (lastMillis - startMillis) * NANOS_PER_MILLI : -1,
                outcome);
    }

    long at(long millis) {
        lastMillis = Math.max(lastMillis, millis);
        return Math.max(0, millis - startMillis) * NANOS_PER_MILLI;
    }

    private long now() {
        return at(lastMillis);
    }

    void tell(EngineEvent event) {
        if (open()) {
            listener.on(event);
        }
    }

    void started(String master, Map<String, String> settings) {
        tell(
                new EngineEvent.QueryStarted(
                        id, text, Instant.ofEpochMilli(startMillis), master, settings));
    }

    // The plan

    void planned(JsonNode sparkPlanInfo, String description) {
        PlanText.logical(description)
                .forEach((phase, tree) ->
                        tell(new EngineEvent.PlanReady(id, phase, tree, 0, now())));
        plan.replace(sparkPlanInfo);
        tellPlan();
    }

    private void tellPlan() {
        if (plan.known()) {
            tell(new EngineEvent.PlanReady(id, PlanPhase.PHYSICAL, plan.tree(), 0, now()));
        }
    }

    void metrics(JsonNode added) {
        plan.add(added);
    }

    void driverCounted(JsonNode updates) {
        updates.forEach(pair -> plan.count(pair.path(0).asLong(), pair.path(1).asLong()));
    }

    // Stages

    void plans(JsonNode stageInfos) {
        List<EngineEvent.StageInfo> fresh = new ArrayList<>();
        for (JsonNode stage : stageInfos) {
            int number = stage.path("Stage ID").asInt();
            if (!stages.containsKey(number)) {
                LoggedStage made = new LoggedStage(info(stage));
                stages.put(number, made);
                fresh.add(made.info);
            }
        }
        if (!fresh.isEmpty()) {
            fresh.sort(java.util.Comparator.comparingInt(EngineEvent.StageInfo::stageId));
            tell(new EngineEvent.StagesPlanned(id, fresh, now()));
        }
    }

    /// The scopes of its RDDs are the operators in it, innermost first.
    private static EngineEvent.StageInfo info(JsonNode stage) {
        Map<Integer, String> scopes = new java.util.TreeMap<>();
        for (JsonNode rdd : stage.path("RDD Info")) {
            String name = rdd.path("Name").asText();
            String scope = rdd.path("Scope").asText("");
            Matcher named = SCOPE.matcher(scope);
            scopes.put(rdd.path("RDD ID").asInt(), named.find() ? named.group(1) : name);
        }
        String operators = String.join(" → ", new java.util.LinkedHashSet<>(scopes.values()));
        List<Integer> parents = new ArrayList<>();
        stage.path("Parent IDs").forEach(parent -> parents.add(parent.asInt()));
        String name = stage.path("Stage Name").asText();
        return new EngineEvent.StageInfo(
                stage.path("Stage ID").asInt(),
                operators.isEmpty() ? name : operators,
                parents,
                List.of());
    }

    private static final Pattern SCOPE = Pattern.compile("\"name\":\"([^\"]*)\"");

    void submitted(JsonNode stage) {
        int number = stage.path("Stage ID").asInt();
        if (!stages.containsKey(number)) {
            plans(SparkEventLog.MAPPER.createArrayNode().add(stage));
        }
        LoggedStage known = stages.get(number);
        long at = at(stage.path("Submission Time").asLong(lastMillis));
        if (known == null) {
            return;
        }
        if (known.submitted) {
            tell(new EngineEvent.StageResubmitted(id, number, List.of(), at));
        } else {
            known.submitted = true;
            tell(
                    new EngineEvent.StageStarted(
                            id, number, stage.path("Number of Tasks").asInt(), at));
        }
    }

    void completed(JsonNode stage) {
        int number = stage.path("Stage ID").asInt();
        LoggedStage known = stages.get(number);
        if (known == null) {
            return;
        }
        if (!known.nodes.isEmpty()) {
            EngineEvent.StageInfo before = known.info;
            known.info =
                    new EngineEvent.StageInfo(
                            number, before.label(), before.parents(), List.copyOf(known.nodes));
            tell(new EngineEvent.StagesPlanned(id, List.of(known.info), now()));
            tell(new EngineEvent.Progress(id, List.of(), plan.counters(), now()));
        }
        String failure = stage.path("Failure Reason").asText("");
        tell(
                new EngineEvent.StageFinished(
                        id,
                        number,
                        failure.isEmpty()
                                ? new QueryOutcome.Succeeded(0)
                                : new QueryOutcome.Failed(error(failure, "stage " + number)),
                        at(stage.path("Completion Time").asLong(lastMillis))));
    }

    // Tasks

    /// @return which attempt at the task it is, counted over all attempts at the stage
    int taskStarted(JsonNode event, int slot) {
        JsonNode task = event.path("Task Info");
        int number = event.path("Stage ID").asInt();
        int index = task.path("Index").asInt();
        LoggedStage stage = stages.get(number);
        if (stage == null) {
            return 0;
        }
        int attempt = stage.attempts.merge(index, 1, Integer::sum) - 1;
        long at = at(task.path("Launch Time").asLong());
        if (task.path("Speculative").asBoolean()) {
            tell(new EngineEvent.TaskSpeculated(id, number, index, attempt, at));
        } else if (stage.done.remove(index)) {
            tell(new EngineEvent.StageResubmitted(id, number, List.of(index), at));
        }
        tell(
                new EngineEvent.TaskStarted(
                        id,
                        number,
                        index,
                        attempt,
                        task.path("Executor ID").asText(),
                        slot,
                        task.path("Locality").asText() + " on " + task.path("Host").asText(),
                        at));
        return attempt;
    }

    void taskEnded(JsonNode event, int attempt) {
        JsonNode task = event.path("Task Info");
        int number = event.path("Stage ID").asInt();
        int index = task.path("Index").asInt();
        JsonNode reason = event.path("Task End Reason");
        LoggedStage stage = stages.get(number);
        if (stage == null) {
            return;
        }
        long at = at(task.path("Finish Time").asLong(lastMillis));
        if (reason.path("Reason").asText().equals("Resubmitted")) {
            // Told of a task that had succeeded: what it wrote is gone.
            tell(
                    new EngineEvent.BlockLost(
                            id,
                            number,
                            List.of(index),
                            task.path("Executor ID").asText(),
                            "its executor is lost",
                            now()));
            return;
        }
        TaskCounters counters = counters(event.path("Task Metrics"));
        QueryOutcome how = outcome(reason, counters, "stage " + number + ", task " + index);
        if (how instanceof QueryOutcome.Succeeded) {
            stage.done.add(index);
            for (JsonNode accumulable : task.path("Accumulables")) {
                int node =
                        plan.count(
                                accumulable.path("ID").asLong(),
                                accumulable.path("Update").asLong());
                if (node > 0) {
                    stage.nodes.add(node);
                }
            }
        }
        tell(new EngineEvent.TaskFinished(id, number, index, attempt, how, counters, at));
    }

    private static QueryOutcome outcome(JsonNode reason, TaskCounters counters, String place) {
        return switch (reason.path("Reason").asText()) {
            case "Success" -> new QueryOutcome.Succeeded(counters.rowsWritten());
            case "TaskKilled" -> new QueryOutcome.Cancelled();
            case "ExceptionFailure" ->
                    new QueryOutcome.Failed(
                            error(
                                    reason.path("Class Name").asText()
                                            + ": "
                                            + reason.path("Description").asText(),
                                    place));
            case "FetchFailed" ->
                    new QueryOutcome.Failed(
                            error(
                                    "Fetch failed: " + firstLine(reason.path("Message").asText()),
                                    place));
            case "ExecutorLostFailure" ->
                    new QueryOutcome.Failed(
                            error(
                                    "Executor "
                                            + reason.path("Executor ID").asText()
                                            + " lost: "
                                            + reason.path("Loss Reason").asText(),
                                    place));
            default -> new QueryOutcome.Failed(error(reason.path("Reason").asText(), place));
        };
    }

    private static TaskCounters counters(JsonNode metrics) {
        JsonNode read = metrics.path("Input Metrics");
        JsonNode written = metrics.path("Output Metrics");
        JsonNode fetched = metrics.path("Shuffle Read Metrics");
        JsonNode shuffled = metrics.path("Shuffle Write Metrics");
        return new TaskCounters(
                read.path("Records Read").asLong() + fetched.path("Total Records Read").asLong(),
                read.path("Bytes Read").asLong()
                        + fetched.path("Remote Bytes Read").asLong()
                        + fetched.path("Local Bytes Read").asLong(),
                written.path("Records Written").asLong()
                        + shuffled.path("Shuffle Records Written").asLong(),
                written.path("Bytes Written").asLong()
                        + shuffled.path("Shuffle Bytes Written").asLong(),
                0,
                0,
                metrics.path("Disk Bytes Spilled").asLong(),
                metrics.path("Executor CPU Time").asLong());
    }

    // The end

    /// A job of this run ended; of its stages, those that never began were not needed.
    void jobEnded(JsonNode event, List<Integer> stageIds) {
        long millis = event.path("Completion Time").asLong(lastMillis);
        at(millis);
        List<EngineEvent.StageInfo> skipped = new ArrayList<>();
        for (int number : stageIds) {
            LoggedStage stage = stages.get(number);
            if (stage != null && !stage.submitted && !stage.info.label().endsWith(SKIPPED)) {
                EngineEvent.StageInfo before = stage.info;
                stage.info =
                        new EngineEvent.StageInfo(
                                number,
                                before.label() + SKIPPED,
                                before.parents(),
                                before.nodeIds());
                skipped.add(stage.info);
            }
        }
        if (!skipped.isEmpty()) {
            tell(new EngineEvent.StagesPlanned(id, skipped, now()));
        }
        JsonNode result = event.path("Job Result");
        if (!result.path("Result").asText().equals("JobSucceeded")) {
            jobFailure = result.path("Exception").path("Message").asText("the job failed");
        }
        if (!sql) {
            finished(jobFailure, millis);
        }
    }

    private static final String SKIPPED = " (skipped)";

    void finished(String failure, long millis) {
        at(millis);
        tellPlan();
        String why = failure.isEmpty() ? jobFailure : failure;
        QueryOutcome how =
                why.isEmpty()
                        ? new QueryOutcome.Succeeded(0)
                        : why.contains("cancelled")
                                ? new QueryOutcome.Cancelled()
                                : new QueryOutcome.Failed(error(why, ""));
        tell(new EngineEvent.QueryFinished(id, how, plan.counters(), at(millis)));
        outcome = Optional.of(how);
        // What is told of it later is of no use, and its attempts take room.
        stages.clear();
    }

    /// Spark's messages begin with the condition, in brackets, and end with the SQLSTATE where they
    /// have one; stack traces follow from the second line.
    private static ErrorInfo error(String message, String place) {
        String first = firstLine(message);
        String bare = first.substring(Math.max(0, first.indexOf("[")));
        Matcher condition = CONDITION.matcher(bare);
        Matcher state = SQL_STATE.matcher(message);
        return new ErrorInfo(
                condition.matches() ? condition.group(1) : "",
                state.find() ? state.group(1) : "",
                ErrorFamily.USER,
                first,
                "",
                Optional.empty(),
                place,
                "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
