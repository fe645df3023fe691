package dev.vitrine.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CastingTest {
    private static final DataType DECIMAL_5_2 = new DataType.Decimal(5, 2);

    private static @Nullable Object cast(Object value, DataType from, DataType to, EvalMode mode) {
        return Casting.caster(from, to, mode, ZoneOffset.UTC).cast(value);
    }

    private static @Nullable Object ansi(Object value, DataType from, DataType to) {
        return cast(value, from, to, EvalMode.ANSI);
    }

    private static @Nullable Object text(String text, DataType to) {
        return cast(text, DataType.STRING, to, EvalMode.ANSI);
    }

    private static void fails(ErrorCode code, Object value, DataType from, DataType to) {
        EngineException e = assertThrows(EngineException.class, () -> ansi(value, from, to));
        assertEquals(code, e.code());
        assertNull(cast(value, from, to, EvalMode.TRY));
    }

    @Test
    void textBecomesWholeNumbersAfterTrimming() {
        assertEquals(42, text(" \t42\n", DataType.INT));
        assertEquals((byte) -128, text("-128", DataType.TINYINT));
        assertEquals(7L, text("+7", DataType.BIGINT));
        fails(ErrorCode.CAST_INVALID_INPUT, "128", DataType.STRING, DataType.TINYINT);
        fails(ErrorCode.CAST_INVALID_INPUT, "1.5", DataType.STRING, DataType.INT);
        fails(ErrorCode.CAST_INVALID_INPUT, "", DataType.STRING, DataType.INT);
        fails(ErrorCode.CAST_INVALID_INPUT, "-", DataType.STRING, DataType.INT);
        assertEquals(1, cast("1.5", DataType.STRING, DataType.INT, EvalMode.LEGACY));
        assertNull(cast("x", DataType.STRING, DataType.INT, EvalMode.LEGACY));
    }

    @Test
    void textBecomesFractions() {
        assertEquals(1.0e10, text("1e10", DataType.DOUBLE));
        assertEquals(Double.POSITIVE_INFINITY, text("Infinity", DataType.DOUBLE));
        assertEquals(Double.NEGATIVE_INFINITY, text("-inf", DataType.DOUBLE));
        assertEquals(Double.NaN, text("nan", DataType.DOUBLE));
        assertEquals(0.1f, text("0.1", DataType.FLOAT));
        assertEquals(new BigDecimal("1.24"), text(" 1.235 ", DECIMAL_5_2));
        fails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION,
                "1000",
                DataType.STRING,
                DECIMAL_5_2);
        fails(ErrorCode.CAST_INVALID_INPUT, "1,5", DataType.STRING, DECIMAL_5_2);
        assertEquals(new BigDecimal("0.00"), text("1e-999999999", DECIMAL_5_2));
    }

    @Test
    void textBecomesBooleansByTheirSpellings() {
        for (String yes : List.of("t", "TRUE", "y", "Yes", "1")) {
            assertEquals(true, text(yes, DataType.BOOLEAN));
        }
        for (String no : List.of("f", "False", "n", "no", "0")) {
            assertEquals(false, text(no, DataType.BOOLEAN));
        }
        fails(ErrorCode.CAST_INVALID_INPUT, "on", DataType.STRING, DataType.BOOLEAN);
    }

    @Test
    void textBecomesDates() {
        assertEquals(0, text("1970-01-01", DataType.DATE));
        assertEquals(18262, text("2020", DataType.DATE));
        assertEquals(18293, text(" 2020-2 ", DataType.DATE));
        assertEquals(18321, text("2020-2-29 whatever", DataType.DATE));
        assertEquals(18321, text("2020-02-29T12", DataType.DATE));
        for (String bad : List.of("2021-02-29", "20-01-01", "2020-1-1x", "2020-13-01", "x", "")) {
            fails(ErrorCode.CAST_INVALID_INPUT, bad, DataType.STRING, DataType.DATE);
        }
    }

    @Test
    void textBecomesTimestampsWithAndWithoutZone() {
        assertEquals(1_000_000L, text("1970-01-01 00:00:01", DataType.TIMESTAMP));
        assertEquals(1_500_000L, text("1970-01-01T00:00:01.5Z", DataType.TIMESTAMP));
        assertEquals(-3_600_000_000L, text("1970-01-01 00:00:00+01:00", DataType.TIMESTAMP));
        assertEquals(123_456L, text("1970-1-1 0:0:0.123456789", DataType.TIMESTAMP));
        assertEquals(
                -3_600_000_000L,
                Casting.caster(
                                DataType.STRING,
                                DataType.TIMESTAMP,
                                EvalMode.ANSI,
                                ZoneId.of("Europe/Paris"))
                        .cast("1970-01-01"));
        assertEquals(60_000_000L, text("1970-01-01 00:01 +05:00", DataType.TIMESTAMP_NTZ));
        fails(
                ErrorCode.CAST_INVALID_INPUT,
                "1970-01-01 25:00:00",
                DataType.STRING,
                DataType.TIMESTAMP);
        fails(ErrorCode.CAST_INVALID_INPUT, "soon", DataType.STRING, DataType.TIMESTAMP);
    }

    @Test
    void numbersThatDoNotFitFailOrWrap() {
        fails(ErrorCode.CAST_OVERFLOW, 128, DataType.INT, DataType.TINYINT);
        assertEquals((byte) -128, cast(128, DataType.INT, DataType.TINYINT, EvalMode.LEGACY));
        fails(ErrorCode.CAST_OVERFLOW, Double.NaN, DataType.DOUBLE, DataType.INT);
        fails(ErrorCode.CAST_OVERFLOW, 3e9, DataType.DOUBLE, DataType.INT);
        assertEquals(Integer.MAX_VALUE, cast(3e9, DataType.DOUBLE, DataType.INT, EvalMode.LEGACY));
        assertEquals(-1, ansi(-1.9, DataType.DOUBLE, DataType.INT));
        assertEquals(2147483647, ansi(2147483647.9, DataType.DOUBLE, DataType.INT));
        // 2^63 is what the largest BIGINT is as a DOUBLE.
        assertEquals(Long.MAX_VALUE, ansi(0x1p63, DataType.DOUBLE, DataType.BIGINT));
        fails(ErrorCode.CAST_OVERFLOW, 0x1.1p63, DataType.DOUBLE, DataType.BIGINT);
        fails(ErrorCode.CAST_OVERFLOW, 0x1p31f, DataType.FLOAT, DataType.INT);
        fails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION,
                new BigDecimal("999.995"),
                new DataType.Decimal(6, 3),
                DECIMAL_5_2);
    }

    @Test
    void numbersBecomeText() {
        assertEquals("1.0E10", ansi(1e10, DataType.DOUBLE, DataType.STRING));
        assertEquals("0.1", ansi(0.1f, DataType.FLOAT, DataType.STRING));
        assertEquals(
                "0.0000001",
                ansi(new BigDecimal("1E-7"), new DataType.Decimal(10, 7), DataType.STRING));
        assertEquals("true", ansi(true, DataType.BOOLEAN, DataType.STRING));
    }

    @Test
    void datesAndTimestampsBecomeEachOther() {
        assertEquals(86_400_000_000L, ansi(1, DataType.DATE, DataType.TIMESTAMP));
        assertEquals(-1, ansi(-1L, DataType.TIMESTAMP, DataType.DATE));
        assertEquals(-1L, ansi(-1L, DataType.TIMESTAMP, DataType.BIGINT));
        assertEquals(2_500_000L, ansi(2.5, DataType.DOUBLE, DataType.TIMESTAMP));
        assertEquals("1970-01-02", ansi(1, DataType.DATE, DataType.STRING));
    }

    @Test
    void nestedValuesAreCastInside() {
        DataType ints = new DataType.Array(DataType.INT, true);
        DataType texts = new DataType.Array(DataType.STRING, true);
        assertEquals(List.of("1", "2"), ansi(List.of(1, 2), ints, texts));
        assertEquals("[1, 2]", ansi(List.of(1, 2), ints, DataType.STRING));
        assertEquals("[1,2]", Values.toText(List.of(1, 2), ints, ZoneOffset.UTC));
    }

    @Test
    void ansiRefusesWhatHasNoMeaning() {
        assertEquals(false, Casting.canCast(DataType.DATE, DataType.INT, EvalMode.ANSI));
        assertEquals(false, Casting.canCast(DataType.BOOLEAN, DataType.DATE, EvalMode.ANSI));
        assertEquals(true, Casting.canCast(DataType.INT, DataType.TIMESTAMP, EvalMode.ANSI));
    }
}
