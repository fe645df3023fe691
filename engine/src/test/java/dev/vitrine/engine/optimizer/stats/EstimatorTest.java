package dev.vitrine.engine.optimizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Optimizer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimatorTest {
    private final Planning planning =
            new Planning(
                    new FakeConnector()
                            .table(
                                    "sale",
                                    "id BIGINT, day INT, shop INT, town INT, price INT",
                                    1_000_000,
                                    Map.of(
                                            "id", 1_000_000L,
                                            "day", 1_000L,
                                            "shop", 200L,
                                            "town", 10L,
                                            "price", 100L))
                            .bounds("sale", "day", 0, 999)
                            .bounds("sale", "price", 0, 99)
                            .table(
                                    "shop",
                                    "shop INT, town INT, size INT",
                                    200,
                                    Map.of("shop", 200L, "town", 10L, "size", 4L))
                            .bounds("shop", "size", 0, 3)
                            .table(
                                    "calendar",
                                    "day INT, year INT, weekday INT",
                                    73_000,
                                    Map.of("day", 73_000L, "year", 200L, "weekday", 7L))
                            .bounds("calendar", "day", -36_000, 36_999));

    private double rows(String sql) {
        Planning.Analyzed analyzed = planning.analyze(sql);
        LogicalPlan plan =
                new Optimizer(
                                Optimizer.standardBatches(),
                                analyzed.context(),
                                planning.settings(),
                                1,
                                event -> {})
                        .optimize(analyzed.plan());
        return new Estimator().rows(plan);
    }

    @Test
    void twoBoundsOfAColumnAreARange() {
        assertEquals(30_000, rows("SELECT id FROM sale WHERE day >= 500 AND day <= 530"), 1_000);
        assertEquals(30_000, rows("SELECT id FROM sale WHERE 530 >= day AND 500 <= day"), 1_000);
        assertEquals(
                15_000,
                rows("SELECT id FROM sale WHERE day >= 500 AND day <= 530 AND price < 50"),
                1_000);
    }

    @Test
    void boundsThatLeaveNothingKeepAFew() {
        assertEquals(1_000, rows("SELECT id FROM sale WHERE day > 700 AND day < 600"), 1);
        assertEquals(1_000, rows("SELECT id FROM sale WHERE day > 5000"), 1);
    }

    @Test
    void ofALongCalendarDaysWithSalesAreAskedFor() {
        String sql = "SELECT id FROM sale s JOIN calendar c ON s.day = c.day";
        assertEquals(1_000_000, rows(sql), 1);
        assertEquals(365_000, rows(sql + " WHERE c.year = 2000"), 1_000);
        assertEquals(52_143, rows(sql + " WHERE c.year = 2000 AND c.weekday = 1"), 1_000);
        assertEquals(142_857, rows(sql + " WHERE c.weekday = 1"), 1_000);
        assertEquals(730_000, rows(sql + " WHERE c.year IN (1, 2)"), 1_000);
        assertEquals(15_000, rows(sql + " WHERE c.year IN (1, 2, 3)"), 1_000);
    }

    @Test
    void groupsByATablesColumnsAreAtMostItsRows() {
        String sql =
                "SELECT count(*) FROM sale s JOIN shop p ON s.shop = p.shop GROUP BY p.shop, p.town,"
                        + " p.size";
        assertEquals(200, rows(sql), 1);
        assertEquals(20_000, rows(sql + ", s.price"), 100);
    }

    @Test
    void whatElseMustBeEqualIsIndependentOfAKey() {
        assertEquals(
                1_000_000, rows("SELECT s.id FROM sale s JOIN shop p ON s.shop = p.shop"), 100_000);
        assertEquals(
                100_000,
                rows("SELECT s.id FROM sale s JOIN shop p ON s.shop = p.shop AND s.town = p.town"),
                10_000);
    }

    @Test
    void branchesThatWereAskedBelowAreNotCountedTwice() {
        // Each branch holds for 1/100 of the sales and 1/4 of the shops, and there are two.
        assertEquals(
                1_000_000 / 100.0 / 4 * 2,
                rows(
                        """
                        SELECT s.id FROM sale s JOIN shop p ON s.shop = p.shop
                        WHERE (s.price = 5 AND p.size = 1) OR (s.price = 7 AND p.size = 2)\
                        """),
                2_000);
    }

    @Test
    void someRowsOfAnAntiJoinStayAlone() {
        assertEquals(
                100_000,
                rows(
                        "SELECT id FROM sale s WHERE NOT EXISTS (SELECT 1 FROM shop p WHERE p.shop = s.shop)"),
                10_000);
    }
}
