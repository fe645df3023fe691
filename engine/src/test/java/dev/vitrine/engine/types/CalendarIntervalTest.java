package dev.vitrine.engine.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalendarIntervalTest {
    private static CalendarInterval parsed(String text) {
        return CalendarInterval.parse(text).orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void textIsReadPartByPart() {
        assertEquals(new CalendarInterval(14, 0, 0), parsed("1 year 2 months"));
        assertEquals(
                new CalendarInterval(0, 13, -3_600_000_000L), parsed("2 weeks -1 day -1 hours"));
        assertEquals(new CalendarInterval(0, 0, -2_500_000), parsed("  INTERVAL -2.5 seconds "));
        assertEquals(new CalendarInterval(0, 0, 1_001), parsed("1 millisecond 1 microsecond"));
    }

    @Test
    void whatIsNoIntervalIsNone() {
        for (String text :
                List.of(
                        "",
                        " ",
                        "interval",
                        "1",
                        "day",
                        "1.5 days",
                        "1 fortnight",
                        "1 day 2",
                        "999999999 years")) {
            assertEquals(Optional.empty(), CalendarInterval.parse(text), text);
        }
    }

    @Test
    void partsKeepTheirSignsInText() {
        assertEquals("0 seconds", new CalendarInterval(0, 0, 0).toString());
        assertEquals(
                "-1 years -2 months 3 days -1 hours -30 minutes -0.000001 seconds",
                new CalendarInterval(-14, 3, -5_400_000_001L).toString());
    }

    @Test
    void partsDoNotTurnIntoOneAnother() {
        CalendarInterval half = new CalendarInterval(1, 1, 1).times(0.5);
        assertEquals(new CalendarInterval(0, 0, 1), half);
        assertEquals(
                new CalendarInterval(-3, -4, -6),
                new CalendarInterval(1, 2, 3).times(-2).plus(new CalendarInterval(-1, 0, 0)));
        assertThrows(
                ArithmeticException.class,
                () ->
                        new CalendarInterval(Integer.MAX_VALUE, 0, 0)
                                .plus(new CalendarInterval(1, 0, 0)));
        assertThrows(
                ArithmeticException.class,
                () -> new CalendarInterval(Integer.MIN_VALUE, 0, 0).negated());
        assertThrows(
                ArithmeticException.class, () -> new CalendarInterval(0, 0, 1).times(Double.NaN));
    }
}
