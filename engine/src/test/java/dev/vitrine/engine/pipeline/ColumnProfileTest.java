package dev.vitrine.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColumnProfileTest {
    private static ColumnProfile of(DataType type, List<@Nullable Object> values) {
        return ColumnProfile.of(new Field("c", type, true), values, ZoneOffset.UTC);
    }

    @Test
    void countsNullsAndDistinctValues() {
        List<@Nullable Object> values = new ArrayList<>(List.of("b", "a", "b"));
        values.add(null);
        ColumnProfile profile = of(DataType.STRING, values);
        assertEquals(4, profile.rows());
        assertEquals(1, profile.nulls());
        assertEquals(2, profile.distinct());
        assertEquals(Optional.of("a"), profile.min());
        assertEquals(Optional.of("b"), profile.max());
        assertEquals(new ColumnProfile.ValueCount("b", 2), profile.top().getFirst());
        assertEquals(List.of(), profile.histogram());
    }

    @Test
    void aHistogramHoldsEveryValueOnce() {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            values.add(i);
        }
        ColumnProfile profile = of(DataType.INT, values);
        assertEquals(101, profile.histogram().stream().mapToLong(ColumnProfile.Bin::count).sum());
        assertEquals("0", profile.histogram().getFirst().from());
        assertEquals("100", profile.histogram().getLast().to());
        assertEquals(ColumnProfile.TOP, profile.top().size());
    }

    @Test
    void datesAreShownAsDates() {
        ColumnProfile profile = of(DataType.DATE, List.of(0, 16));
        assertEquals("1970-01-01", profile.histogram().getFirst().from());
        assertEquals(Optional.of("1970-01-17"), profile.max());
    }

    @Test
    void valuesWithoutSpreadHaveNoHistogram() {
        assertEquals(List.of(), of(DataType.DOUBLE, List.of(1.5, 1.5)).histogram());
        assertEquals(List.of(), of(DataType.DOUBLE, List.of()).top());
        assertTrue(
                of(DataType.DOUBLE, List.of(1.0, Double.POSITIVE_INFINITY)).histogram().isEmpty());
        assertTrue(of(DataType.DOUBLE, List.of(1.0, Double.NaN)).histogram().isEmpty());
    }

    @Test
    void anEdgeIsProfiledByItsPort(@TempDir Path folder) {
        try (LocalSession session =
                LocalSession.open(
                        Settings.defaults()
                                .with(Settings.MASTER.key(), "local[1]")
                                .with(Settings.WAREHOUSE_DIR.key(), folder.toString()))) {
            PipelineQueries queries =
                    new PipelineQueries(
                            session, NodeKinds.load(), new SqlExpressions(), CodeTrust.EVERYTHING);
            Node rows = new Node("rows", "inline-rows", "", Map.of("rows", "x\n1\n2\n3\n4"));
            Node quality =
                    new Node(
                            "q",
                            "quality",
                            "",
                            Map.of(
                                    "rules",
                                    List.of(Map.of("name", "small", "expression", "x < 4"))));
            PipelineDocument document =
                    PipelineDocument.empty("p")
                            .withNodes(List.of(rows, quality))
                            .withEdges(List.of(Edge.of("rows", "q")));
            List<String> ports =
                    NodeKinds.load().of(quality).orElseThrow().outputs().stream()
                            .map(Port::id)
                            .toList();
            List<Long> counts =
                    ports.stream()
                            .map(port -> new Edge("q", port, "none", "in"))
                            .map(edge ->
                                    queries.profile(document, edge, 100, folder).getFirst().rows())
                            .toList();
            assertEquals(List.of(3L, 1L), counts);
        }
    }
}
