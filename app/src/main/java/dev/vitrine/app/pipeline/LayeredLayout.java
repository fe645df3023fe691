package dev.vitrine.app.pipeline;

import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Places nodes in columns from left to right, each right of all its inputs, rows ordered so that
/// few edges cross. A pure function, quick enough for thousands of nodes.
final class LayeredLayout {
    static final double COLUMN = 216;
    static final double ROW = 88;
    static final double LEFT = 40;
    static final double TOP = 48;
    private static final int SWEEPS = 6;

    private LayeredLayout() {}

    static Map<String, Position> of(PipelineDocument document) {
        Map<String, List<String>> before = new HashMap<>();
        Map<String, List<String>> after = new HashMap<>();
        for (Edge edge : document.edges()) {
            if (document.node(edge.from()).isPresent() && document.node(edge.to()).isPresent()) {
                before.computeIfAbsent(edge.to(), k -> new ArrayList<>()).add(edge.from());
                after.computeIfAbsent(edge.from(), k -> new ArrayList<>()).add(edge.to());
            }
        }
        Map<String, Integer> layers = layers(document, before, after);
        TreeMap<Integer, List<String>> columns = new TreeMap<>();
        document.nodes()
                .forEach(node ->
                        columns.computeIfAbsent(
                                        layers.getOrDefault(node.id(), 0), k -> new ArrayList<>())
                                .add(node.id()));
        Map<String, Double> rows = new HashMap<>();
        columns.values().forEach(column -> number(column, rows));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (List<String> column : (forward ? columns : columns.descendingMap()).values()) {
                Map<String, Double> wanted = new HashMap<>();
                for (String id : column) {
                    wanted.put(id, mean((forward ? before : after).get(id), rows, row(rows, id)));
                }
                column.sort(Comparator.comparingDouble(id -> row(wanted, id)));
                place(column, wanted, rows);
            }
        }
        double top = rows.values().stream().mapToDouble(d -> d).min().orElse(0);
        Map<String, Position> places = new LinkedHashMap<>();
        columns.forEach((layer, column) ->
                column.forEach(id ->
                        places.put(
                                id,
                                new Position(
                                                LEFT + layer * COLUMN,
                                                TOP + (row(rows, id) - top) * ROW)
                                        .snapped())));
        return places;
    }

    /// The longest way from a source; sources stand just left of what they feed.
    private static Map<String, Integer> layers(
            PipelineDocument document,
            Map<String, List<String>> before,
            Map<String, List<String>> after) {
        Map<String, Integer> layers = new HashMap<>();
        for (int round = 0; round <= document.nodes().size(); round++) {
            boolean changed = false;
            for (Node node : document.nodes()) {
                int layer =
                        before.getOrDefault(node.id(), List.of()).stream()
                                .mapToInt(id -> layers.getOrDefault(id, 0) + 1)
                                .max()
                                .orElse(0);
                // A circle, which only a damaged document has, ends at the number of rounds.
                changed |= !Integer.valueOf(layer).equals(layers.put(node.id(), layer));
            }
            if (!changed) {
                break;
            }
        }
        for (Node node : document.nodes()) {
            if (before.getOrDefault(node.id(), List.of()).isEmpty()) {
                after.getOrDefault(node.id(), List.of()).stream()
                        .mapToInt(id -> layers.getOrDefault(id, 1) - 1)
                        .min()
                        .ifPresent(layer -> layers.put(node.id(), Math.max(0, layer)));
            }
        }
        return layers;
    }

    private static void number(List<String> column, Map<String, Double> rows) {
        for (int i = 0; i < column.size(); i++) {
            rows.put(column.get(i), (double) i);
        }
    }

    /// Puts each node as near to where it wants to be as the ones above let it.
    private static void place(
            List<String> column, Map<String, Double> wanted, Map<String, Double> rows) {
        double shift = 0;
        double last = Double.NEGATIVE_INFINITY;
        for (String id : column) {
            double row = Math.max(row(wanted, id), last + 1);
            shift += row(wanted, id) - row;
            rows.put(id, row);
            last = row;
        }
        double mean = column.isEmpty() ? 0 : shift / column.size();
        column.forEach(id -> rows.merge(id, mean, Double::sum));
    }

    private static double row(Map<String, Double> rows, String id) {
        return rows.getOrDefault(id, 0.0);
    }

    private static double mean(
            @org.jspecify.annotations.Nullable List<String> ids,
            Map<String, Double> rows,
            double otherwise) {
        return ids == null
                ? otherwise
                : ids.stream()
                        .mapToDouble(id -> rows.getOrDefault(id, 0.0))
                        .average()
                        .orElse(otherwise);
    }
}
