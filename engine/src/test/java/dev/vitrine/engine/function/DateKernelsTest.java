package dev.vitrine.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Calendar arithmetic beside that of `java.time`.
final class DateKernelsTest {
    private static void assertSame(int days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        String text = date.toString();
        assertEquals(date.getYear(), DateKernels.year(days), text);
        assertEquals(date.getMonthValue(), DateKernels.month(days), text);
        assertEquals(date.getDayOfMonth(), DateKernels.day(days), text);
        assertEquals(date.getDayOfYear(), DateKernels.dayOfYear(days), text);
        assertEquals(date.getDayOfWeek().getValue() - 1, DateKernels.weekday(days), text);
        assertEquals(
                date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), DateKernels.weekOfYear(days), text);
    }

    @Property(tries = 2_000)
    void anyDay(@ForAll int days) {
        assertSame(days);
    }

    @Example
    void everyDayOfFourHundredYears() {
        for (int days = 0; days < 146_097; days++) {
            assertSame(days);
        }
    }
}
