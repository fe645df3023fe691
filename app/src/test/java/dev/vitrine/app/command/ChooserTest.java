package dev.vitrine.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class ChooserTest {
    @Test
    void wordsMayBeginAnywhereAndBetterAnswersScoreLess() {
        assertEquals(0, score("zoom", "Zoom to fit"));
        assertTrue(score("fit", "Zoom to fit") < score("fit", "Outfitter"));
        assertTrue(score("zf", "Zoom to fit") > 0);
        assertEquals(-1, score("xyz", "Zoom to fit"));
    }

    private static int score(String typed, String title) {
        return Chooser.score(typed, new Chooser.Choice(title, "", "", new Region(), () -> {}))
                .orElse(-1);
    }
}
