package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.PlanSummary;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the edges that the scans and exchanges of a plan belong to.
final class EdgeMarks {
    private final PipelineDocument document;
    private final Map<Edge, List<EdgeMark>> marks = new LinkedHashMap<>();

    EdgeMarks(PipelineDocument document) {
        this.document = document;
    }

    Map<Edge, List<EdgeMark>> found() {
        return marks;
    }

    /// Adds what a run of node `target` would do.
    void add(PlanSummary summary, String target) {
        for (PlanSummary.Scan scan : summary.scans()) {
            EdgeMark.PushDown mark = new EdgeMark.PushDown(scan);
            if (mark.prunes()) {
                document.outputs(scan.pipelineNode()).stream()
                        .filter(edge -> document.reaches(edge.to(), target))
                        .forEach(edge -> add(edge, mark));
            }
        }
        // A join of a node with itself has as many exchanges as edges from there.
        Map<Edge, Integer> used = new LinkedHashMap<>();
        for (PlanSummary.Exchange exchange : summary.exchanges()) {
            edge(exchange, used)
                    .ifPresent(edge -> {
                        used.merge(edge, 1, Integer::sum);
                        add(edge, new EdgeMark.Shuffle(exchange));
                    });
        }
    }

    private void add(Edge edge, EdgeMark mark) {
        List<EdgeMark> of = marks.computeIfAbsent(edge, k -> new ArrayList<>());
        if (!of.contains(mark)) {
            of.add(mark);
        }
    }

    /// The edge into the node that wants the exchange, from the side that its rows come from.
    private Optional<Edge> edge(PlanSummary.Exchange exchange, Map<Edge, Integer> used) {
        return document.inputs(exchange.to()).stream()
                .filter(edge ->
                        exchange.from().isEmpty() || document.reaches(exchange.from(), edge.from()))
                .min(java.util.Comparator.comparingInt(edge -> used.getOrDefault(edge, 0)));
    }
}
