package dev.vitrine.app.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockLayoutTest {
    private static final DockLayout LAYOUT =
            new DockLayout(
                    new DockLayout.Split(
                            false,
                            List.of(
                                    new DockLayout.Tabs("", List.of("plan", "log"), "log"),
                                    new DockLayout.Split(
                                            true,
                                            List.of(
                                                    new DockLayout.Editors(),
                                                    new DockLayout.Tabs(
                                                            "BOTTOM", List.of("runs"), "runs")),
                                            List.of(0.7))),
                            List.of(0.25)),
                    List.of(
                            new DockLayout.Floating(
                                    10, 20, 300, 200, List.of("problems"), "problems")));

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("layout.json"), LAYOUT.print());
        assertEquals(Optional.of(LAYOUT), DockLayout.read(file));
    }

    @Test
    void whatIsDamagedOrHasNoPlaceForEditorsCountsAsNone() throws IOException {
        Path file = folder.resolve("layout.json");
        assertEquals(Optional.empty(), DockLayout.read(file));
        String text = LAYOUT.print();
        for (int length = 0; length < text.stripTrailing().length(); length += 7) {
            Files.writeString(file, text.substring(0, length));
            assertEquals(Optional.empty(), DockLayout.read(file), "cut at " + length);
        }
        Files.writeString(file, text.replace("\"editors\"", "\"something\""));
        assertEquals(Optional.empty(), DockLayout.read(file));
        DockLayout without =
                new DockLayout(new DockLayout.Split(false, List.of(), List.of()), List.of());
        Files.writeString(file, without.print());
        assertEquals(Optional.empty(), DockLayout.read(file));
    }
}
