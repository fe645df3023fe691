package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.command.Command;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What people do with the window itself.
class WindowStoriesTest {
    @Test
    void thePaletteFindsAndRunsACommand() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            user.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
            user.until("the palette", () -> user.isVisible("chooser-list"));
            user.picture("command-palette-light");
            user.type("dark").press(KeyCode.ENTER);
            user.until(
                    "the dark theme",
                    () -> user.workbench().preferences().appearance().theme().equals("dark"));
            user.pause(300).picture("crowded-routes-dark");
        }
    }

    @Test
    void goToOpensAFile() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            user.press(KeyCode.CONTROL, KeyCode.K);
            user.until("the list", () -> user.isVisible("chooser-list"));
            user.type("delays").picture("go-to-dark").press(KeyCode.ENTER);
            user.until(
                    "the file",
                    () -> user.workbench().active().orElseThrow().title().equals("delays.sql"));
        }
    }

    @Test
    void toolWindowsHideAndComeBack() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            assertTrue(user.isVisible("results"));
            user.press(KeyCode.ALT, KeyCode.DIGIT5);
            user.until("results gone", () -> !user.isVisible("results"));
            user.press(KeyCode.ALT, KeyCode.DIGIT4);
            user.until("inspector gone", () -> !user.isVisible("inspector"));
            user.pause(200).picture("tools-hidden-light");
            user.command("view.reset");
            user.until("all back", () -> user.isVisible("results") && user.isVisible("inspector"));
            user.pause(200).picture("layout-reset-light");
        }
    }

    @Test
    void everyCommandHasATitleAndAPlace() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            for (Command command : user.workbench().commands().all()) {
                String title = user.fx(() -> command.title().get());
                assertFalse(title.isBlank() || title.startsWith("!"), command.id());
                assertFalse(command.menu().isBlank(), command.id());
            }
            assertEquals("F5", user.workbench().commands().keyText("run.run"));
        }
    }
}
