package dev.vitrine.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final int RANDOM_NUMBERS = 20_000;

    private final Numbers numbers = new Numbers();

    /// The number stands between others, or at the very end of the array.
    private static byte[] bytes(String text, boolean atEnd) {
        return ("77" + text + (atEnd ? "" : "9,.12345678")).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void wholeNumbersOfEveryLength() {
        Random random = new Random(1);
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            String text = Long.toString(value);
            assertEquals(
                    value, numbers.integer(bytes(text, i % 2 == 0), 2, 2 + text.length()), text);
            assertFalse(numbers.failed(), text);
        }
    }

    @Test
    void decimalsAndDoublesOfEveryLength() {
        Random random = new Random(2);
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            BigDecimal value =
                    BigDecimal.valueOf(
                            random.nextLong() >> (7 + random.nextInt(57)), random.nextInt(5));
            String text = value.toPlainString();
            byte[] bytes = bytes(text, i % 2 == 0);
            int end = 2 + text.length();
            boolean fits = value.unscaledValue().abs().toString().length() <= 14 + value.scale();
            if (fits) {
                assertEquals(
                        value.setScale(4).unscaledValue().longValueExact(),
                        numbers.decimal(bytes, 2, end, 18, 4),
                        text);
                assertFalse(numbers.failed(), text);
            }
            assertEquals(Double.parseDouble(text), numbers.floating(bytes, 2, end), text);
            assertFalse(numbers.failed(), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "1x",
                "x1",
                "12345678x",
                "1234567890123x56",
                "1 2",
                "1.5",
                "\u00b1"
            })
    void noWholeNumbers(String text) {
        for (boolean atEnd : List.of(true, false)) {
            numbers.integer(bytes(text, atEnd), 2, 2 + text.length());
            assertTrue(numbers.failed(), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "1.2.3", "1,5", "12345678.x", "1.x2345678", "0x10", "1d"})
    void noDecimals(String text) {
        for (boolean atEnd : List.of(true, false)) {
            numbers.decimal(bytes(text, atEnd), 2, 2 + text.length(), 18, 2);
            assertTrue(numbers.failed(), text);
            numbers.floating(bytes(text, atEnd), 2, 2 + text.length());
            assertTrue(numbers.failed(), text);
        }
    }

    @Test
    void formsOfDecimals() {
        assertEquals(550, numbers.decimal(bytes("5.5", true), 2, 5, 18, 2));
        assertEquals(500, numbers.decimal(bytes("5.", true), 2, 4, 18, 2));
        assertEquals(50, numbers.decimal(bytes(".5", true), 2, 4, 18, 2));
        assertEquals(-123_457, numbers.decimal(bytes("-1234.567", false), 2, 11, 18, 2));
        assertEquals(15_000, numbers.decimal(bytes("1.5e2", false), 2, 7, 18, 2));
        assertEquals(-0.0, numbers.floating(bytes("-0.0", false), 2, 6));
        assertEquals(1e300, numbers.floating(bytes("1e300", false), 2, 7));
    }
}
