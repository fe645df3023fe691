package dev.vitrine.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    @Test
    void everyNodeStandsRightOfItsInputsAndNoTwoOnOnePlace() {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            nodes.add(new Node("n" + i, "filter", "", Map.of()));
            if (i > 0) {
                edges.add(Edge.of("n" + (i * 7 % i), "n" + i));
                edges.add(Edge.of("n" + i / 2, "n" + i));
            }
        }
        PipelineDocument document = PipelineDocument.empty("p").withNodes(nodes).withEdges(edges);
        Map<String, Position> places =
                assertTimeout(Duration.ofSeconds(2), () -> LayeredLayout.of(document));
        assertEquals(200, new HashSet<>(places.values()).size());
        for (Edge edge : edges) {
            Position from = places.getOrDefault(edge.from(), new Position(0, 0));
            Position to = places.getOrDefault(edge.to(), new Position(0, 0));
            assertTrue(from.x() < to.x(), edge.toString());
        }
    }
}
