package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.sample.BenchmarkQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The 22 TPC-H queries at scale 0.01 against DuckDB, from Parquet and from CSV, under each
/// configuration: the answers are the same.
final class TpchTest {
    private static final List<String> TABLES =
            List.of(
                    "customer",
                    "lineitem",
                    "nation",
                    "orders",
                    "part",
                    "partsupp",
                    "region",
                    "supplier");

    @TempDir static Path folder;

    private static final Map<String, List<List<String>>> EXPECTED = new HashMap<>();
    private static Map<String, String> columns = new HashMap<>();

    /// @param format of the tables' files
    record Configuration(String name, String format, Map<String, String> settings) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void writeDataAndAskDuckDb() throws SQLException, IOException {
        new TpchData(0.01, 0).write(folder.resolve("parquet"), 1);
        Files.createDirectories(folder.resolve("csv"));
        try (Connection connection = Answers.duckDb(folder.resolve("parquet"), TABLES);
                Statement duck = connection.createStatement()) {
            for (String table : TABLES) {
                duck.execute(
                        "COPY "
                                + table
                                + " TO '"
                                + folder.resolve("csv").resolve(table + ".csv")
                                + "' (HEADER)");
            }
            for (String name : queries().toList()) {
                try (ResultSet rows = duck.executeQuery(BenchmarkQueries.tpch(name))) {
                    EXPECTED.put(name, Answers.read(rows));
                }
            }
        }
        try (Session session = open("parquet", Map.of())) {
            for (String table : TABLES) {
                try (Query query = session.query("SELECT * FROM " + table + " LIMIT 0")) {
                    columns.put(
                            table,
                            query.await().schema().fields().stream()
                                    .map(f -> f.name() + " " + f.type().sql())
                                    .collect(Collectors.joining(", ")));
                }
            }
        }
    }

    @AfterAll
    static void forget() {
        EXPECTED.clear();
    }

    static Stream<String> queries() {
        return IntStream.rangeClosed(1, 22).mapToObj(i -> "q" + i);
    }

    static Stream<Configuration> configurations() {
        Map<String, String> always =
                Map.of("vitrine.codegen.minRows", "0", "spark.master", "local[2]");
        return Stream.of(
                new Configuration("compiled", "parquet", always),
                new Configuration("one slot", "parquet", with(always, "spark.master", "local[1]")),
                new Configuration(
                        "interpreted",
                        "parquet",
                        with(always, "spark.sql.codegen.wholeStage", "false")),
                new Configuration("csv", "csv", always),
                new Configuration(
                        "no broadcast",
                        "parquet",
                        with(always, "spark.sql.autoBroadcastJoinThreshold", "-1")),
                new Configuration(
                        "small batches", "parquet", with(always, "vitrine.batch.rows", "1000")));
    }

    private static Map<String, String> with(
            Map<String, String> settings, String key, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void answersAreDuckDbs(Configuration configuration) throws IOException {
        try (Session session = open(configuration.format, configuration.settings)) {
            for (String name : queries().toList()) {
                try (Query query = session.query(BenchmarkQueries.tpch(name))) {
                    Answers.assertRows(name, EXPECTED.getOrDefault(name, List.of()), query.await());
                }
            }
        }
    }

    @Test
    void answersAreTheSameFromTheCache() throws IOException {
        try (Session session = open("parquet", Map.of("vitrine.codegen.minRows", "0"))) {
            for (String table : TABLES) {
                try (Query query = session.query("CACHE TABLE " + table)) {
                    query.await();
                }
            }
            for (String name : queries().toList()) {
                try (Query query = session.query(BenchmarkQueries.tpch(name))) {
                    Answers.assertRows(name, EXPECTED.getOrDefault(name, List.of()), query.await());
                }
            }
        }
    }

    /// Queries whose joins follow the order of FROM without becoming products of whole tables.
    @Test
    void answersAreTheSameWithoutTheOptimizer() throws IOException {
        Map<String, String> off =
                Map.of("vitrine.optimizer.enabled", "false", "vitrine.codegen.minRows", "0");
        try (Session session = open("parquet", off)) {
            for (String name : List.of("q1", "q3", "q5", "q6", "q10", "q12", "q14", "q18")) {
                try (Query query = session.query(BenchmarkQueries.tpch(name))) {
                    Answers.assertRows(name, EXPECTED.getOrDefault(name, List.of()), query.await());
                }
            }
        }
    }

    @Test
    void nearlyAllRowsGoThroughCompiledCode() throws IOException {
        AtomicLong compiled = new AtomicLong();
        AtomicLong interpreted = new AtomicLong();
        try (Session session = open("parquet", Map.of("vitrine.codegen.minRows", "0"))) {
            for (String name : BenchmarkQueries.tpchNames()) {
                try (Query query = session.query(BenchmarkQueries.tpch(name))) {
                    query.subscribe(event -> {
                        if (event instanceof EngineEvent.TaskFinished task) {
                            compiled.addAndGet(task.counters().rowsCompiled());
                            interpreted.addAndGet(task.counters().rowsInterpreted());
                        }
                    });
                    query.await();
                }
            }
        }
        assertTrue(
                compiled.get() > 0 && interpreted.get() < 0.05 * compiled.get(),
                interpreted
                        + " rows were interpreted, "
                        + compiled
                        + " went through compiled code");
    }

    private static Session open(String format, Map<String, String> settings) {
        if (format.equals("parquet")) {
            return Answers.open(settings, folder.resolve(format), TABLES);
        }
        Session session = Answers.open(settings);
        for (String table : TABLES) {
            Answers.run(
                    session,
                    "CREATE TEMP VIEW "
                            + table
                            + " ("
                            + columns.get(table)
                            + ") USING csv OPTIONS (path '"
                            + folder.resolve(format).resolve(table + ".csv")
                            + "', header 'true')");
        }
        return session;
    }
}
