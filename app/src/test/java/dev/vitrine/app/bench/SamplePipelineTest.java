package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.pipeline.CodeTrust;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelinePlans;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import dev.vitrine.sample.SampleProject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers that views show of a run of the sample pipeline are the engine's counters, and those
/// are what DuckDB counts.
final class SamplePipelineTest {
    @TempDir Path folder;

    @Test
    void everyNumberOfTheSampleRunIsDuckDbs() throws Exception {
        SampleProject.unpack(folder);
        QuerySnapshot snapshot;
        long resultRows;
        try (Session session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"))) {
            PipelineQueries queries =
                    new PipelineQueries(
                            session, NodeKinds.load(), new SqlExpressions(), CodeTrust.EVERYTHING);
            var document =
                    PipelineFile.read(folder.resolve("pipelines/busiest-airports.pipeline.json"))
                            .document();
            AtomicReference<QuerySnapshot> last = new AtomicReference<>();
            try (Query query = queries.run(document, "top", PipelinePlans.Options.run(folder))) {
                SnapshotFeed feed = new SnapshotFeed(query.id(), last::set);
                query.subscribe(feed);
                QueryResult result = query.await();
                resultRows = result.rowCount();
                feed.await();
            }
            snapshot = Objects.requireNonNull(last.get());
        }
        assertEquals(25, resultRows);
        assertTrue(snapshot.stages().size() >= 3, snapshot.stages().size() + " stages");
        assertTrue(snapshot.tasks().size() >= 8, snapshot.tasks().size() + " tasks");
        Map<String, Long> rows = new HashMap<>();
        Map<String, Integer> labels = new HashMap<>();
        PlanTree physical = Objects.requireNonNull(snapshot.plans().get(PlanPhase.PHYSICAL)).plan();
        physical.forEach(node -> {
            labels.merge(node.label(), 1, Integer::sum);
            // Parents come first: the topmost operator of a pipeline node gives its rows.
            rows.putIfAbsent(node.pipelineNode(), snapshot.rows(node.id()));
        });
        assertTrue(labels.containsKey("Exchange"), labels.toString());
        String flights = "read_parquet('" + folder.resolve("data/flights-3m.parquet") + "')";
        String airports = "read_csv('" + folder.resolve("data/airports.csv") + "', header = true)";
        String joined =
                flights + " f JOIN " + airports + " a ON f.origin = a.iata WHERE f.distance >= 100";
        assertEquals(count("SELECT count(*) FROM " + flights), rows.get("flights"));
        assertEquals(
                count("SELECT count(*) FROM " + flights + " WHERE distance >= 100"),
                rows.get("long-enough"));
        assertEquals(count("SELECT count(*) FROM " + airports), rows.get("airports"));
        assertEquals(count("SELECT count(*) FROM " + joined), rows.get("with-airport"));
        assertEquals(
                count(
                        "SELECT count(*) FROM (SELECT DISTINCT a.iata, a.name, a.city, a.state FROM "
                                + joined
                                + ")"),
                rows.get("per-airport"));
        long read =
                snapshot.tasks().stream()
                        .filter(t -> t.stageId() <= 1)
                        .mapToLong(t -> t.counters().rowsRead())
                        .sum();
        assertEquals(
                count("SELECT count(*) FROM " + flights)
                        + count("SELECT count(*) FROM " + airports),
                read);
        snapshot.stages()
                .forEach(stage -> {
                    long tasks =
                            snapshot.tasks().stream()
                                    .filter(t -> t.stageId() == stage.stageId())
                                    .count();
                    assertEquals(stage.tasks(), tasks);
                    assertEquals(stage.tasks(), stage.tasksDone());
                });
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
