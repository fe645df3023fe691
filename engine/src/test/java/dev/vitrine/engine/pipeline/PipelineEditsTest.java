package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineEditsTest {
    private final NodeKinds kinds = NodeKinds.load();
    private final PipelineEdits edits = new PipelineEdits(kinds);
    private final Pipeline chain = chain();

    private Pipeline chain() {
        Pipeline pipeline = Pipeline.empty("p");
        var source = edits.addNode(pipeline, kind("file-source"), new Position(0, 0));
        return edits.addAfter(
                        source.edit().pipeline(),
                        kind("limit"),
                        source.nodeId(),
                        Port.OUT,
                        new Position(203, 5))
                .edit()
                .pipeline();
    }

    @Test
    void addedNodesGetFreeIdsDefaultsAndPlacesOnTheGrid() {
        var added = edits.addNode(chain, kind("limit"), new Position(1, 6));
        assertEquals("limit-2", added.nodeId());
        assertEquals("Add Limit", added.edit().label());
        Pipeline after = added.edit().pipeline();
        assertEquals(new Position(0, 8), after.layout().position("limit-2").orElseThrow());
        assertEquals(10L, after.document().node("limit-2").orElseThrow().config().get("rows"));
    }

    @Test
    void edgesMakeNoCirclesAndReplaceTheOldOneAtASinglePort() {
        assertTrue(edits.whyNot(chain.document(), Edge.of("limit-1", "file-source-1")).isPresent());
        assertTrue(edits.whyNot(chain.document(), Edge.of("limit-1", "limit-1")).isPresent());
        var second = edits.addNode(chain, kind("table-source"), new Position(0, 0));
        Pipeline connected =
                edits.connect(second.edit().pipeline(), Edge.of(second.nodeId(), "limit-1"))
                        .orElseThrow()
                        .pipeline();
        assertEquals(List.of(Edge.of("table-source-1", "limit-1")), connected.document().edges());
    }

    @Test
    void aNodeDroppedOnAnEdgeStandsInItAndDeletingItHealsTheEdge() {
        Edge edge = Edge.of("file-source-1", "limit-1");
        var inserted = edits.insertOnEdge(chain, kind("distinct"), edge, new Position(0, 0));
        Pipeline after = inserted.edit().pipeline();
        assertEquals(
                List.of(Edge.of("file-source-1", "distinct-1"), Edge.of("distinct-1", "limit-1")),
                after.document().edges());
        Pipeline healed = edits.delete(after, Set.of("distinct-1"), Set.of()).pipeline();
        assertEquals(chain.document(), healed.document());
        assertFalse(healed.layout().positions().containsKey("distinct-1"));
    }

    @Test
    void pastedNodesKeepTheEdgesBetweenThem() {
        Pipeline part = edits.part(chain, List.of("file-source-1", "limit-1"));
        Pipeline copied = PipelineFile.parse(PipelineFile.print(part), "clipboard");
        var pasted = edits.paste(chain, copied, 16, 16, "Paste");
        assertEquals(List.of("file-source-2", "limit-2"), pasted.nodeIds());
        Pipeline after = pasted.edit().pipeline();
        assertTrue(after.document().edges().contains(Edge.of("file-source-2", "limit-2")));
        assertEquals(new Position(216, 24), after.layout().position("limit-2").orElseThrow());
    }

    @Test
    void settingAFieldToItsDefaultRemovesIt() {
        FormField rows = kind("limit").fields().getFirst();
        Pipeline changed = edits.configure(chain, "limit-1", rows, 3L).pipeline();
        assertEquals(Map.of("rows", 3L), changed.document().node("limit-1").orElseThrow().config());
        Pipeline back = edits.configure(changed, "limit-1", rows, 10L).pipeline();
        assertEquals(Map.of(), back.document().node("limit-1").orElseThrow().config());
    }

    private NodeKind kind(String id) {
        return kinds.find(id).orElseThrow();
    }

    @Test
    void nodesAreBroughtIntoLineAndSpreadEvenly() {
        Map<String, PipelineLayout.Position> places =
                Map.of(
                        "a", new PipelineLayout.Position(0, 8),
                        "b", new PipelineLayout.Position(16, 40),
                        "c", new PipelineLayout.Position(160, 0));
        assertEquals(
                Map.of(
                        "a", new PipelineLayout.Position(0, 0),
                        "b", new PipelineLayout.Position(16, 0),
                        "c", new PipelineLayout.Position(160, 0)),
                Alignment.TOP.of(places));
        assertEquals(
                Map.of(
                        "a", new PipelineLayout.Position(0, 8),
                        "b", new PipelineLayout.Position(80, 40),
                        "c", new PipelineLayout.Position(160, 0)),
                Alignment.ACROSS.of(places));
    }

    @Test
    void aDisabledEndPassesRowsOnAndADisabledSinkIsNotRun() {
        PipelinePlans plans = new PipelinePlans(NodeKinds.load(), new SqlExpressions());
        PipelineDocument.Node rows = new PipelineDocument.Node("rows", "range", "", Map.of());
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(
                                        rows,
                                        new PipelineDocument.Node("end", "limit", "", Map.of())
                                                .withDisabled(true),
                                        new PipelineDocument.Node("w", "file-sink", "", Map.of())
                                                .withDisabled(true)))
                        .withEdges(
                                List.of(
                                        PipelineDocument.Edge.of("rows", "end"),
                                        PipelineDocument.Edge.of("rows", "w")));
        assertEquals(List.of("end"), plans.targets(document));
    }
}
