package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The 99 queries of TPC-DS, four of them in two variants, at scale 0.01 against DuckDB: the
/// answers are the same, row by row. Their orders are made total first, so that there is one
/// answer.
final class TpcdsTest {
    private static final double SCALE = 0.01;
    private static final int SHARE = 4;

    /// Queries that divide by zero at this scale: an error here as in Spark, NULL in DuckDB.
    private static final Set<String> DIVIDING_BY_ZERO = Set.of("q12", "q90");

    private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

    @TempDir static Path folder;

    /// @param answer DuckDB's rows
    record Question(String sql, List<List<String>> answer) {}

    @BeforeAll
    static void writeDataAndAskDuckDb() throws SQLException, IOException, URISyntaxException {
        new TpcdsData(SCALE).write(folder, 2);
        try (Connection connection = Answers.duckDb(folder, TpcdsData.TABLES);
                Statement duck = connection.createStatement()) {
            for (Map.Entry<String, String> query : queries().entrySet()) {
                String sql = query.getValue();
                String ordered = TpcdsQueries.totallyOrdered(sql, columns(duck, sql));
                try (ResultSet rows = duck.executeQuery(TpcdsQueries.duckDb(ordered))) {
                    QUESTIONS.put(query.getKey(), new Question(ordered, Answers.read(rows)));
                }
            }
        }
    }

    @AfterAll
    static void forget() {
        QUESTIONS.clear();
    }

    private static Map<String, String> queries() throws IOException, URISyntaxException {
        URL one = Objects.requireNonNull(TpcdsTest.class.getResource("/tpcds/q1.sql"));
        URL jar = ((JarURLConnection) one.openConnection()).getJarFileURL();
        return TpcdsQueries.read(Path.of(jar.toURI()));
    }

    private static int columns(Statement duck, String sql) throws SQLException {
        String nothing = "SELECT * FROM (" + TpcdsQueries.duckDb(sql) + ") question LIMIT 0";
        try (ResultSet rows = duck.executeQuery(nothing)) {
            return rows.getMetaData().getColumnCount();
        }
    }

    private static Session open(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("spark.master", "local[2]"));
        all.putAll(settings);
        return Answers.open(all, folder, TpcdsData.TABLES);
    }

    /// All queries by default; one in four, the same every time, under each other setting, which
    /// `./vitrine test --all` gives all of them too.
    @ParameterizedTest
    @CsvSource({
        "spark.master, local[2]",
        "spark.master, local[1]",
        "vitrine.codegen.minRows, 0",
        "spark.sql.codegen.wholeStage, false",
        "spark.sql.autoBroadcastJoinThreshold, -1"
    })
    void answersAreDuckDbs(String key, String value) {
        assertEquals(103, QUESTIONS.size());
        try (Session session = open(Map.of(key, value))) {
            QUESTIONS.forEach((name, question) -> {
                if (takes(key, value, name)) {
                    boolean ansi = !DIVIDING_BY_ZERO.contains(name);
                    Answers.run(session, "SET spark.sql.ansi.enabled = " + ansi);
                    try (Query query = session.sql(question.sql())) {
                        Answers.assertRows(name, question.answer(), query.await());
                    }
                }
            });
        }
    }

    private static boolean takes(String key, String value, String name) {
        return value.equals("local[2]")
                || "all".equals(System.getProperty("vitrine.matrix"))
                || Math.floorMod((key + value + name).hashCode(), SHARE) == 0;
    }

    @Test
    void divisionByZeroIsAnError() {
        try (Session session = open(Map.of())) {
            for (String name : DIVIDING_BY_ZERO) {
                String sql = Objects.requireNonNull(QUESTIONS.get(name)).sql();
                try (Query query = session.sql(sql)) {
                    EngineException error = assertThrows(EngineException.class, query::await, name);
                    assertEquals(ErrorCode.DIVIDE_BY_ZERO, error.code(), name);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "store", "web"})
    void returnsAreOfSalesThatThereAre(String channel) {
        String prefix = channel.substring(0, 1);
        String number = channel.equals("store") ? "ticket_number" : "order_number";
        String sql =
                """
                SELECT count(*), count(%1$ss_item_sk)
                FROM %2$s_returns LEFT JOIN %2$s_sales
                ON %1$sr_item_sk = %1$ss_item_sk AND %1$sr_%3$s = %1$ss_%3$s
                """
                        .formatted(prefix, channel, number);
        try (Session session = open(Map.of());
                Query query = session.sql(sql)) {
            String all = query.await().text(0, 0);
            assertTrue(Long.parseLong(all) > 1_000, all);
            assertEquals(all, query.await().text(0, 1));
        }
    }
}
