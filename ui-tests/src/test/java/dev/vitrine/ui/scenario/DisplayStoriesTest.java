package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What needs a real display: files that are dragged from another window, and keys held while the
/// mouse does something.
@Tag("display")
class DisplayStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @Test
    void aFileDraggedFromAnotherWindowBecomesASource() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            File file = user.folder().resolve("data/weather.csv").toFile();
            Stage desktop = user.fx(() -> fileManager(file));
            try {
                user.pause(300);
                Point2D from = user.fx(() -> new Point2D(desktop.getX() + 60, desktop.getY() + 60));
                Point2D to = user.onCanvas(420, 330);
                user.dragSlowly(from, to).picture("native-drag-over-light");
                user.drop();
                user.until(
                        "the source",
                        () -> user.pipeline().model().document().node("file-source-1").isPresent());
            } finally {
                user.fx(() -> {
                    desktop.hide();
                    return desktop;
                });
            }
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
            // It stands where it was dropped, and its columns are known.
            assertTrue(
                    user.bounds("node-file-source-1").contains(user.onCanvas(440, 350)),
                    user.bounds("node-file-source-1").toString());
            user.until(
                    "its columns",
                    () -> {
                        var analysis =
                                user.pipeline().model().analyses().get().get("file-source-1");
                        return analysis != null && analysis.schema().isPresent();
                    });
            user.pause(300).picture("native-drop-light");
        }
    }

    /// A window with something in it that is dragged out as a file, as file managers do.
    private static Stage fileManager(File file) {
        StackPane icon = new StackPane(new Label(file.getName()));
        icon.setOnDragDetected(event -> {
            icon.startDragAndDrop(TransferMode.COPY)
                    .setContent(Map.of(DataFormat.FILES, List.of(file)));
            event.consume();
        });
        Stage stage = new Stage();
        stage.setScene(new Scene(icon, 160, 120));
        stage.setX(1360);
        stage.setY(40);
        stage.setAlwaysOnTop(true);
        stage.show();
        return stage;
    }

    @Test
    void shiftSelectsMoreAndControlDraggingCopies() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST).click("node-flights");
            user.robot().press(KeyCode.SHIFT);
            user.click("node-long-enough").click("node-airports").click("node-airports");
            user.robot().release(KeyCode.SHIFT);
            assertEquals(
                    Set.of("flights", "long-enough"),
                    user.fx(() -> user.pipeline().model().selection().get().nodes()));
            Point2D from = user.middle("node-flights");
            user.robot().press(KeyCode.CONTROL);
            user.dragSlowly(from, from.add(30, 230)).picture("copy-by-dragging-dark");
            user.robot().release(MouseButton.PRIMARY).release(KeyCode.CONTROL);
            user.until("copies", () -> user.pipeline().model().document().nodes().size() == 9);
            user.pause(300).picture("copied-by-dragging-dark");
            assertEquals(
                    2, user.fx(() -> user.pipeline().model().selection().get().nodes().size()));
            assertTrue(
                    user.fx(() ->
                            user.pipeline().model().selection().get().nodes().stream()
                                    .noneMatch(Set.of("flights", "long-enough")::contains)));
            assertEquals(from, user.middle("node-flights"));
            user.command("edit.undo");
            assertEquals(7, user.fx(() -> user.pipeline().model().document().nodes().size()));
        }
    }
}
