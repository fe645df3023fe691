package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelinePlans.Built;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelinePlansTest {
    private static final Path FOLDER = Path.of("/project");
    private final PipelinePlans plans = new PipelinePlans(NodeKinds.load(), new NamesOnlyParser());

    @Test
    void everyPlanNodeKnowsThePipelineNodeItCameFrom() {
        PipelineDocument document =
                PipelineFile.parse(PipelineFileTest.sample("busiest-airports"), "").document();
        Built.Ready ready =
                assertInstanceOf(
                        Built.Ready.class,
                        plans.toPlan(document, "top", PipelinePlans.Options.run(FOLDER)));
        List<String> lines = new ArrayList<>();
        ready.plan()
                .forEach(node ->
                        lines.add(
                                node.getClass().getSimpleName()
                                        + " "
                                        + ready.context().origin(node).pipelineNode().orElse("?")));
        assertEquals(
                """
                Limit top
                Sort busiest-first
                Aggregate per-airport
                Join with-airport
                SubqueryAlias with-airport
                Filter long-enough
                UnresolvedFiles flights
                SubqueryAlias with-airport
                UnresolvedFiles airports\
                """,
                String.join("\n", lines));
    }

    @Test
    void equalKeyNamesBecomeOneColumn() {
        PipelineDocument document =
                document(
                        List.of(
                                table("a"),
                                table("b"),
                                node(
                                        "j",
                                        "join",
                                        Map.of(
                                                "type",
                                                "left",
                                                "keys",
                                                List.of(Map.of("left", "k", "right", "k"))))),
                        new Edge("a", "out", "j", "left"),
                        new Edge("b", "out", "j", "right"));
        LogicalPlan.UsingJoin join =
                assertInstanceOf(LogicalPlan.UsingJoin.class, ready(document, "j"));
        assertEquals(List.of("k"), join.columns());
    }

    @Test
    void inputsOfSqlAreTablesInTheOrderOfEdges() {
        PipelineDocument document =
                document(
                        List.of(table("a"), table("b"), node("q", "sql", Map.of("query", "text"))),
                        Edge.of("b", "q"),
                        Edge.of("a", "q"));
        LogicalPlan.With with = assertInstanceOf(LogicalPlan.With.class, ready(document, "q"));
        assertEquals(
                List.of("input1 b", "input2 a"),
                with.ctes().stream()
                        .map(cte ->
                                cte.name()
                                        + " "
                                        + ((LogicalPlan.UnresolvedRelation) cte.plan())
                                                .nameParts()
                                                .getFirst())
                        .toList());
    }

    @Test
    void previewsNeverWrite() {
        PipelineDocument document =
                document(
                        List.of(table("a"), node("w", "file-sink", Map.of("path", "out"))),
                        Edge.of("a", "w"));
        assertInstanceOf(LogicalPlan.Write.class, ready(document, "w"));
        Built.Ready preview =
                assertInstanceOf(
                        Built.Ready.class,
                        plans.toPlan(document, "w", PipelinePlans.Options.preview(FOLDER)));
        assertInstanceOf(LogicalPlan.UnresolvedRelation.class, preview.plan());
    }

    @Test
    void disabledNodesLetRowsThrough() {
        PipelineDocument document =
                document(
                        List.of(table("a"), node("f", "filter", Map.of()).withDisabled(true)),
                        Edge.of("a", "f"));
        assertInstanceOf(LogicalPlan.UnresolvedRelation.class, ready(document, "f"));
    }

    @Test
    void syntaxErrorsNameNodeFieldAndPlace() {
        PipelineDocument document =
                document(
                        List.of(table("a"), node("f", "filter", Map.of("condition", "x !"))),
                        Edge.of("a", "f"));
        NodeProblem problem = problems(document, "f").getFirst();
        assertEquals("f", problem.nodeId());
        assertEquals("condition", problem.field());
        assertEquals(Optional.of(new SourceRange(2, 3)), problem.where());
    }

    @Test
    void missingInputsCirclesAndUnknownKindsAreProblems() {
        PipelineDocument open = document(List.of(node("f", "filter", Map.of("condition", "x"))));
        assertTrue(problems(open, "f").getFirst().message().contains("no input"));
        PipelineDocument circle =
                document(
                        List.of(node("a", "distinct", Map.of()), node("b", "distinct", Map.of())),
                        Edge.of("a", "b"),
                        Edge.of("b", "a"));
        assertTrue(problems(circle, "b").getFirst().message().contains("feeds itself"));
        PipelineDocument unknown = document(List.of(node("x", "teleport", Map.of())));
        assertTrue(problems(unknown, "x").getFirst().message().contains("`teleport`"));
    }

    @Test
    void parametersArePutIn() {
        PipelineDocument document =
                new PipelineDocument(
                        "p",
                        "",
                        List.of(new PipelineDocument.Parameter("t", "string", "seen", "")),
                        List.of(node("a", "table-source", Map.of("table", "${t}"))),
                        List.of(),
                        Map.of());
        LogicalPlan.UnresolvedRelation relation =
                assertInstanceOf(LogicalPlan.UnresolvedRelation.class, ready(document, "a"));
        assertEquals(List.of("seen"), relation.nameParts());
    }

    private LogicalPlan ready(PipelineDocument document, String id) {
        return assertInstanceOf(
                        Built.Ready.class,
                        plans.toPlan(document, id, PipelinePlans.Options.run(FOLDER)))
                .plan();
    }

    private List<NodeProblem> problems(PipelineDocument document, String id) {
        return assertInstanceOf(
                        Built.Invalid.class,
                        plans.toPlan(document, id, PipelinePlans.Options.run(FOLDER)))
                .problems();
    }

    private static Node table(String name) {
        return node(name, "table-source", Map.of("table", name));
    }

    private static Node node(String id, String kind, Map<String, Object> config) {
        return new Node(id, kind, "", config);
    }

    private static PipelineDocument document(List<Node> nodes, Edge... edges) {
        return PipelineDocument.empty("p").withNodes(nodes).withEdges(List.of(edges));
    }
}
