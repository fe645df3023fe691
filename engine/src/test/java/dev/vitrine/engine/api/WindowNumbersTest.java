package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.settings.Settings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Aggregates over frames give what a join of each row with the rows of its frame gives.
class WindowNumbersTest {
    private static final String ROWS =
            "(SELECT id, id % 7 AS g, row_number() OVER (PARTITION BY id % 7 ORDER BY id) AS p, CASE"
                    + " WHEN id % 5 = 2 THEN NULL ELSE (id * 7919) % 101 - 50 END AS n, CAST((id * 31) %"
                    + " 100 AS TINYINT) AS t, CASE WHEN id % 11 = 3 THEN NULL WHEN id % 97 = 5 THEN"
                    + " double('NaN') WHEN id % 13 = 4 THEN -0.0D ELSE (id * 13) % 37 / 4.0D END AS f"
                    + " FROM range(900) AS r(id))";

    private static List<List<Object>> rows(String sql) {
        Settings settings = Settings.defaults().with(Settings.MASTER.key(), "local[2]");
        try (Session session = LocalSession.open(settings.with(Settings.BATCH_ROWS.key(), "100"));
                Query query = session.query(sql)) {
            return query.await().rows();
        }
    }

    /// @param bounds what rows of a frame begin and end with, counted from the row at hand
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNBOUNDED PRECEDING|CURRENT ROW|-1000|0",
                "UNBOUNDED PRECEDING|UNBOUNDED FOLLOWING|-1000|1000",
                "UNBOUNDED PRECEDING|3 PRECEDING|-1000|-3",
                "2 PRECEDING|CURRENT ROW|-2|0",
                "5 PRECEDING|2 PRECEDING|-5|-2",
                "1 FOLLOWING|4 FOLLOWING|1|4",
                "40 PRECEDING|80 FOLLOWING|-40|80",
                "CURRENT ROW|UNBOUNDED FOLLOWING|0|1000"
            })
    void framesOfRows(String bounds) {
        String[] parts = bounds.split("\\|");
        StringBuilder windowed = new StringBuilder("SELECT id");
        StringBuilder joined = new StringBuilder("SELECT a.id");
        for (String call : List.of("count", "sum", "avg", "min", "max")) {
            for (String column : List.of("n", "t", "f")) {
                windowed.append(", ").append(call).append('(').append(column).append(") OVER w");
                joined.append(", ").append(call).append("(b.").append(column).append(')');
            }
        }
        String over =
                " WINDOW w AS (PARTITION BY g ORDER BY id ROWS BETWEEN "
                        + parts[0]
                        + " AND "
                        + parts[1]
                        + ")";
        String frame = " ON a.g = b.g AND b.p BETWEEN a.p + " + parts[2] + " AND a.p + " + parts[3];
        assertEquals(
                rows(
                        joined
                                + " FROM "
                                + ROWS
                                + " a LEFT JOIN "
                                + ROWS
                                + " b"
                                + frame
                                + " GROUP BY a.id ORDER BY a.id"),
                rows(windowed + ", count(*) OVER w FROM " + ROWS + " q" + over + " ORDER BY id")
                        .stream()
                        .map(row -> row.subList(0, row.size() - 1))
                        .toList());
    }
}
