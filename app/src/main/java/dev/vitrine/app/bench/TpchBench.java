package dev.vitrine.app.bench;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// TPC-H: the 22 queries over Parquet files, each timed warm from its text to its last row.
public final class TpchBench {
    private static final int WARM_UPS = 2;

    /// One file a table, as other generators make them, or a folder a table, as [TpchData] does.
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

    private final Path folder;
    private final double scale;
    private final int slots;

    /// @param folder where the data is, or goes
    public TpchBench(Path folder, double scale, int slots) {
        this.folder = folder;
        this.scale = scale;
        this.slots = slots;
    }

    /// The text of a query, `q1` to `q22`, with the specification's validation parameters.
    public static String query(String name) throws IOException {
        try (InputStream in =
                TpchBench.class.getResourceAsStream(
                        "/dev/vitrine/app/bench/tpch/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no query " + name + ": use q1 to q22");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll(";$", "");
        }
    }

    /// Prints a line a query and the geometric means.
    ///
    /// @param names queries, or null for all
    /// @param peer a DuckDB JDBC jar whose medians are taken first, in a process of its own
    public void run(@Nullable List<String> names, int runs, @Nullable Path peer)
            throws IOException {
        Path data =
                folder.resolve(
                        "tpch-sf"
                                + (scale == Math.rint(scale)
                                        ? String.valueOf((long) scale)
                                        : String.valueOf(scale)));
        if (!Files.exists(table(data, "lineitem"))) {
            TpchData.write(data, scale);
        }
        List<String> queries =
                names != null
                        ? names
                        : IntStream.rangeClosed(1, 22).mapToObj(i -> "q" + i).toList();
        Map<String, Double> peers =
                peer == null ? Map.of() : peerMedians(peer, data, queries, runs);
        System.out.printf(
                "TPC-H scale %s, %d slots, median of %d after %d warm-ups%n",
                scale, slots, runs, WARM_UPS);
        System.out.printf(
                "%-5s %10s %10s %7s %10s %9s%n",
                "", "vitrine ms", "duckdb ms", "ratio", "rows", "compiled");
        List<Double> ratios = new ArrayList<>();
        try (Session session =
                LocalSession.open(
                        Settings.defaults().with(Settings.MASTER.key(), "local[" + slots + "]"))) {
            for (String table : TABLES) {
                String path = table(data, table).toString().replace("'", "''");
                try (Query view =
                        session.sql(
                                "CREATE TEMP VIEW "
                                        + table
                                        + " USING parquet OPTIONS (path '"
                                        + path
                                        + "')")) {
                    view.await();
                }
            }
            for (String name : queries) {
                Timing timing = time(session, query(name), runs);
                Double other = peers.get(name);
                if (other != null) {
                    ratios.add(timing.medianMillis / other);
                }
                System.out.printf(
                        "%-5s %10.1f %10s %7s %,10d %8.1f%%%n",
                        name,
                        timing.medianMillis,
                        other == null ? "" : String.format("%.1f", other),
                        other == null ? "" : String.format("%.2f", timing.medianMillis / other),
                        timing.rows,
                        timing.compiledPercent);
            }
        }
        if (!ratios.isEmpty()) {
            double mean = Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(0));
            System.out.printf("geometric mean of ratios %.2f (lower is better)%n", mean);
        }
    }

    private static Path table(Path data, String name) {
        Path file = data.resolve(name + ".parquet");
        return Files.exists(file) ? file : data.resolve(name);
    }

    /// @param compiledPercent share of the rows that tables gave which went through compiled code
    private record Timing(double medianMillis, long rows, double compiledPercent) {}

    private static Timing time(Session session, String sql, int runs) {
        double[] millis = new double[runs];
        long rows = 0;
        AtomicLong scanned = new AtomicLong();
        AtomicLong interpreted = new AtomicLong();
        for (int i = -WARM_UPS; i < runs; i++) {
            scanned.set(0);
            interpreted.set(0);
            long start = System.nanoTime();
            try (Query query = session.sql(sql)) {
                query.subscribe(event -> {
                    if (event instanceof EngineEvent.TaskFinished task) {
                        scanned.addAndGet(task.counters().rowsRead());
                        interpreted.addAndGet(
                                Math.max(
                                        0,
                                        task.counters().rowsRead()
                                                - task.counters().rowsCompiled()));
                    }
                });
                rows = query.await().rowCount();
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        double compiled =
                scanned.get() == 0
                        ? 0
                        : 100.0 * (scanned.get() - interpreted.get()) / scanned.get();
        return new Timing(millis[runs / 2], rows, compiled);
    }

    private Map<String, Double> peerMedians(Path jar, Path data, List<String> queries, int runs)
            throws IOException {
        Path program = Files.createTempDirectory("vitrine-peer").resolve("DuckDbPeer.java");
        try (InputStream in =
                TpchBench.class.getResourceAsStream("/dev/vitrine/app/bench/DuckDbPeer.java.txt")) {
            Files.write(program, java.util.Objects.requireNonNull(in).readAllBytes());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        jar.toString(),
                        program.toString()));
        command.addAll(
                List.of(String.valueOf(slots), String.valueOf(WARM_UPS), String.valueOf(runs)));
        for (String name : TABLES) {
            Path table = table(data, name);
            command.add(
                    name + "=" + (Files.isDirectory(table) ? table.resolve("*.parquet") : table));
        }
        Path texts = Files.createTempDirectory("vitrine-peer");
        for (String name : queries) {
            Files.writeString(texts.resolve(name + ".sql"), query(name));
            command.add(texts.resolve(name + ".sql").toString());
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<String, Double> medians = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ");
                medians.put(parts[0], Double.parseDouble(parts[1]));
            }
        }
        return medians;
    }
}
