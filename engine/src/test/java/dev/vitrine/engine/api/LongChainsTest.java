package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.session_window;
import static dev.vitrine.engine.api.Functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Frames made in loops.
final class LongChainsTest extends ApiTest {
    @Test
    void aThousandUnionsAreOne() {
        DataFrame all = session.sql("SELECT 0 AS n");
        DataFrame part = all;
        for (int i = 1; i <= 1_000; i++) {
            all = all.union(session.sql("SELECT " + i));
            part = i == 3 ? all : part;
        }
        assertEquals(1_001, all.count());
        assertEquals(500_500L, all.agg(sum("n")).first().getLong(0));
        assertEquals(4, part.filter(part.col("n").geq(0)).count());
    }

    @Test
    void aFrameInsideAChainKeepsItsColumns() {
        DataFrame two = session.sql("SELECT 1 AS n").union(session.sql("SELECT 2"));
        DataFrame three = two.union(session.sql("SELECT 3"));
        assertEquals(3, three.select(col("n")).distinct().count());
        two.cache();
        assertEquals(5, three.union(two).count());
        two.unpersist();
    }

    @Test
    void sessionsOfRows() {
        DataFrame visits =
                session.sql(
                        "SELECT * FROM VALUES ('a', timestamp'2024-01-01 10:00:00', 1),"
                                + " ('a', timestamp'2024-01-01 10:04:00', 2),"
                                + " ('b', timestamp'2024-01-01 10:04:00', 4) AS t(k, ts, n)");
        same(
                "SELECT * FROM VALUES ('a', 3L), ('b', 4L) AS t(k, s)",
                visits.groupBy(col("k"), session_window(col("ts"), "5 minutes"))
                        .agg(sum("n").as("s"))
                        .select("k", "s"));
        same(
                "SELECT * FROM VALUES (7L) AS t(s)",
                visits.groupBy(session_window(col("ts"), Functions.lit("5 minutes")))
                        .agg(sum("n").as("s"))
                        .select("s"));
    }
}
