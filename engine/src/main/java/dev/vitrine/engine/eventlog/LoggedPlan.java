package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The plan of one execution of SQL and its metrics, which accumulators of tasks and the driver
/// count. Adaptive execution replaces the plan; a node keeps its id as long as it keeps its
/// metrics.
final class LoggedPlan {
    /// Metrics that say how many rows a node gave out, the best first.
    private static final List<String> ROWS =
            List.of("number of output rows", "shuffle records written", "records read");

    private final Map<Long, Integer> nodeOfMetric = new HashMap<>();
    private final Map<Long, Long> values = new HashMap<>();
    private final Map<Integer, Long> rowMetrics = new HashMap<>();
    private JsonNode info = SparkEventLog.MAPPER.missingNode();
    private int lastId;

    void replace(JsonNode sparkPlanInfo) {
        info = sparkPlanInfo;
    }

    boolean known() {
        return info.isObject();
    }

    /// Metrics that came up while the plan ran.
    void add(JsonNode metrics) {
        for (JsonNode metric : metrics) {
            nodeOfMetric.putIfAbsent(metric.path("accumulatorId").asLong(), 0);
        }
    }

    /// Adds to an accumulator.
    ///
    /// @return the node whose metric it is, or 0
    int count(long accumulator, long update) {
        Integer node = nodeOfMetric.get(accumulator);
        if (node == null) {
            return 0;
        }
        values.merge(accumulator, update, Long::sum);
        return node;
    }

    /// Rows of all nodes that tell them.
    List<NodeCounters> counters() {
        List<NodeCounters> counters = new ArrayList<>();
        rowMetrics.forEach((node, metric) ->
                counters.add(new NodeCounters(node, values.getOrDefault(metric, 0L), 0)));
        return counters;
    }

    /// The plan as it is now, with the metrics that are not 0 among its details.
    PlanTree tree() {
        return tree(info);
    }

    private PlanTree tree(JsonNode node) {
        int id = id(node.path("metrics"));
        String name = node.path("nodeName").asText();
        List<String> details = new ArrayList<>();
        String text = node.path("simpleString").asText();
        String rest = text.startsWith(name) ? text.substring(name.length()).strip() : text;
        if (!rest.isEmpty()) {
            details.add(rest);
        }
        for (JsonNode metric : node.path("metrics")) {
            long accumulator = metric.path("accumulatorId").asLong();
            nodeOfMetric.put(accumulator, id);
            String metricName = metric.path("name").asText();
            int rank = ROWS.indexOf(metricName);
            if (rank >= 0) {
                rowMetrics.merge(
                        id,
                        accumulator,
                        (known, found) -> rank == 0 || known.equals(found) ? found : known);
            }
            long value = values.getOrDefault(accumulator, 0L);
            if (value != 0) {
                details.add(metricName + ": " + text(value, metric.path("metricType").asText()));
            }
        }
        List<PlanTree> children = new ArrayList<>();
        node.path("children").forEach(child -> children.add(tree(child)));
        return new PlanTree(id, name, details, "", -1, children);
    }

    private int id(JsonNode metrics) {
        for (JsonNode metric : metrics) {
            int known = nodeOfMetric.getOrDefault(metric.path("accumulatorId").asLong(), 0);
            if (known > 0) {
                return known;
            }
        }
        return ++lastId;
    }

    /// A metric's value in the unit of its type (`SQLMetrics`).
    private static String text(long value, String type) {
        return switch (type) {
            case "size" -> String.format(Locale.ROOT, "%,d B", value);
            case "timing" -> String.format(Locale.ROOT, "%,d ms", value);
            case "nsTiming" -> String.format(Locale.ROOT, "%.3f ms", value / 1e6);
            case "average" -> String.format(Locale.ROOT, "%.1f", value / 10.0);
            default -> String.format(Locale.ROOT, "%,d", value);
        };
    }
}
