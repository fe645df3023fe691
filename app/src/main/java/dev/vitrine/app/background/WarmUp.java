package dev.vitrine.app.background;

import dev.vitrine.engine.api.DataFrame;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs queries of every kind over small tables of its own, in a session of its own: the JVM
/// compiles what it sees often, and without this the user's first questions would be what it sees.
/// Nothing of it stays but compiled code.
public final class WarmUp {
    private static final int ROUNDS = 30;
    private static final long HIRES = 40_000;
    private static final long RIDERS = 4_000;
    private static final long STATIONS = 300;
    private static final List<String> CONDITIONS =
            List.of("hire >= 0", "minutes < 100", "fee >= 0", "rebate < 1", "kind <> ''");
    private static final Duration START = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /// The other cores are the user's.
    private static final Settings ONE_SLOT =
            Settings.defaults().with(Settings.MASTER.key(), "local[1]");

    /// Enough for all rounds on a slow machine.
    public static final Duration AT_MOST = Duration.ofMinutes(1);

    private WarmUp() {}

    /// Warms up on a thread of its own: once the window had time to come up, and in the pauses that
    /// `session` makes.
    ///
    /// @param failed told where it cannot go on, on that thread
    /// @return ends it, and waits until nothing of it is left
    public static Runnable behind(Session session, Consumer<Throwable> failed) {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        session.events()
                .subscribe(event -> {
                    if (event instanceof EngineEvent.QueryStarted) {
                        running.incrementAndGet();
                    } else if (event instanceof EngineEvent.QueryFinished) {
                        running.decrementAndGet();
                    }
                });
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("warm-up")
                        .start(() -> {
                            try {
                                if (pause(ended, START)) {
                                    run(AT_MOST, () -> mayGoOn(running, ended));
                                }
                            } catch (IOException | RuntimeException e) {
                                failed.accept(e);
                            }
                        });
        return () -> {
            ended.countDown();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static boolean mayGoOn(AtomicInteger running, CountDownLatch ended) {
        boolean mayGoOn = pause(ended, Duration.ZERO);
        while (mayGoOn && running.get() > 0) {
            mayGoOn = pause(ended, PAUSE);
        }
        return mayGoOn;
    }

    /// Waits; false as soon as all is to end.
    private static boolean pause(CountDownLatch ended, Duration time) {
        try {
            return !ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Runs until `time` is over, all rounds are done or `goOn` says no.
    ///
    /// @throws IOException if the tables cannot be written to the temporary folder
    public static void run(Duration time, BooleanSupplier goOn) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        try (TemporaryFolder folder = TemporaryFolder.create("vitrine-warm-up");
                Session session = LocalSession.open(ONE_SLOT)) {
            createTables(session, folder.path());
            List<String> queries = queries();
            for (int round = 0; round < ROUNDS; round++) {
                // Footers and statistics are read again, as for files never seen before.
                session.forgetFiles();
                String more = condition(round);
                for (String sql : queries) {
                    if (!goOn.getAsBoolean() || System.nanoTime() > end) {
                        return;
                    }
                    try (Query query = session.query(sql.replace("{more}", more))) {
                        query.await();
                    }
                }
            }
        }
    }

    /// A condition that every row meets, each round on other columns.
    private static String condition(int round) {
        StringJoiner condition = new StringJoiner(" AND ");
        for (int i = 0; i < CONDITIONS.size(); i++) {
            if ((round + 1 >> i & 1) != 0) {
                condition.add(CONDITIONS.get(i));
            }
        }
        return condition.toString();
    }

    private static void createTables(Session session, Path folder) {
        write(
                session,
                folder.resolve("hires"),
                session.range(0, HIRES)
                        .selectExpr(
                                "id AS hire",
                                "id * 7919 % " + RIDERS + " AS rider",
                                "id * 31 % " + STATIONS + " AS station_from",
                                "cast(id * 17 % " + STATIONS + " AS INT) AS station_to",
                                "date_add(DATE '2024-01-01', cast(id * 366 DIV "
                                        + HIRES
                                        + " AS INT)) AS day",
                                "cast(id * 13 % 60 AS INT) AS minutes",
                                "cast(id * 37 % 900 / 100.0 AS DECIMAL(12, 2)) AS fee",
                                "cast(id % 11 / 100.0 AS DECIMAL(12, 2)) AS rebate",
                                "CASE id % 5 WHEN 0 THEN 'cargo' WHEN 1 THEN 'child' ELSE 'city' END AS kind",
                                "concat('hire ', id, CASE WHEN id % 50 = 0 THEN ' late, no return' ELSE ' in time' END) AS remark"));
        write(
                session,
                folder.resolve("riders"),
                session.range(0, RIDERS)
                        .selectExpr(
                                "id AS rider",
                                "CASE WHEN id % 4 = 0 THEN 'yearly' ELSE 'single' END AS tariff",
                                "CASE id % 3 WHEN 0 THEN 'Graz' WHEN 1 THEN 'Linz' ELSE 'Wels' END AS town",
                                "date_add(DATE '2015-01-01', cast(id % 3000 AS INT)) AS joined",
                                "cast(id * 7 % 5000 / 100.0 AS DECIMAL(12, 2)) AS balance"));
        write(
                session,
                folder.resolve("stations"),
                session.range(0, STATIONS)
                        .selectExpr(
                                "id AS station",
                                "concat('Station ', id, CASE WHEN id % 20 = 0 THEN ' Depot' ELSE '' END) AS name",
                                "CASE id % 3 WHEN 0 THEN 'Graz' WHEN 1 THEN 'Linz' ELSE 'Wels' END AS city",
                                "date_add(DATE '2014-01-01', cast(id * 10 AS INT)) AS opened"));
    }

    private static void write(Session session, Path folder, DataFrame rows) {
        String path = folder.toString();
        rows.write().option("rowGroupRows", "10000").parquet(path);
        session.read().parquet(path).createOrReplaceTempView(folder.getFileName().toString());
    }

    private static List<String> queries() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(WarmUp.class.getResourceAsStream("warm-up.sql"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split(";\\s*\n")).filter(query -> !query.isBlank()).toList();
        }
    }
}
