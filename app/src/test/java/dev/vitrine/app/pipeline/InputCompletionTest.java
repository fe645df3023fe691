package dev.vitrine.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.sql.EngineSqlLanguage;
import dev.vitrine.app.sql.SqlLanguage.Candidate;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputCompletionTest {
    private static final Schema FLIGHTS =
            new Schema(
                    List.of(Field.of("delay", DataType.BIGINT), Field.of("a b", DataType.STRING)));
    private static final Schema PLACES = new Schema(List.of(Field.of("delivery", DataType.DATE)));

    @Test
    void anExpressionKnowsTheColumnsOfAllInputs() {
        assertEquals(
                List.of("delay", "delivery"), labels(List.of(FLIGHTS, PLACES), true, "1 + del|"));
        Candidate quoted = complete(List.of(FLIGHTS), true, "x = a|").getFirst();
        assertEquals("`a b`", quoted.insert());
        assertEquals(4, quoted.start());
    }

    @Test
    void anExpressionKnowsFunctionsWhereNoColumnIsKnown() {
        assertTrue(labels(List.of(), true, "roun|").contains("round"));
        assertTrue(labels(List.of(new Schema(List.of())), true, "roun|").contains("round"));
    }

    @Test
    void aQueryKnowsItsInputsAlsoAfterItsOwnCommonTables() {
        assertEquals("input1", labels(List.of(FLIGHTS), false, "SELECT * FROM inp|").getFirst());
        String with = "  WITH c AS (SELECT 1 AS x) SELECT del| FROM input1, c";
        assertEquals(List.of("delay"), labels(List.of(FLIGHTS), false, with));
        assertEquals(
                with.indexOf("del"), complete(List.of(FLIGHTS), false, with).getFirst().start());
        assertEquals(List.of(), labels(List.of(FLIGHTS), false, "WI|TH c AS (SELECT 1) SELECT 1"));
    }

    private static List<String> labels(List<Schema> inputs, boolean expression, String text) {
        return complete(inputs, expression, text).stream().map(Candidate::label).toList();
    }

    private static List<Candidate> complete(List<Schema> inputs, boolean expression, String text) {
        try (LocalSession session = LocalSession.open(Settings.defaults())) {
            return new InputCompletion(new EngineSqlLanguage(session), inputs, expression)
                    .complete(text.replace("|", ""), text.indexOf('|'));
        }
    }
}
