package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import java.util.List;

/// Parts of Spark's events as `JsonProtocol` of Spark 4.2 reads them.
final class SparkJson {
    static final String ROWS = "number of output rows";

    private SparkJson() {}

    static ObjectNode event(String name) {
        return object().put("Event", name);
    }

    static ObjectNode object() {
        return SparkEventLog.MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return SparkEventLog.MAPPER.createArrayNode();
    }

    static ArrayNode numbers(List<Integer> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    /// A stage, as one RDD whose scope is named as the stage.
    ///
    /// @param submittedMillis -1 where it has not begun
    /// @param completedMillis -1 where it has not ended
    static ObjectNode stage(
            EngineEvent.StageInfo info,
            int attempt,
            int tasks,
            long submittedMillis,
            long completedMillis,
            String failure) {
        ObjectNode rdd = object();
        rdd.put("RDD ID", info.stageId())
                .put("Name", info.label())
                .put(
                        "Scope",
                        object().put("id", "" + info.stageId())
                                .put("name", info.label())
                                .toString())
                .put("Callsite", "")
                .set("Parent IDs", numbers(info.parents()));
        rdd.set(
                "Storage Level",
                object().put("Use Disk", false)
                        .put("Use Memory", false)
                        .put("Use Off Heap", false)
                        .put("Deserialized", false)
                        .put("Replication", 1));
        rdd.put("Barrier", false)
                .put("DeterministicLevel", "DETERMINATE")
                .put("Number of Partitions", tasks)
                .put("Number of Cached Partitions", 0)
                .put("Memory Size", 0)
                .put("Disk Size", 0);
        ObjectNode stage =
                object().put("Stage ID", info.stageId())
                        .put("Stage Attempt ID", attempt)
                        .put("Stage Name", info.label())
                        .put("Number of Tasks", tasks);
        stage.set("RDD Info", array().add(rdd));
        stage.set("Parent IDs", numbers(info.parents()));
        stage.put("Details", "plan nodes " + info.nodeIds());
        if (submittedMillis >= 0) {
            stage.put("Submission Time", submittedMillis);
        }
        if (completedMillis >= 0) {
            stage.put("Completion Time", completedMillis);
        }
        if (!failure.isEmpty()) {
            stage.put("Failure Reason", failure);
        }
        stage.set("Accumulables", array());
        return stage.put("Resource Profile Id", 0)
                .put("Shuffle Push Enabled", false)
                .put("Shuffle Push Mergers Count", 0);
    }

    /// @param finishedMillis 0 while it runs
    static ObjectNode task(
            long id,
            EngineEvent.TaskStarted task,
            long launchMillis,
            long finishedMillis,
            QueryOutcome outcome) {
        ObjectNode info =
                object().put("Task ID", id)
                        .put("Index", task.task())
                        .put("Attempt", task.attempt())
                        .put("Partition ID", task.task())
                        .put("Launch Time", launchMillis)
                        .put("Executor ID", task.executor())
                        .put("Host", "localhost")
                        .put("Locality", "PROCESS_LOCAL")
                        .put("Speculative", false)
                        .put("Getting Result Time", 0)
                        .put("Finish Time", finishedMillis)
                        .put("Failed", outcome instanceof QueryOutcome.Failed)
                        .put("Killed", outcome instanceof QueryOutcome.Cancelled);
        info.set("Accumulables", array());
        return info;
    }

    static ObjectNode reason(QueryOutcome outcome) {
        return switch (outcome) {
            case QueryOutcome.Succeeded s -> object().put("Reason", "Success");
            case QueryOutcome.Cancelled c -> {
                ObjectNode reason =
                        object().put("Reason", "TaskKilled").put("Kill Reason", "cancelled");
                reason.set("Accumulator Updates", array());
                yield reason;
            }
            case QueryOutcome.Failed(var error) -> {
                ObjectNode reason =
                        object().put("Reason", "ExceptionFailure")
                                .put("Class Name", condition(error))
                                .put("Description", error.message());
                reason.set("Stack Trace", array());
                reason.put("Full Stack Trace", message(error)).set("Accumulator Updates", array());
                yield reason;
            }
        };
    }

    /// How a job ended.
    static ObjectNode result(QueryOutcome outcome) {
        String failure = failure(outcome);
        if (failure.isEmpty()) {
            return object().put("Result", "JobSucceeded");
        }
        ObjectNode exception = object().put("Message", failure);
        exception.set("Stack Trace", array());
        ObjectNode result = object().put("Result", "JobFailed");
        result.set("Exception", exception);
        return result;
    }

    /// Why it ended otherwise than well; empty where it did not.
    static String failure(QueryOutcome outcome) {
        return switch (outcome) {
            case QueryOutcome.Succeeded s -> "";
            case QueryOutcome.Cancelled c -> "cancelled";
            case QueryOutcome.Failed(var error) -> message(error);
        };
    }

    private static String message(ErrorInfo error) {
        return "[" + error.condition() + "] " + error.message() + " SQLSTATE: " + error.sqlState();
    }

    private static String condition(ErrorInfo error) {
        return error.condition().isEmpty() ? "error" : error.condition();
    }

    /// What a task counted. Ours does not tell files from exchanges: rows read count as input, rows
    /// written as written to the shuffle, or as output where there is none.
    static ObjectNode metrics(TaskCounters counters, long runMillis, boolean result) {
        ObjectNode metrics =
                object().put("Executor Deserialize Time", 0)
                        .put("Executor Deserialize CPU Time", 0)
                        .put("Executor Run Time", runMillis)
                        .put("Executor CPU Time", counters.cpuNanos())
                        .put("Peak Execution Memory", 0)
                        .put("Result Size", result ? counters.bytesWritten() : 0)
                        .put("JVM GC Time", 0)
                        .put("Result Serialization Time", 0)
                        .put("Memory Bytes Spilled", counters.spilledBytes())
                        .put("Disk Bytes Spilled", counters.spilledBytes());
        metrics.set(
                "Shuffle Read Metrics",
                object().put("Remote Blocks Fetched", 0)
                        .put("Local Blocks Fetched", 0)
                        .put("Fetch Wait Time", 0)
                        .put("Remote Bytes Read", 0)
                        .put("Remote Bytes Read To Disk", 0)
                        .put("Local Bytes Read", 0)
                        .put("Total Records Read", 0)
                        .put("Remote Requests Duration", 0));
        metrics.set(
                "Shuffle Write Metrics",
                object().put("Shuffle Bytes Written", result ? 0 : counters.bytesWritten())
                        .put("Shuffle Write Time", 0)
                        .put("Shuffle Records Written", result ? 0 : counters.rowsWritten()));
        metrics.set(
                "Input Metrics",
                object().put("Bytes Read", counters.bytesRead())
                        .put("Records Read", counters.rowsRead()));
        metrics.set(
                "Output Metrics",
                object().put("Bytes Written", result ? counters.bytesWritten() : 0)
                        .put("Records Written", result ? counters.rowsWritten() : 0));
        metrics.set("Updated Blocks", array());
        return metrics;
    }

    /// A plan whose every node has one metric, its rows; the accumulator's id is the node's.
    static ObjectNode plan(PlanTree node) {
        ObjectNode plan =
                object().put("nodeName", node.label())
                        .put(
                                "simpleString",
                                (node.label() + " " + String.join(", ", node.details())).strip());
        ArrayNode children = array();
        node.children().forEach(child -> children.add(plan(child)));
        plan.set("children", children);
        plan.set("metadata", object());
        plan.set(
                "metrics",
                array().add(
                                object().put("name", ROWS)
                                        .put("accumulatorId", node.id())
                                        .put("metricType", "sum")));
        return plan;
    }
}
