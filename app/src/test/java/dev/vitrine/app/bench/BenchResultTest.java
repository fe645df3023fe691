package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/// What is made of times: ratios, faults, the table, the picture, the page.
class BenchResultTest {
    @TempDir Path folder;

    private static Timing timing(double millis, String failures) {
        return new Timing(
                2 * millis, millis, millis, 1 << 20, 4, 1_000_000, 0, 100, "", failures, "");
    }

    private static final BenchResult RESULT =
            new BenchResult(
                    "A < B & C",
                    List.of("vitrine", "duckdb"),
                    List.of(
                            new BenchResult.Line(
                                    "q1",
                                    Map.of("vitrine", timing(10, ""), "duckdb", timing(20, "")),
                                    ""),
                            new BenchResult.Line(
                                    "q2",
                                    Map.of(
                                            "vitrine",
                                            timing(40, "stage 1"),
                                            "duckdb",
                                            timing(5, "")),
                                    "other results"),
                            new BenchResult.Line(
                                    "q3",
                                    Map.of("vitrine", Timing.failed("no"), "duckdb", timing(5, "")),
                                    "")));

    @Test
    void ratiosAreOurTimeByTheirs() {
        assertEquals(2.0, RESULT.meanRatio("duckdb"), 1e-9);
        assertEquals(8.0, RESULT.worstRatio("duckdb"), 1e-9);
        assertTrue(Double.isNaN(RESULT.meanRatio("spark")));
    }

    @Test
    void faultsAreFailuresOtherResultsAndStagesThatDidNotCompile() {
        assertEquals(List.of("q2: stage 1", "q2: other results", "q3: no"), RESULT.faults());
    }

    @Test
    void theTableHasALineAQuery() {
        String text = BenchText.of(RESULT);
        assertTrue(text.matches("(?s).*\nq1 +10\\.0 +20\\.0 +0\\.50 .*"), text);
        assertTrue(text.matches("(?s).*\nq3 +failed +5\\.0.*"), text);
        assertTrue(text.contains("geometric mean 2.00, largest 8.00"), text);
        assertTrue(text.contains("FAULT q2: other results"), text);
    }

    @Test
    void thePictureIsXmlWithABarARatio() throws Exception {
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(BenchChart.of(RESULT))));
        assertEquals(2, document.getElementsByTagName("title").getLength());
        assertEquals(
                "", BenchChart.of(new BenchResult("alone", List.of("vitrine"), RESULT.queries())));
    }

    @Test
    void jsonLeavesOutWhatIsNotKnown() throws Exception {
        JsonNode json = new ObjectMapper().readTree(BenchJson.of(RESULT));
        JsonNode engines = json.at("/queries/2/engines");
        assertEquals("no", engines.at("/vitrine/error").asText());
        assertTrue(engines.at("/vitrine/medianMillis").isMissingNode());
        assertEquals(5.0, engines.at("/duckdb/medianMillis").asDouble());
        assertEquals(2.0, json.at("/geometricMeans/duckdb").asDouble());
    }

    @Test
    void aSectionTakesThePlaceBetweenItsMarks() {
        assertEquals(
                "a <!-- bench:x -->new<!-- /bench:x --> b",
                BenchReport.between("a <!-- bench:x -->old\n<!-- /bench:x --> b", "x", "new"));
    }

    @Test
    void aPageWithoutMarksOrATableThatIsNotThereIsSaidBeforeAnythingIsMeasured() throws Exception {
        Path page = Files.writeString(folder.resolve("page.md"), "nothing");
        BenchOptions options = new BenchOptions(folder, 1, 1, 0, List.of(), 0);
        BenchReport report = new BenchReport(options, 0.01, 100, 100, page);
        BenchException marks =
                assertThrows(BenchException.class, () -> report.write(List.of("cold")));
        assertTrue(String.valueOf(marks.getMessage()).contains("<!-- bench:cold -->"));
        BenchException table =
                assertThrows(BenchException.class, () -> report.write(List.of("nope")));
        assertTrue(String.valueOf(table.getMessage()).contains("tpch-large"));
    }
}
