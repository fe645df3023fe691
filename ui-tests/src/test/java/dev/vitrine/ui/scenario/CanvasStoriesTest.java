package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.run.Run;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do on the canvas.
class CanvasStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @Test
    void aSelectedNodeShowsItsFormItsColumnsAndItsRows() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-with-airport");
            user.until(
                    "the form",
                    () -> user.pipeline().model().selection().get().single().isPresent());
            user.until("the rows", () -> user.isVisible("grid"));
            user.picture("node-selected-light");
            assertTrue(user.isVisible("field-keys"));
        }
    }

    @Test
    void aFilterIsBuiltByMouseAndRun() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.command("file.new-pipeline");
            user.until("the canvas", () -> user.workbench().active().isPresent());
            user.pause(500).picture("empty-canvas-light");
            user.drag(user.middle("palette-file-source"), user.onCanvas(160, 120));
            user.until("a node", () -> user.pipeline().model().document().nodes().size() == 1);
            user.fill("field-path", "data/flights-3m.parquet");
            user.drag(user.middle("palette-filter"), user.onCanvas(460, 120));
            user.until("two nodes", () -> user.pipeline().model().document().nodes().size() == 2);
            user.drag(user.middle("port-file-source-1-out"), user.middle("port-filter-1-in"));
            user.until("an edge", () -> user.pipeline().model().document().edges().size() == 1);
            user.click("node-filter-1").fill("field-condition", "delay > 60");
            user.until(
                    "no problems",
                    () ->
                            user.pipeline().model().problems().isEmpty()
                                    && user.pipeline()
                                            .model()
                                            .analyses()
                                            .get()
                                            .containsKey("filter-1")
                                    && user.pipeline()
                                            .model()
                                            .analyses()
                                            .get()
                                            .get("filter-1")
                                            .schema()
                                            .isPresent());
            user.press(KeyCode.F5).untilRunEnds();
            user.pause(200).picture("built-by-mouse-light");
            assertEquals(
                    "delay > 60",
                    user.pipeline()
                            .model()
                            .document()
                            .node("filter-1")
                            .orElseThrow()
                            .config()
                            .get("condition"));
        }
    }

    @Test
    void aWrongColumnIsMarkedAtNodeFieldAndInProblems() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST)
                    .click("node-long-enough")
                    .fill("field-condition", "distnce >= 100");
            user.until("a problem", () -> !user.pipeline().model().problems().isEmpty());
            user.command("tool.problems");
            user.pause(300).picture("wrong-column-dark");
            String message = user.fx(() -> user.pipeline().model().problems().getFirst().message());
            assertTrue(message.contains("distnce"), message);
            user.fill("field-condition", "distance >= 100");
            user.until("no problem", () -> user.pipeline().model().problems().isEmpty());
        }
    }

    @Test
    void aNodeIsInsertedOnAnEdgeByDragging() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            Point2D edge =
                    user.middle("port-per-airport-out")
                            .midpoint(user.middle("port-busiest-first-in"));
            user.dragWithoutDrop(user.middle("palette-distinct"), edge)
                    .picture("drag-onto-edge-light");
            user.drop();
            user.until("the node", () -> user.pipeline().model().document().nodes().size() == 8);
            List<Edge> edges = user.fx(() -> user.pipeline().model().document().edges());
            assertTrue(edges.contains(Edge.of("per-airport", "distinct-1")), edges.toString());
            assertTrue(edges.contains(Edge.of("distinct-1", "busiest-first")), edges.toString());
        }
    }

    @Test
    void deletingHealsTheEdgeAndUndoBringsAllBack() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST);
            String before =
                    user.fx(() -> PipelineFile.print(user.pipeline().model().pipeline().get()));
            user.click("node-busiest-first").press(KeyCode.DELETE);
            user.until(
                    "the node gone", () -> user.pipeline().model().document().nodes().size() == 6);
            assertTrue(
                    user.fx(() ->
                            user.pipeline()
                                    .model()
                                    .document()
                                    .edges()
                                    .contains(Edge.of("per-airport", "top"))));
            user.pause(200).picture("deleted-dark");
            user.press(KeyCode.CONTROL, KeyCode.Z);
            user.until("undo", () -> user.pipeline().model().document().nodes().size() == 7);
            assertEquals(
                    before,
                    user.fx(() -> PipelineFile.print(user.pipeline().model().pipeline().get())));
            user.press(KeyCode.CONTROL, KeyCode.Y);
            user.until("redo", () -> user.pipeline().model().document().nodes().size() == 6);
        }
    }

    @Test
    void movingIsUndone() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            Point2D at = user.middle("node-airports");
            user.drag(at, at.add(40, 60));
            double moved =
                    user.fx(() ->
                            user.pipeline()
                                    .model()
                                    .pipeline()
                                    .get()
                                    .layout()
                                    .position("airports")
                                    .orElseThrow()
                                    .y());
            assertTrue(moved > 200, "" + moved);
            user.command("edit.undo");
            assertEquals(
                    176.0,
                    user.fx(() ->
                            user.pipeline()
                                    .model()
                                    .pipeline()
                                    .get()
                                    .layout()
                                    .position("airports")
                                    .orElseThrow()
                                    .y()));
        }
    }

    @Test
    void aConnectionDroppedInTheVoidOffersNodes() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            Point2D port = user.middle("port-airports-out");
            user.drag(port, port.add(40, 90));
            user.until("the list", () -> user.isVisible("chooser-list"));
            user.type("fil").picture("choose-node-light");
            user.press(KeyCode.ENTER);
            user.until(
                    "the node",
                    () -> user.pipeline().model().document().node("filter-1").isPresent());
            assertTrue(
                    user.fx(() ->
                            user.pipeline()
                                    .model()
                                    .document()
                                    .edges()
                                    .contains(Edge.of("airports", "filter-1"))));
        }
    }

    /// Enough rows that nobody waits for the end: some ten minutes of work.
    private static final String SLOW =
            """
            {
              "format": "vitrine-pipeline",
              "version": 1,
              "name": "slow",
              "nodes": [
                {"id": "numbers", "kind": "sql",
                 "config": {"query": "SELECT id, id % 1000 AS k FROM range(0, 100000000000)"}},
                {"id": "totals", "kind": "aggregate", "config": {
                  "groupBy": ["k"],
                  "aggregates": [{"name": "total", "expression": "sum(id)"}]}},
                {"id": "sorted", "kind": "sort",
                 "config": {"keys": [{"expression": "total", "descending": true}]}}
              ],
              "edges": [
                {"from": "numbers", "to": "totals"},
                {"from": "totals", "to": "sorted"}
              ]
            }
            """;

    @Test
    void aRunShowsProgressAndIsCancelled() throws IOException {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            Files.writeString(user.folder().resolve("pipelines/slow.pipeline.json"), SLOW);
            user.openFile("pipelines/slow.pipeline.json").press(KeyCode.F5);
            user.until("the run", () -> user.workbench().runs().anyRunning());
            user.until(
                    "rows on the edges",
                    () ->
                            user.pipeline().model().progress().get().nodes().values().stream()
                                    .anyMatch(node -> node.rows() > 1_000_000));
            user.picture("running-light");
            user.command("view.theme").pause(300).picture("running-dark");
            user.click("status-cancel").untilRunEnds();
            user.pause(200).picture("cancelled-dark");
            assertEquals(
                    Run.State.CANCELLED,
                    user.fx(() -> user.workbench().runs().all().getFirst().state()));
        }
    }

    @Test
    void aRubberBandSelectsAndCopiesAreText() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            Point2D from = user.middle("node-flights").add(-72, -50);
            Point2D to = user.middle("node-airports").add(80, 40);
            user.dragWithoutDrop(from, to).picture("rubber-band-light");
            user.drop();
            assertEquals(
                    3, user.fx(() -> user.pipeline().model().selection().get().nodes().size()));
            user.command("edit.copy");
            String text = user.fx(() -> Clipboard.getSystemClipboard().getString());
            assertTrue(
                    text.contains("\"flights-3m.parquet") || text.contains("flights-3m.parquet"),
                    text);
            user.command("edit.paste");
            user.until("copies", () -> user.pipeline().model().document().nodes().size() == 10);
        }
    }

    @Test
    void everyChangeIsSavedByItself() throws Exception {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-top").fill("field-rows", "7");
            user.until("the save", () -> saved(user).contains("\"rows\": 7"));
        }
    }

    @Test
    void undoSurvivesClosingTheWindow(@TempDir Path temporary) {
        Path folder = temporary.resolve("sample");
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile(BUSIEST).click("node-top").press(KeyCode.DELETE);
            user.until(
                    "the node gone", () -> user.pipeline().model().document().nodes().size() == 6);
        }
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile(BUSIEST);
            assertEquals(6, user.fx(() -> user.pipeline().model().document().nodes().size()));
            user.command("edit.undo");
            assertEquals(7, user.fx(() -> user.pipeline().model().document().nodes().size()));
        }
    }

    @Test
    void aDroppedFileBecomesASource() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST);
            java.io.File file = user.folder().resolve("data/weather.csv").toFile();
            user.fx(() -> {
                user.pipeline().addFiles(List.of(file));
                return file;
            });
            assertEquals(
                    "data/weather.csv",
                    user.fx(() ->
                            user.pipeline()
                                    .model()
                                    .document()
                                    .node("file-source-1")
                                    .orElseThrow()
                                    .config()
                                    .get("path")));
            user.pause(300).picture("dropped-file-dark");
        }
    }

    @Test
    void theContextMenuOffersWhatCanBeDone() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            user.robot().clickOn(user.middle("node-top"), MouseButton.SECONDARY);
            user.settle().press(KeyCode.ESCAPE);
            assertEquals(
                    "top",
                    user.fx(() -> user.pipeline().model().selection().get().single().orElse("")));
        }
    }

    private static String saved(Driver user) {
        try {
            return Files.readString(user.folder().resolve(BUSIEST));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aSqlNodeIsEditedWithColoursInBothThemes() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile("pipelines/strikes-by-state.pipeline.json").click("node-clean");
            user.until("the form", () -> user.isVisible("field-query"));
            user.pause(500).picture("sql-node-dark");
            user.command("view.theme").pause(300).picture("sql-node-light");
            user.robot().release(MouseButton.PRIMARY);
        }
    }

    @Test
    void expressionsAreCompletedWithColumnsAndFunctions() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-long-enough");
            user.until("the form", () -> user.isVisible("field-condition"));
            user.fill("field-condition", "dela");
            user.until("columns", () -> user.isVisible("completion"));
            user.pause(100).picture("expression-completion-light");
            user.press(KeyCode.ENTER).type(" > rou");
            user.until("functions", () -> user.isVisible("completion"));
            user.press(KeyCode.ENTER).type("1.5");
            user.press(KeyCode.ESCAPE);
            user.until(
                    "the condition",
                    () ->
                            "delay > round(1.5)"
                                    .equals(
                                            user.pipeline()
                                                    .model()
                                                    .document()
                                                    .node("long-enough")
                                                    .orElseThrow()
                                                    .config()
                                                    .get("condition")));
        }
    }

    @Test
    void aQuerysInputsAreCompletedInItsForm() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile("pipelines/strikes-by-state.pipeline.json").click("node-clean");
            user.until("the form", () -> user.isVisible("field-query"));
            user.fill("field-query", "SELECT * FROM inp");
            user.until("the input", () -> user.isVisible("completion"));
            user.press(KeyCode.ENTER);
            user.until(
                    "the query",
                    () ->
                            "SELECT * FROM input1"
                                    .equals(
                                            user.pipeline()
                                                    .model()
                                                    .document()
                                                    .node("clean")
                                                    .orElseThrow()
                                                    .config()
                                                    .get("query")));
        }
    }

    @Test
    void codeOfADocumentRunsOnceItIsAllowed() throws IOException {
        String pipeline =
                """
                {"format": "vitrine-pipeline", "version": 1, "name": "Foreign", "nodes": [
                  {"id": "rows", "kind": "inline-rows", "config": {"rows": "a\\n'hello world'\\n"}},
                  {"id": "code", "kind": "java", "config": {"arguments": ["a"], "as": "short",
                    "source": "public class Shorter implements dev.vitrine.engine.api.UDF1<String, String> {\\n  public String call(String s) {\\n    return s.substring(0, 5);\\n  }\\n}"}}],
                 "edges": [{"from": "rows", "to": "code"}]}
                """;
        try (Driver user = Driver.open(Engines.local(), "light")) {
            Files.writeString(user.folder().resolve("pipelines/foreign.pipeline.json"), pipeline);
            user.openFile("pipelines/foreign.pipeline.json").click("node-code");
            user.until("the question", () -> user.isVisible("field-source-allow"));
            user.pause(800).picture("foreign-code-light");
            user.click("field-source-allow");
            user.until("no question", () -> !user.isVisible("field-source-allow"));
            user.press(KeyCode.F5).untilRunEnds();
            user.pause(500).picture("foreign-code-allowed-light");
        }
    }

    @Test
    void theMinimapShowsAllAndMovesTheView() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).press(KeyCode.M);
            user.until("the minimap", () -> user.isVisible("minimap"));
            user.command("canvas.zoom-in").command("canvas.zoom-in").command("canvas.zoom-in");
            user.click("node-with-airport").pause(300).picture("minimap-light");
            Bounds map = user.bounds("minimap");
            double before = user.bounds("node-top").getMinX();
            user.drag(
                    new Point2D(map.getMinX() + 20, map.getCenterY()),
                    new Point2D(map.getMaxX() - 20, map.getCenterY()));
            assertTrue(user.bounds("node-top").getMinX() < before - 100);
            user.command("view.theme").pause(300).picture("minimap-dark");
            user.press(KeyCode.M);
            user.until("no minimap", () -> !user.isVisible("minimap"));
        }
    }
}
