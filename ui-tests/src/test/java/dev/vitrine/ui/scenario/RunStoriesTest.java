package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.run.LiveRun;
import dev.vitrine.app.run.RecordedRun;
import dev.vitrine.app.run.Run;
import dev.vitrine.app.run.RunEditor;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do with runs of yesterday.
class RunStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @TempDir Path temporary;

    @Test
    void aRunIsThereAfterARestartAndShowsAllItDid() {
        Path folder = temporary.resolve("sample");
        QuerySnapshot live;
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile(BUSIEST).press(KeyCode.F5).untilRunEnds();
            user.openFile("queries/delays.sql").command("run.statement").untilRunEnds();
            live = snapshot(user.fx(() -> user.workbench().runs().all().getLast()));
        }
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.until("the runs", () -> user.workbench().runs().all().size() == 2);
            user.command("tool.runs").until("the list", () -> user.isVisible("run-1"));
            user.picture("runs-recorded-light").doubleClick("run-1");
            user.until("its tab", () -> active(user) instanceof RunEditor);
            user.pause(400).picture("run-replayed-light");
            RunEditor tab = tab(user);
            assertTrue(tab.run() instanceof RecordedRun);
            assertEquals(Run.State.SUCCEEDED, user.fx(() -> tab.run().state()));
            assertEquals(live, snapshot(tab.run()));
            for (String tool : List.of("optimizer", "stages", "code")) {
                user.fx(() -> {
                    user.workbench().showTool(tool);
                    return tool;
                });
                user.pause(300).picture("run-replayed-" + tool + "-light");
            }
            user.command("view.theme").command("tool.runs");
            user.pause(300).picture("run-replayed-dark");
        }
    }

    @Test
    void aDamagedRecordingSaysSoAndShowsTheRest() throws IOException {
        Path folder = temporary.resolve("sample");
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.openFile(BUSIEST).press(KeyCode.F5).untilRunEnds();
        }
        Path recording = recording(folder);
        List<String> lines = Files.readAllLines(recording);
        lines.set(4, lines.get(4).substring(20));
        String last = lines.removeLast();
        Files.writeString(
                recording, String.join("\n", lines) + "\n" + last.substring(0, last.length() / 2));
        try (Driver user = Driver.open(Engines.local(), "dark", folder)) {
            user.until("the run", () -> user.workbench().runs().all().size() == 1);
            assertEquals(
                    Run.State.INTERRUPTED,
                    user.fx(() -> user.workbench().runs().all().getFirst().state()));
            user.command("tool.runs").until("the list", () -> user.isVisible("run-0"));
            user.click("run-0").press(KeyCode.ENTER);
            user.until("its tab", () -> active(user) instanceof RunEditor);
            user.until("the warning", () -> user.isVisible("notice-warning"));
            user.pause(300).picture("run-damaged-dark");
            assertEquals(
                    List.of(5, lines.size() + 1),
                    user.fx(() -> ((RecordedRun) tab(user).run()).damagedLines()));
        }
    }

    @Test
    void aFileThatIsNoRecordingIsExplained() throws IOException {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            Path file = user.folder().resolve("broken.run.jsonl");
            Files.writeString(file, "not a recording\n");
            user.openFile("broken.run.jsonl");
            user.until("the message", () -> user.isVisible("notice-error"));
            user.pause(200).picture("run-unreadable-light");
        }
    }

    @Test
    void nothingIsRecordedWhereThatIsSwitchedOff() throws IOException {
        Path folder = temporary.resolve("sample");
        try (Driver user = Driver.open(Engines.local(), "light", folder)) {
            user.command("file.settings").until("the page", () -> user.isVisible("settings"));
            user.click("settings-runs").click("setting-record");
            user.openFile("queries/delays.sql").command("run.statement").untilRunEnds();
            Run run = user.fx(() -> user.workbench().runs().all().getFirst());
            assertTrue(run instanceof LiveRun);
            assertTrue(user.fx(() -> run.recording().isEmpty()));
        }
        assertFalse(Files.exists(folder.resolve(".vitrine/runs")));
    }

    private static @Nullable Editor active(Driver user) {
        return user.workbench().active().orElse(null);
    }

    private static RunEditor tab(Driver user) {
        return assertInstanceOf(RunEditor.class, active(user));
    }

    private static QuerySnapshot snapshot(Run run) {
        return run.snapshot().get().orElseThrow();
    }

    private static Path recording(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".vitrine/runs"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
