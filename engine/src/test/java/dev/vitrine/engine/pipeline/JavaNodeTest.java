package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A node whose column a Java class computes.
final class JavaNodeTest {
    /// Tells by a property that it was made.
    private static final String SOURCE =
            """
            import dev.vitrine.engine.api.UDF1;
            public class Doubled implements UDF1<Long, Long> {
                public Doubled() { System.setProperty("vitrine.test.made", "yes"); }
                @Override public Long call(Long x) { return x == null ? null : 2 * x; }
            }
            """;

    private static final Path FOLDER = Path.of("");

    private static PipelineDocument document(String source, List<String> arguments) {
        Node rows = new Node("rows", "inline-rows", "", Map.of("rows", "a\n1\n2\n"));
        Node java =
                new Node(
                        "code",
                        "java",
                        "",
                        Map.of("source", source, "arguments", arguments, "as", "twice"));
        return PipelineDocument.empty("p")
                .withNodes(List.of(rows, java))
                .withEdges(List.of(Edge.of("rows", "code")));
    }

    private static Session session() {
        return LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[1]"));
    }

    private static PipelineQueries queries(Session session, CodeTrust trust) {
        return new PipelineQueries(session, NodeKinds.load(), new SqlExpressions(), trust);
    }

    @Test
    void aClassComputesAColumn() {
        try (Session session = session();
                Query query =
                        queries(session, CodeTrust.EVERYTHING)
                                .run(
                                        document(SOURCE, List.of("cast(a as bigint)")),
                                        "code",
                                        PipelinePlans.Options.run(FOLDER))) {
            assertEquals("[[1, 2], [2, 4]]", query.await().rows().toString());
        }
    }

    @Test
    void codeThatIsNotTrustedIsAnalyzedButDoesNotRun() {
        System.clearProperty("vitrine.test.made");
        PipelineDocument document =
                document(SOURCE.replace("2 * x", "x + x"), List.of("cast(a as bigint)"));
        try (Session session = session()) {
            PipelineQueries queries = queries(session, source -> false);
            NodeAnalysis analysis =
                    Objects.requireNonNull(queries.analyze(document, FOLDER).get("code"));
            assertEquals(
                    "twice BIGINT",
                    analysis.schema()
                            .map(schema ->
                                    schema.field(1).name() + " " + schema.field(1).type().sql())
                            .orElse(""));
            for (boolean preview : new boolean[] {true, false}) {
                EngineException refused =
                        assertThrows(
                                EngineException.class,
                                () -> {
                                    Query query =
                                            preview
                                                    ? queries.preview(
                                                            document,
                                                            "code",
                                                            PreviewSample.first(5),
                                                            FOLDER)
                                                    : queries.run(
                                                            document,
                                                            "code",
                                                            PipelinePlans.Options.run(FOLDER));
                                    query.close();
                                });
                assertEquals(ErrorCode.UNTRUSTED_CODE, refused.code());
            }
            assertEquals(null, System.getProperty("vitrine.test.made"));
            try (Query before = queries.preview(document, "rows", PreviewSample.first(5), FOLDER)) {
                assertEquals(2, before.await().rowCount());
            }
        }
    }

    @Test
    void mistakesAreProblemsOfTheirFields() {
        try (Session session = session()) {
            PipelineQueries queries = queries(session, CodeTrust.EVERYTHING);
            NodeProblem wrong =
                    problem(queries, document(SOURCE.replace("2 * x", "two * x"), List.of("a")));
            assertEquals("source", wrong.field());
            assertTrue(wrong.message().contains("line 4"), wrong.message());
            NodeProblem few = problem(queries, document(SOURCE, List.of()));
            assertEquals("arguments", few.field());
        }
    }

    private static NodeProblem problem(PipelineQueries queries, PipelineDocument document) {
        NodeAnalysis analysis =
                Objects.requireNonNull(queries.analyze(document, FOLDER).get("code"));
        return analysis.problems().getFirst();
    }
}
