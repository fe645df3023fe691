package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What people do in a SQL file and with its results.
class SqlStoriesTest {
    private static final String DELAYS = "queries/delays.sql";

    @Test
    void theStatementAtTheCaretRunsAndItsRowsAreCopied() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(DELAYS);
            user.fx(() -> {
                user.sql().area().moveTo(user.sql().area().getText().indexOf("FROM airports"));
                return 0;
            });
            user.pause(300).press(KeyCode.CONTROL, KeyCode.ENTER).untilRunEnds();
            user.until("rows", () -> user.isVisible("grid"));
            user.pause(200).picture("sql-result-light");
            user.click("grid").press(KeyCode.CONTROL, KeyCode.A).press(KeyCode.CONTROL, KeyCode.C);
            user.pause(300);
            String copied = user.fx(() -> Clipboard.getSystemClipboard().getString());
            assertTrue(copied.lines().count() > 5, copied);
            user.picture("results-selected-light");
        }
    }

    @Test
    void completionKnowsTablesColumnsAndFunctions() {
        try (Driver user = Driver.open(Engines.local(), "dark")) {
            user.command("file.new-query");
            user.until("the editor", () -> user.workbench().active().isPresent());
            user.pause(500).type("SELECT * FROM air");
            user.until("the list", () -> user.isVisible("completion"));
            user.picture("completion-table-dark");
            user.press(KeyCode.ENTER);
            assertEquals("SELECT * FROM airports", user.fx(() -> user.sql().area().getText()));
            user.type(" WHERE lat");
            user.until("columns", () -> user.isVisible("completion"));
            user.press(KeyCode.TAB).type(" > rou");
            user.until("functions", () -> user.isVisible("completion"));
            user.pause(100).picture("completion-function-dark");
            user.press(KeyCode.ESCAPE);
        }
    }

    @Test
    void aWrongColumnIsUnderlinedWhileTyping() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.command("file.new-query");
            user.until("the editor", () -> user.workbench().active().isPresent());
            user.pause(500).type("SELECT oops FROM airports").press(KeyCode.ESCAPE);
            user.until("the squiggle", () -> !user.sql().area().errors().isEmpty());
            user.command("tool.problems");
            user.pause(300).picture("squiggle-light");
            assertEquals(7, user.fx(() -> user.sql().area().errors().getFirst().range().start()));
        }
    }

    @Test
    void aQueryIsReformattedAndTheCaretStaysAtItsWord() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.command("file.new-query");
            user.until("the editor", () -> user.workbench().active().isPresent());
            String typed =
                    "select name,city from airports where lat>40 and iata in(select origin from routes)";
            user.fx(() -> {
                user.sql().area().replaceText(typed);
                user.sql().area().moveTo(typed.indexOf("lat"));
                return 0;
            });
            user.pause(300).press(KeyCode.CONTROL, KeyCode.ALT, KeyCode.L);
            String formatted = user.fx(() -> user.sql().area().getText());
            assertEquals(
                    """
                    SELECT name, city
                    FROM airports
                    WHERE lat > 40
                      AND iata IN (
                        SELECT origin
                        FROM routes
                      )\
                    """,
                    formatted);
            assertEquals(
                    formatted.indexOf("lat"),
                    user.fx(() -> user.sql().area().getCaretPosition()),
                    1);
            user.pause(300).picture("reformatted-light");
            user.command("edit.undo");
            assertEquals(typed, user.fx(() -> user.sql().area().getText()));
        }
    }
}
