package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreviewTest {
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

    private List<List<@Nullable Object>> rows(
            PipelineDocument document, String id, PreviewSample sample) {
        try (Query query = queries.preview(document, id, sample, folder)) {
            return query.await().rows();
        }
    }

    private static Node range(String id, long start, long end) {
        return new Node(id, "range", "", Map.of("start", start, "end", end, "step", 1L, "as", "k"));
    }

    @Test
    void aJoinOfRowsFarApartHasAPreview() {
        Node join =
                new Node(
                        "j",
                        "join",
                        "",
                        Map.of("keys", List.of(Map.of("left", "k", "right", "k"))));
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(
                                List.of(range("l", 0, 100_000), range("r", 99_990, 200_000), join))
                        .withEdges(
                                List.of(
                                        new Edge("l", "out", "j", "left"),
                                        new Edge("r", "out", "j", "right")));
        assertEquals(5, rows(document, "j", PreviewSample.first(5)).size());
    }

    @Test
    void rowsAtRandomAreNotTheFirstAndTheSameEachTime() {
        PipelineDocument document =
                PipelineDocument.empty("p").withNodes(List.of(range("r", 0, 10_000)));
        PreviewSample random = new PreviewSample(PreviewSample.Mode.RANDOM, 20);
        List<List<@Nullable Object>> rows = rows(document, "r", random);
        assertEquals(20, rows.size());
        assertEquals(rows, rows(document, "r", random));
        assertNotEquals(rows(document, "r", PreviewSample.first(20)), rows);
    }

    @Test
    void allRowsAreAllRows() {
        PipelineDocument document =
                PipelineDocument.empty("p").withNodes(List.of(range("r", 0, 300)));
        PreviewSample all = new PreviewSample(PreviewSample.Mode.ALL, 10);
        assertEquals(300, rows(document, "r", all).size());
    }

    @Test
    void noPreviewWritesAnything() {
        Node sink = new Node("w", "file-sink", "", Map.of("path", "out", "format", "csv"));
        PipelineDocument document =
                PipelineDocument.empty("p")
                        .withNodes(List.of(range("r", 0, 3), sink))
                        .withEdges(List.of(Edge.of("r", "w")));
        for (PreviewSample.Mode mode : PreviewSample.Mode.values()) {
            assertEquals(3, rows(document, "w", new PreviewSample(mode, 10)).size());
        }
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void columnsAreHeldAgainstThoseOfTheInputs() {
        Field a = new Field("a", DataType.INT, true);
        Field b = new Field("b", DataType.INT, true);
        Field c = new Field("c", DataType.STRING, true);
        Field text = new Field("b", DataType.STRING, true);
        SchemaDifference found =
                SchemaDifference.of(
                        List.of(new Schema(List.of(a, b))), new Schema(List.of(text, c)));
        assertEquals(List.of(c), found.added());
        assertEquals(List.of(a), found.removed());
        assertEquals(List.of(new SchemaDifference.Retyped(b, text)), found.retyped());
        assertTrue(
                SchemaDifference.of(List.of(new Schema(List.of(a))), new Schema(List.of(a)))
                        .isEmpty());
    }
}
