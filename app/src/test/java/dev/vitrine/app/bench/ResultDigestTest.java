package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultDigestTest {
    private static String digest(@Nullable Object[]... rows) {
        ResultDigest digest = new ResultDigest();
        for (@Nullable Object[] row : rows) {
            digest.add(row);
        }
        return digest.toString();
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    @Test
    void theOrderOfRowsAndTheClassOfNumbersDoNotCount() {
        String one = digest(row("a", 1, 2.5, null), row("b", 2L, -1.0, LocalDate.EPOCH));
        String other =
                digest(
                        row("b", BigInteger.TWO, new BigDecimal("-1.00"), "1970-01-01"),
                        row("a", BigDecimal.ONE, 2.5, null));
        assertEquals(List.of(), ResultDigest.differences(one, other));
    }

    @Test
    void lastDigitsAndTheLastOfADecimalDoNotCount() {
        assertEquals(
                List.of(),
                ResultDigest.differences(
                        digest(row("a", 1000.0), row("b", new BigDecimal("0.333333"))),
                        digest(row("a", 1000.0000000001), row("b", 1.0 / 3))));
        assertEquals(
                List.of(),
                ResultDigest.differences(digest(row(Double.NaN)), digest(row((Object) null))));
    }

    @Test
    void whatDiffersIsNamed() {
        String one = digest(row("a", 1.0), row("b", 2.0));
        assertEquals(
                List.of("rows: 2 and 1"), ResultDigest.differences(one, digest(row("a", 1.0))));
        assertFalse(ResultDigest.differences(one, digest(row("a", 1.0), row("c", 2.0))).isEmpty());
        assertFalse(ResultDigest.differences(one, digest(row("a", 1.0), row("b", 2.1))).isEmpty());
        // The same sum, but in other rows.
        assertFalse(ResultDigest.differences(one, digest(row("a", 2.0), row("b", 1.0))).isEmpty());
    }

    @Test
    void rowsShownAreTheSameButForLastDigits() {
        assertTrue(ResultDigest.isSame(List.of("a", "0.05"), List.of("a", "0.050001")));
        assertFalse(ResultDigest.isSame(List.of("a", "0.05"), List.of("a", "0.07")));
        assertFalse(ResultDigest.isSame(List.of("a"), List.of("b")));
    }

    @Test
    void escapedLinesComeBack() {
        String text = "SELECT 1\t\\t\r\n-- \\n é";
        assertEquals(text, PeerLoop.unescape(PeerLoop.escape(text)));
        assertFalse(PeerLoop.escape(text).contains("\n"));
    }
}
