package dev.vitrine.app.bench;

import dev.vitrine.app.background.TemporaryFolder;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/// What it costs to watch queries: each is run in pairs, once alone and once with snapshots cut as
/// for the window and a recording on the disk, which of the two comes first in turn.
///
/// @param title what was run
public record ObservationCost(String title, List<Line> lines) {
    public ObservationCost {
        lines = List.copyOf(lines);
    }

    /// A query's pairs. Times in milliseconds.
    ///
    /// @param alone median from text to last row
    /// @param watched the same
    /// @param ratio median over the pairs of watched / alone
    /// @param cpuAlone processor time of the whole process, sum over the pairs
    /// @param cpuWatched the same, the recording's end on the disk included
    /// @param recordedBytes of one recording
    public record Line(
            String query,
            double alone,
            double watched,
            double ratio,
            double cpuAlone,
            double cpuWatched,
            long recordedBytes) {}

    /// One run, in nanoseconds.
    private record Sample(long nanos, long cpuNanos, long recordedBytes) {}

    /// Runs the workload in a session of its own.
    ///
    /// @param warmUps pairs that are not counted
    public static ObservationCost measure(Workload workload, int slots, int runs, int warmUps)
            throws IOException {
        Settings settings = Settings.defaults().with(Settings.MASTER.key(), "local[" + slots + "]");
        List<Line> lines = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("vitrine-observation");
                Session session = LocalSession.open(settings)) {
            workload.define(session);
            for (Workload.Named named : workload.queries()) {
                System.err.println("Watching " + named.name());
                lines.add(pairs(session, named, folder.path(), runs, warmUps));
            }
        }
        return new ObservationCost(
                workload.title() + ", alone and watched, " + runs + " pairs", lines);
    }

    private static Line pairs(
            Session session, Workload.Named named, Path folder, int runs, int warmUps)
            throws IOException {
        double[] alone = new double[runs];
        double[] watched = new double[runs];
        double[] ratios = new double[runs];
        double cpuAlone = 0;
        double cpuWatched = 0;
        long bytes = 0;
        Path file = folder.resolve("run.jsonl");
        for (int i = -warmUps; i < runs; i++) {
            boolean first = i % 2 == 0;
            Sample one = first ? alone(session, named) : watched(session, named, file);
            Sample other = first ? watched(session, named, file) : alone(session, named);
            Sample plain = first ? one : other;
            Sample seen = first ? other : one;
            if (i >= 0) {
                alone[i] = plain.nanos / 1e6;
                watched[i] = seen.nanos / 1e6;
                ratios[i] = watched[i] / alone[i];
                cpuAlone += plain.cpuNanos / 1e6;
                cpuWatched += seen.cpuNanos / 1e6;
                bytes = seen.recordedBytes;
            }
        }
        return new Line(
                named.name(),
                Timing.median(alone),
                Timing.median(watched),
                Timing.median(ratios),
                cpuAlone,
                cpuWatched,
                bytes);
    }

    private static Sample alone(Session session, Workload.Named named) {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        try (Query query = session.query(named.timed().sql())) {
            read(query);
            return new Sample(System.nanoTime() - start, cpuNanos() - cpu, 0);
        }
    }

    private static Sample watched(Session session, Workload.Named named, Path file)
            throws IOException {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        AtomicReference<QuerySnapshot> shown = new AtomicReference<>();
        long nanos;
        try (Query query = session.query(named.timed().sql());
                RunRecorder recorder = new RunRecorder(query.id(), file)) {
            SnapshotFeed feed = new SnapshotFeed(query.id(), shown::set);
            query.subscribe(feed);
            query.subscribe(recorder);
            read(query);
            nanos = System.nanoTime() - start;
            feed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while watching " + named.name(), e);
        }
        if (shown.get() == null || shown.get().running()) {
            throw new BenchException("The end of " + named.name() + " was not seen");
        }
        return new Sample(nanos, cpuNanos() - cpu, java.nio.file.Files.size(file));
    }

    /// All values of all rows, as a client takes them.
    private static void read(Query query) {
        int columns = query.await().schema().size();
        for (Batch batch : query.await().batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                for (int column = 0; column < columns; column++) {
                    batch.value(column, row);
                }
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /// Geometric mean of the queries' ratios of time.
    public double ratio() {
        return Math.exp(lines.stream().mapToDouble(l -> Math.log(l.ratio)).average().orElse(0));
    }

    /// Processor time of all watched runs to that of all others.
    public double cpuRatio() {
        return lines.stream().mapToDouble(Line::cpuWatched).sum()
                / lines.stream().mapToDouble(Line::cpuAlone).sum();
    }

    /// A table for people, a line a query.
    public String text() {
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append("      alone ms  watched ms  watched / alone  cpu / cpu  recorded KB\n");
        for (Line line : lines) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-5s %,8.1f  %,10.1f  %15.3f  %9.3f  %,11d%n",
                            line.query,
                            line.alone,
                            line.watched,
                            line.ratio,
                            line.cpuWatched / Math.max(line.cpuAlone, 1e-9),
                            line.recordedBytes >> 10));
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "watched / alone: geometric mean %.3f; processor time of all runs"
                                        + " %.3f%n",
                                ratio(),
                                cpuRatio()))
                .toString();
    }
}
