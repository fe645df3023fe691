package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.command.Command;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void theLayoutIsTheSameAfterARestart(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("sample");
        Bounds inspector;
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            user.press(KeyCode.ALT, KeyCode.DIGIT1);
            user.until("the left top gone", () -> !user.isVisible("project"));
            user.fx(() -> {
                user.workbench().moveTool("outline", "inspector");
                user.workbench().moveTool("plan", "palette");
                return 0;
            });
            user.until("the plan on the left", () -> user.bounds("plan").getMaxX() < 400);
            Bounds edge = user.bounds("results");
            user.moveDivider("results", -80);
            user.fx(() -> {
                user.workbench().showTool("log");
                user.workbench().floatTool("problems");
                return 0;
            });
            user.pause(300).picture("layout-changed-light");
            inspector = user.bounds("outline");
            assertTrue(user.bounds("log").getHeight() > edge.getHeight() + 40);
        }
        String saved = Files.readString(folder.resolve(".vitrine/layout.json"));
        assertTrue(saved.contains("\"problems\""), saved);
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            user.pause(500).picture("layout-restored-light");
            assertFalse(user.isVisible("project"));
            assertTrue(user.isVisible("plan"));
            assertTrue(user.isVisible("log"));
            assertEquals(inspector.getMinX(), user.bounds("outline").getMinX(), 2);
            assertEquals(inspector.getHeight(), user.bounds("outline").getHeight(), 2);
            assertTrue(user.bounds("plan").getMaxX() < 400);
            assertEquals(List.of("problems"), user.fx(user::floating));
            user.closeFloating();
            assertEquals(List.of(), user.fx(user::floating));
            user.command("tool.problems").until("it is back", () -> user.isVisible("problems"));
            user.command("view.reset");
            user.until("all back", () -> user.isVisible("project"));
            user.pause(300).picture("layout-default-light");
            assertTrue(user.bounds("results").getWidth() > 600);
        }
    }

    @Test
    void settingsAreFoundAndCountAtOnce() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile("pipelines/crowded-routes.pipeline.json");
            user.press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.S);
            user.until("the page", () -> user.isVisible("settings"));
            user.pause(200).picture("settings-appearance-light");
            user.fx(() -> {
                user.field("setting-font-size").setText("16");
                return 0;
            });
            user.pause(400).picture("settings-large-light");
            assertEquals(123, user.workbench().preferences().appearance().scalePercent());
            user.fx(() -> {
                user.field("setting-font-size").setText("13");
                return 0;
            });
            user.click("settings-search").type("record");
            user.until("one page", () -> !user.exists("settings-appearance"));
            user.click("settings-runs")
                    .until("its form", () -> user.isVisible("setting-keep-runs"));
            user.fill("setting-keep-runs", "12");
            assertEquals(12, user.workbench().preferences().recording().runs());
            user.fill("setting-keep-runs", "0");
            user.pause(200).picture("settings-runs-light");
            assertEquals(12, user.workbench().preferences().recording().runs());
            user.command("view.theme").fill("settings-search", "key");
            user.click("settings-keymap").fill("keymap-search", "ctrl+shift");
            user.pause(300).picture("settings-keymap-dark");
            user.fill("settings-search", "theme").click("settings-appearance");
            user.pause(300).picture("settings-appearance-dark");
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
