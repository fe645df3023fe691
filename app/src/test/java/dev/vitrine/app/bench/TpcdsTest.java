package dev.vitrine.app.bench;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TpcdsTest {
    @TempDir static Path folder;
    record Question(String sql, List<List<String>> answer) {}
    private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

    @BeforeAll
    static void writeDataAndAskDuckDb() throws Exception {
        long t0 = System.nanoTime();
        Path data = folder;
        new TpcdsData(0.01).write(data, 1);
        System.out.println("data " + (System.nanoTime() - t0) / 1000000);
        try (Connection connection = Answers.duckDb(data, TpcdsData.TABLES);
                Statement duck = connection.createStatement()) {
            for (Map.Entry<String, String> query : TpcdsQueries.read(jar()).entrySet()) {
                String sql = query.getValue();
                try {
                int columns;
                try (ResultSet rows = duck.executeQuery(
                            "SELECT * FROM (" + TpcdsQueries.duckDb(sql) + ") q LIMIT 0")) {
                    columns = rows.getMetaData().getColumnCount();
                }
                String ordered = TpcdsQueries.totallyOrdered(sql, columns);
                try (ResultSet rows = duck.executeQuery(TpcdsQueries.duckDb(ordered))) {
                    QUESTIONS.put(query.getKey(), new Question(ordered, Answers.read(rows)));
                }
                } catch (Exception e) { System.out.println("DUCK " + query.getKey() + " " + e.getMessage()); }
            }
        }
        System.out.println("duck " + (System.nanoTime() - t0) / 1000000);
    }

    static Path jar() throws IOException, URISyntaxException {
        URL query = Objects.requireNonNull(TpcdsTest.class.getResource("/tpcds/q1.sql"));
        URL jar = ((JarURLConnection) query.openConnection()).getJarFileURL();
        return Path.of(jar.toURI());
    }

    @Test
    void all() {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("spark.master", "local[2]"));
        for (String each : System.getProperty("x", "").split(",")) if (!each.isEmpty()) settings.put(each.split("=")[0], each.split("=")[1]);
        int bad = 0;
        try (Session session = Answers.open(settings, folder, TpcdsData.TABLES)) {
            for (Map.Entry<String, Question> q : QUESTIONS.entrySet()) {
                long t0 = System.nanoTime();
                String result = "ok";
                try (Query query = session.sql(q.getValue().sql())) {
                    Answers.assertRows(q.getKey(), q.getValue().answer(), query.await());
                } catch (Throwable e) { bad++; result = "BAD " + e.toString().replaceAll("(?s)\n.*", "") + (e instanceof AssertionError ? "" : " " + java.util.Arrays.asList(e.getStackTrace()).subList(0, 3)); }
                System.out.println(q.getKey() + " rows " + q.getValue().answer().size() + " " + (System.nanoTime() - t0) / 1000000 + " ms " + result);
            }
        }
        System.out.println(bad + " bad of " + QUESTIONS.size());
    }
}
