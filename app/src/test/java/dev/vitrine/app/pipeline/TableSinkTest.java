package dev.vitrine.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.CodeTrust;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelinePlans;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.pipeline.PreviewSample;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that writes to a table, with a connector behind it.
class TableSinkTest {
    @TempDir private Path folder;

    @Test
    void onlyRunsWrite() {
        Settings settings =
                Settings.defaults()
                        .with(Settings.MASTER.key(), "local[1]")
                        .with(Settings.WAREHOUSE_DIR.key(), folder.toString());
        try (Session session = LocalSession.open(settings)) {
            session.sql("CREATE TABLE kept (x INT, k STRING) USING parquet").collect();
            PipelineQueries queries =
                    new PipelineQueries(
                            session, NodeKinds.load(), new SqlExpressions(), CodeTrust.EVERYTHING);
            assertEquals("[]", rows(session));
            try (Query preview =
                    queries.preview(writing("stay"), "n", PreviewSample.first(5), folder)) {
                assertEquals(1, preview.await().rowCount());
            }
            assertEquals("[]", rows(session));
            run(queries, "stay");
            run(queries, "stay");
            assertEquals("[[1,a], [1,a]]", rows(session));
            run(queries, "go");
            assertEquals("[[1,a]]", rows(session));
        }
    }

    private static String rows(Session session) {
        return session.sql("SELECT * FROM kept").collectAsList().toString();
    }

    private void run(PipelineQueries queries, String mode) {
        try (Query query = queries.run(writing(mode), "n", PipelinePlans.Options.run(folder))) {
            query.await();
        }
    }

    private static PipelineDocument writing(String mode) {
        return PipelineDocument.empty("p")
                .withNodes(
                        List.of(
                                new Node("rows", "inline-rows", "", Map.of("rows", "k, x\n'a', 1")),
                                new Node(
                                        "n",
                                        "table-sink",
                                        "",
                                        Map.of("table", "kept", "mode", mode))))
                .withEdges(List.of(Edge.of("rows", "n")));
    }
}
