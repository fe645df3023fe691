package dev.vitrine.connectors.file;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/// Dates and times as text files hold them.
public final class TextValues {
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter();

    private TextValues() {}

    /// `2024-02-29`.
    public static String date(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    /// `2024-02-29T12:30:00.5`, and `Z` after it where it is an instant.
    public static String timestamp(long micros, boolean instant) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                        ZoneOffset.UTC);
        return instant ? LOCAL.format(time) + "Z" : LOCAL.format(time);
    }
}
