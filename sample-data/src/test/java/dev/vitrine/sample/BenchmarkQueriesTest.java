package dev.vitrine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BenchmarkQueriesTest {
    @Test
    void allTpchQueriesAreThereWithoutSemicolons() {
        assertEquals(22, BenchmarkQueries.tpchNames().size());
        for (String name : BenchmarkQueries.tpchNames()) {
            String text = BenchmarkQueries.tpch(name);
            assertTrue(text.toLowerCase(java.util.Locale.ROOT).contains("select"), name);
            assertFalse(text.endsWith(";"), name);
        }
    }

    @Test
    void anUnknownQueryIsNamedWithThoseThereAre() {
        NoSuchElementException missing =
                assertThrows(NoSuchElementException.class, () -> BenchmarkQueries.h2o("join-q6"));
        assertTrue(String.valueOf(missing.getMessage()).contains("join-q1 to join-q5"));
    }
}
