package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nodes do with rows: columns and rows that come out.
final class NodeKindsRunTest {
    private static final String ROWS = "k, x, s\n'a', 1, 'p,q'\n'a', 2, 'p'\n'b', NULL, NULL";

    @TempDir private Path folder;
    private Session session;
    private PipelineQueries queries;

    @BeforeEach
    void open() {
        session =
                LocalSession.open(
                        Settings.defaults()
                                .with(Settings.MASTER.key(), "local[1]")
                                .with(Settings.WAREHOUSE_DIR.key(), folder.toString()));
        queries =
                new PipelineQueries(
                        session, NodeKinds.load(), new SqlExpressions(), CodeTrust.EVERYTHING);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static Node node(String id, String kind, Map<String, Object> config) {
        return new Node(id, kind, "", config);
    }

    private static Map<String, Object> named(String name, String expression) {
        return Map.of("name", name, "expression", expression);
    }

    /// A node over [#ROWS]; rows in the order of their text.
    private String run(String kind, Map<String, Object> config) {
        return run(
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(
                                        node("rows", "inline-rows", Map.of("rows", ROWS)),
                                        node("n", kind, config)))
                        .withEdges(List.of(Edge.of("rows", "n"))),
                "n");
    }

    private String run(PipelineDocument document, String id) {
        NodeAnalysis analysis = Objects.requireNonNull(queries.analyze(document, folder).get(id));
        assertEquals(List.of(), analysis.problems());
        try (Query query = queries.run(document, id, PipelinePlans.Options.run(folder))) {
            QueryResult result = query.await();
            List<String> names = result.schema().names();
            assertEquals(analysis.schema().orElseThrow().names(), names);
            return String.join(",", names)
                    + " "
                    + result.rows().stream().map(String::valueOf).sorted().toList();
        }
    }

