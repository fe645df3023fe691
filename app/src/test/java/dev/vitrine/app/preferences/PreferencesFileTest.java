package dev.vitrine.app.preferences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesFileTest {
    @TempDir Path folder;

    @Test
    void whatIsWrittenIsRead() {
        PreferencesFile file = new PreferencesFile(folder.resolve("p.json"));
        Preferences changed = Preferences.DEFAULTS.with(new Preferences.Appearance("dark", 125));
        file.write(changed);
        assertEquals(changed, file.read());
    }

    @Test
    void whatIsMissingHasItsDefaultAndWhatIsUnknownIsKept() throws IOException {
        Path path = folder.resolve("p.json");
        Files.writeString(path, "{\"appearance\": {\"theme\": \"dark\"}, \"future\": [1]}");
        PreferencesFile file = new PreferencesFile(path);
        Preferences read = file.read();
        assertEquals("dark", read.appearance().theme());
        assertEquals(100, read.appearance().scalePercent());
        file.write(read);
        assertTrue(Files.readString(path).contains("\"future\""));
    }

    @Test
    void anUnreadableFileCountsAsNone() throws IOException {
        Path path = folder.resolve("p.json");
        Files.writeString(path, "{");
        assertEquals(Preferences.DEFAULTS, new PreferencesFile(path).read());
    }
}
