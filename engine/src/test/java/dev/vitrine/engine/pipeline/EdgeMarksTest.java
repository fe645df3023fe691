package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.PlanSummary;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the optimizer's and the planner's doings appear on the canvas.
final class EdgeMarksTest {
    private static final String ROWS = "k, x, s\n'a', 1, 'p'\n'a', 2, 'q'\n'b', NULL, NULL";

    @TempDir private Path folder;
    private Session session;
    private PipelineQueries queries;

    @BeforeEach
    void open() {
        session =
                LocalSession.open(
                        Settings.defaults()
                                .with(Settings.MASTER.key(), "local[2]")
                                .with(Settings.WAREHOUSE_DIR.key(), folder.toString()));
        queries =
                new PipelineQueries(
                        session, NodeKinds.load(), new SqlExpressions(), CodeTrust.EVERYTHING);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static Node rows(String id) {
        return new Node(id, "inline-rows", "", Map.of("rows", ROWS));
    }

    private static PipelineDocument document(List<Node> nodes, Edge... edges) {
        return PipelineDocument.empty("p").withNodes(nodes).withEdges(List.of(edges));
    }

    private static PlanSummary.Exchange shuffle(Map<Edge, List<EdgeMark>> marks, Edge edge) {
        return marks.getOrDefault(edge, List.of()).stream()
                .filter(EdgeMark.Shuffle.class::isInstance)
                .map(mark -> ((EdgeMark.Shuffle) mark).exchange())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAggregateShufflesByItsKeysOnTheEdgeIntoIt() {
        Edge into = Edge.of("rows", "sum");
        PipelineDocument document =
                document(
                        List.of(
                                rows("rows"),
                                new Node(
                                        "sum",
                                        "aggregate",
                                        "",
                                        Map.of(
                                                "groupBy",
                                                List.of("k"),
                                                "aggregates",
                                                List.of(
                                                        Map.of(
                                                                "name",
                                                                "n",
                                                                "expression",
                                                                "count(*)"))))),
                        into);
        PlanSummary.Exchange found = shuffle(queries.marks(document, folder), into);
        assertEquals(PlanSummary.Spread.HASH, found.spread());
        assertEquals("rows", found.from());
        assertEquals("sum", found.to());
    }

    @Test
    void aSmallSideOfAJoinIsBroadcast() {
        Edge left = new Edge("l", "out", "j", "left");
        Edge right = new Edge("r", "out", "j", "right");
        Map<Edge, List<EdgeMark>> marks =
                queries.marks(
                        document(
                                List.of(
                                        rows("l"),
                                        rows("r"),
                                        new Node(
                                                "j",
                                                "join",
                                                "",
                                                Map.of(
                                                        "keys",
                                                        List.of(
                                                                Map.of(
                                                                        "left", "k", "right",
                                                                        "k"))))),
                                left,
                                right),
                        folder);
        long broadcasts =
                marks.values().stream()
                        .flatMap(List::stream)
                        .filter(mark ->
                                mark instanceof EdgeMark.Shuffle(var exchange)
                                        && exchange.spread() == PlanSummary.Spread.BROADCAST)
                        .count();
        assertEquals(1, broadcasts, marks.toString());
    }

    @Test
    void aFaultyBranchHasNoMarksAndNothingIsWritten() {
        PipelineDocument document =
                document(
                        List.of(
                                rows("rows"),
                                new Node("f", "filter", "", Map.of("condition", "nowhere > 1")),
                                new Node("w", "file-sink", "", Map.of("path", "out"))),
                        Edge.of("rows", "f"),
                        Edge.of("f", "w"));
        assertEquals(Map.of(), queries.marks(document, folder));
        PipelineDocument good =
                document(List.of(rows("rows"), document.nodes().get(2)), Edge.of("rows", "w"));
        queries.marks(good, folder);
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