    private List<NodeProblem> problems(String kind, Map<String, Object> config) {
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(
                                        node("rows", "inline-rows", Map.of("rows", ROWS)),
                                        node("n", kind, config)))
                        .withEdges(List.of(Edge.of("rows", "n")));
        return Objects.requireNonNull(queries.analyze(document, folder).get("n")).problems();
    }

    @Test
    void rangesCount() {
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(
                                        node(
                                                "n",
                                                "range",
                                                Map.of(
                                                        "start",
                                                        3L,
                                                        "end",
                                                        9L,
                                                        "step",
                                                        2L,
                                                        "as",
                                                        "odd number"))));
        assertEquals("odd number [[3], [5], [7]]", run(document, "n"));
    }

    @Test
    void windowsAddColumns() {
        assertEquals(
                "k,x,s,nr [[a, 1, p,q, 2], [a, 2, p, 1], [b, null, null, 1]]",
                run(
                        "window",
                        Map.of(
                                "columns",
                                List.of(named("nr", "row_number()")),
                                "partitionBy",
                                List.of("k"),
                                "orderBy",
                                List.of(Map.of("expression", "x", "descending", true)))));
        assertEquals(
                "k,x,s,t [[a, 1, p,q, 1], [a, 2, p, 3], [b, null, null, 2]]",
                run(
                        "window",
                        Map.of(
                                "columns",
                                List.of(named("t", "sum(x)")),
                                "orderBy",
                                List.of(Map.of("expression", "k"), Map.of("expression", "x")),
                                "frame",
                                "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW")));
    }

    @Test
    void pivotsAndUnpivotsTurnTables() {
        assertEquals(
                "one,two [[1, 2]]",
                run(
                        "pivot",
                        Map.of(
                                "column",
                                "x",
                                "values",
                                List.of(named("one", "1"), named("two", "2")),
                                "aggregates",
                                List.of(named("", "sum(x)")))));
        assertEquals(
                "k,p_n,p_most,none_n,none_most [[a, 1, 2, 0, null], [b, 0, null, 1, null]]",
                run(
                        "pivot",
                        Map.of(
                                "groupBy",
                                List.of("k"),
                                "column",
                                "s",
                                "values",
                                List.of(named("p", "'p'"), named("none", "NULL")),
                                "aggregates",
                                List.of(named("n", "count(*)"), named("most", "max(x)")))));
        assertEquals(
                "x,name,value [[1, k, a], [1, s, p,q], [2, k, a], [2, s, p], [null, k, b]]",
                run(
                        "unpivot",
                        Map.of("columns", List.of("k", "s"), "name", "name", "value", "value")));
    }

    @Test
    void nullsAreDroppedOrFilled() {
        assertEquals(
                "k,x,s [[a, 1, p,q], [a, 2, p]]",
                run("drop-nulls", Map.of("columns", List.of("x", "k"))));
        assertEquals(
                "k,x,s [[a, 1, p,q], [a, 2, p], [b, null, null]]",
                run("drop-nulls", Map.of("columns", List.of("x", "k"), "how", "all are NULL")));
        assertEquals(
                "k,x,s [[a, 1, p,q], [a, 2, p], [b, -1, b]]",
                run("fill-nulls", Map.of("columns", List.of(named("x", "-1"), named("s", "k")))));
    }

    @Test
    void listsBecomeRows() {
        Map<String, Object> config = Map.of("list", "s", "separator", ",", "as", "part");
        assertEquals(
                "k,x,s,part [[a, 1, p,q, p], [a, 1, p,q, q], [a, 2, p, p]]",
                run("explode", config));
        assertEquals(
                "k,x,s,n [[a, 1, p,q, 1], [a, 2, p, 2], [b, null, null, null]]",
                run(
                        "explode",
                        Map.of(
                                "list",
                                "filter(array(x), e -> e > 0)",
                                "as",
                                "n",
                                "keepEmpty",
                                true)));
    }

    @Test
    void rowsAreSampledAndSpread() {
        assertEquals("k,x,s []", run("sample", Map.of("percent", 0L)));
        assertEquals(3, run("sample", Map.of("percent", 100L)).split("], ").length);
        assertEquals(
                3,
                run("repartition", Map.of("partitions", 4L, "by", List.of("k")))
                        .split("], ")
                        .length);
    }

    @Test
    void rulesPartRows() {
        Node rules =
                node(
                        "n",
                        "quality",
                        Map.of(
                                "rules",
                                List.of(
                                        named("it's small", "x < 2"),
                                        named("has s", "s IS NOT NULL"))));
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(
                                        node("rows", "inline-rows", Map.of("rows", ROWS)),
                                        rules,
                                        node("good", "limit", Map.of("rows", 9L)),
                                        node("bad", "limit", Map.of("rows", 9L))))
                        .withEdges(
                                List.of(
                                        Edge.of("rows", "n"),
                                        Edge.of("n", "good"),
                                        new Edge("n", "failed", "bad", Port.IN)));
        assertEquals("k,x,s [[a, 1, p,q]]", run(document, "n"));
        assertEquals("k,x,s [[a, 1, p,q]]", run(document, "good"));
        assertEquals(
                "k,x,s,broken_rules [[a, 2, p, [it's small]], [b, null, null, [it's small, has s]]]",
                run(document, "bad"));
    }

    @Test
    void wholeRowsAreCompared() {
        for (boolean except : new boolean[] {false, true}) {
            PipelineDocument document =
                    PipelineDocument.empty("p")
                            .withNodes(
                                    List.of(
                                            node("l", "inline-rows", Map.of("rows", "a\n1\n2")),
                                            node("r", "inline-rows", Map.of("rows", "b\n2\n3")),
                                            node(
                                                    "n",
                                                    "set",
                                                    Map.of(
                                                            "operation",
                                                            except ? "except" : "intersect"))))
                            .withEdges(
                                    List.of(
                                            new Edge("l", Port.OUT, "n", "left"),
                                            new Edge("r", Port.OUT, "n", "right")));
            assertEquals(except ? "a [[1]]" : "a [[2]]", run(document, "n"));
        }
    }

    @Test
    void mistakesAreToldAtTheirFields() {
        List<String> fields = new ArrayList<>();
        Stream.of(
                        problems("window", Map.of("columns", List.of(named("n", "sum(")))),
                        problems(
                                "pivot",
                                Map.of(
                                        "column",
                                        "(",
                                        "values",
                                        List.of(named("a", "1")),
                                        "aggregates",
                                        List.of(named("n", "count(*)")))),
                        problems("quality", Map.of("rules", List.of(named("n", "")))),
                        problems("sample", Map.of("percent", 101L)),
                        problems("repartition", Map.of("partitions", -1L)),
                        problems("explode", Map.of("list", "1 +", "as", "e")))
                .forEach(found -> fields.add(found.isEmpty() ? "none" : found.getFirst().field()));
        assertEquals(
                List.of("columns", "column", "rules", "percent", "partitions", "list"), fields);
        assertTrue(
                problems("fill-nulls", Map.of("columns", List.of(named("missing", "1"))))
                        .getFirst()
                        .message()
                        .contains("missing"));
    }
}
