package dev.vitrine.connectors.kernels;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Decoding Parquet and generated loops over it, one thread, whole queries, in nanoseconds a row.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmarks {
    private static final int ROWS = 4_000_000;

    private LocalSession session;
    private Path folder;

    @Setup(Level.Trial)
    public void write() throws IOException {
        folder = Files.createTempDirectory("kernels");
        session = LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[1]"));
        String rows =
                "SELECT id, id % 100 AS few, (id * 48271) % 1000003 AS many,"
                        + " (id * 31) % 1009 / 8.0D AS value, concat('text ', id % 977) AS text"
                        + " FROM range("
                        + ROWS
                        + ")";
        String made = folder.resolve("made").toString();
        session.sql(rows).write().parquet(made);
        run("CREATE TEMP VIEW made USING parquet OPTIONS (path '" + made + "')");
    }

    private long run(String sql) {
        try (Query query = session.query(sql)) {
            return query.await().rowCount();
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        session.close();
        List<Path> all;
        try (var found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long decodeNumbers() {
        return run("SELECT max(id), max(many), max(value) FROM made");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long decodeTexts() {
        return run("SELECT max(length(text)) FROM made");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long filter() {
        return run("SELECT count(*) FROM made WHERE many > 500000 AND value < 60 AND few <> 7");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long groupByFew() {
        return run("SELECT few, sum(id), avg(value) FROM made GROUP BY few");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long groupByMany() {
        return run("SELECT many, sum(id), avg(value) FROM made GROUP BY many");
    }
}
