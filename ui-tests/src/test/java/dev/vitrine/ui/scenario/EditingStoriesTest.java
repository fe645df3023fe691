package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.run.Run;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// How people put a canvas in order.
class EditingStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @Test
    void aNodeIsFoundByTypingAndSelected() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).press(KeyCode.SHORTCUT, KeyCode.F);
            user.until("the list", () -> user.isVisible("chooser-field"));
            user.type("per air").pause(200).picture("find-node-light").press(KeyCode.ENTER);
            assertEquals(
                    "per-airport",
                    user.fx(() -> user.pipeline().model().selection().get().single().orElse("")));
        }
    }

    @Test
    void nodesAreAlignedAndThatIsUndone() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).press(KeyCode.SHORTCUT, KeyCode.A);
            user.press(KeyCode.SHORTCUT, KeyCode.ALT, KeyCode.UP);
            user.until(
                    "the save",
                    () ->
                            saved(user).layout().positions().values().stream()
                                    .map(Position::y)
                                    .distinct()
                                    .toList()
                                    .equals(List.of(48.0)));
            user.command("edit.undo");
            user.until(
                    "the old places",
                    () -> places(user).stream().map(Position::y).distinct().count() == 3);
        }
    }

    @Test
    void aNoteIsWrittenShownAndSaved() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-top").fill("field-note", "Ask Kim before raising");
            user.until(
                    "the save",
                    () ->
                            saved(user)
                                    .document()
                                    .node("top")
                                    .orElseThrow()
                                    .note()
                                    .equals("Ask Kim before raising"));
            assertTrue(user.isVisible("note-top"));
            user.pause(200).picture("note-light");
            user.command("view.theme").pause(200).picture("note-dark");
        }
    }

    @Test
    void aCopyIsPastedWithTheInputOfItsOriginal() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("node-per-airport");
            user.command("edit.copy").command("edit.paste-connected");
            user.until(
                    "the save",
                    () ->
                            saved(user)
                                    .document()
                                    .edges()
                                    .contains(Edge.of("with-airport", "aggregate-1")));
            user.click("node-busiest-first").command("edit.copy").command("edit.paste");
            user.until("the copy", () -> saved(user).document().node("sort-1").isPresent());
            assertEquals(List.of(), saved(user).document().inputs("sort-1"));
        }
    }

    @Test
    void aDisabledNodePassesItsInputOn() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile(BUSIEST).click("node-top");
            user.press(KeyCode.SHORTCUT, KeyCode.SLASH);
            user.until(
                    "the save", () -> saved(user).document().node("top").orElseThrow().disabled());
            user.until("its input's rows", () -> user.isVisible("preview-output"));
            user.until("the same rows on both sides", () -> user.isVisible("preview-same"));
            user.pause(200).picture("disabled-dark");
            user.press(KeyCode.F5).untilRunEnds();
            assertEquals(
                    Run.State.SUCCEEDED,
                    user.fx(() -> user.workbench().runs().all().getFirst().state()));
        }
    }

    private static List<Position> places(Driver user) {
        return List.copyOf(saved(user).layout().positions().values());
    }

    private static Pipeline saved(Driver user) {
        return PipelineFile.read(user.folder().resolve(BUSIEST));
    }
}
