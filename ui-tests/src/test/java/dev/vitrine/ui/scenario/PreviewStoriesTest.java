package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.pipeline.PreviewSample;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.IOException;
import java.nio.file.Files;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What a selected node shows of its rows.
class PreviewStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @Test
    void aNodesRowsStandBesideThoseOfItsInput() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-per-airport");
            user.until("the columns that go", () -> user.isVisible("preview-removed"));
            assertTrue(user.isVisible("preview-input"));
            assertTrue(user.isVisible("preview-output"));
            assertTrue(user.isVisible("preview-added"));
            user.pause(200).picture("preview-compared-light");
            user.command("view.theme").pause(200).picture("preview-compared-dark");
            user.click("preview-compare");
            user.until("the output alone", () -> !user.isVisible("preview-input"));
        }
    }

    @Test
    void aJoinIsPreviewedWithRandomRowsChosenByKey() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST).click("node-with-airport");
            user.until("both inputs", () -> user.isVisible("preview-input"));
            Node first = user.fx(() -> user.workbench().root().lookup("#preview-pane"));
            user.click("preview-mode").press(KeyCode.DOWN).press(KeyCode.ENTER);
            user.until(
                    "other rows", () -> user.workbench().root().lookup("#preview-pane") != first);
            assertEquals(
                    PreviewSample.Mode.RANDOM,
                    user.fx(() ->
                            ((ComboBox<?>) user.workbench().root().lookup("#preview-mode"))
                                    .getValue()));
            assertTrue(user.isVisible("preview-output"));
            user.pause(200).picture("preview-random-dark");
        }
    }

    @Test
    void aSinkIsPreviewedAndNotRun() throws IOException {
        String pipeline =
                """
                {"format": "vitrine-pipeline", "version": 1, "name": "Writes", "nodes": [
                  {"id": "rows", "kind": "inline-rows", "config": {"rows": "a\\n1\\n2\\n"}},
                  {"id": "write", "kind": "file-sink", "config": {"path": "written"}}],
                 "edges": [{"from": "rows", "to": "write"}]}
                """;
        try (Driver user = Driver.open(Engines.local(), "light")) {
            Files.writeString(user.folder().resolve("pipelines/writes.pipeline.json"), pipeline);
            user.openFile("pipelines/writes.pipeline.json").click("node-write");
            user.until("the badge", () -> user.isVisible("preview-safe"));
            user.pause(300).picture("preview-sink-light");
            assertFalse(Files.exists(user.folder().resolve("written")));
            user.press(KeyCode.F5).untilRunEnds();
            assertTrue(Files.exists(user.folder().resolve("written")));
        }
    }
}
