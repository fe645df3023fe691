package dev.vitrine.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompatibilityCommandTest {
    @Test
    void formsAreAskedOfTheParser() throws Exception {
        String text = CompatibilityCommand.syntax();
        assertTrue(text.contains("| DISTINCT | yes | `SELECT DISTINCT a FROM t` |"), text);
        assertTrue(text.contains("| MERGE | **missing** |"), text);
        assertTrue(text.contains("| Arrays, maps, structs | yes | `ARRAY<MAP<"), text);
    }

    @Test
    void methodsAreLookedForInTheApi() throws Exception {
        String text = ApiMethods.sections();
        String column =
                text.lines().filter(l -> l.startsWith("| `Column` |")).findFirst().orElseThrow();
        assertTrue(column.contains("without metadata"), column);
        String frame =
                text.lines().filter(l -> l.startsWith("| `Dataset` |")).findFirst().orElseThrow();
        assertTrue(frame.contains("`sample`: not with replacement"), frame);
        assertTrue(frame.contains("`observe`"), frame);
        assertFalse(frame.contains("`unpivot`"), frame);
    }

    @Test
    void thePageKeepsWhatIsOutsideTheMarks(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "before\n<!-- generated -->\nold\n<!-- /generated -->\nafter\n");
        int code = new CommandLine(new CompatibilityCommand()).execute("--page", page.toString());
        assertEquals(0, code);
        String text = Files.readString(page);
        assertTrue(text.startsWith("before\n<!-- generated -->\n## Queries\n"), text);
        assertTrue(text.endsWith("<!-- /generated -->\nafter\n"), text);
        assertTrue(text.contains("| `abs(expr)` |") || text.contains("abs("), text);
    }
}
