package dev.vitrine.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private final Times times = new Times(Optional.empty(), Optional.empty(), ZoneOffset.UTC);

    private int date(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return times.date(bytes, 0, bytes.length);
    }

    @Test
    void everyDayOfFiveCenturies() {
        LocalDate last = LocalDate.of(2301, 1, 1);
        for (LocalDate day = LocalDate.of(1799, 12, 30);
                day.isBefore(last);
                day = day.plusDays(1)) {
            assertEquals(day.toEpochDay(), date(day.toString()), day.toString());
            assertFalse(times.failed(), day.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"2024-2-9, 19762", "0001-01-01, -719162", "12024-01-01, 3672148"})
    void looserForms(String text, int day) {
        assertEquals(day, date(text));
        assertFalse(times.failed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29",
                "1900-02-29",
                "2024-04-31",
                "2024-13-01",
                "2024-00-10",
                "2024-01-00",
                "2024-01-32",
                "2024x01-01",
                "2024-01x01",
                "20a4-01-01",
                "2024-01-0\u00e9",
                "2024/01/01",
                "1850-02-29",
                "24-01-01",
                ""
            })
    void noDates(String text) {
        date(text);
        assertTrue(times.failed(), text);
    }
}
