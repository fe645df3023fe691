package dev.vitrine.connectors;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// How fast a file is read: `ScanSpeed <path> <columns with commas, or *> <threads> [rounds]`, run
/// by hand from the test class path.
public final class ScanSpeed {
    private static final long TARGET_BYTES = 32L << 20;

    private ScanSpeed() {}

    public static void main(String[] args) throws Exception {
        String path = args[0];
        int threads = Integer.parseInt(args[2]);
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 8;
        Connector connector =
                ServiceLoader.load(Connector.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(c -> c.fileEndings().stream().anyMatch(path::endsWith))
                        .findFirst()
                        .orElseThrow();
        long opening = System.nanoTime();
        TableSource source = connector.open(List.of(path), Optional.empty(), Map.of());
        System.out.printf(
                "opened in %d ms: %s%n",
                (System.nanoTime() - opening) / 1_000_000, Tables.describe(source.schema()));
        ScanRequest request =
                args[1].equals("*")
                        ? ScanRequest.all(source.schema())
                        : Tables.request(source, args[1].split(","));
        long best = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long rows = scan(source, request, threads);
            long nanos = System.nanoTime() - start;
            best = Math.min(best, nanos);
            System.out.printf(
                    "%d rows in %d ms, %.1f M rows/s%n",
                    rows, nanos / 1_000_000, rows * 1e3 / nanos);
        }
        System.out.printf(
                "best %d ms, %.0f MB/s of the file%n",
                best / 1_000_000, source.statistics().sizeBytes().orElse(0) * 1e3 / best);
    }

    private static long scan(TableSource source, ScanRequest request, int threads)
            throws Exception {
        List<Split> splits = source.splits(request, TARGET_BYTES);
        AtomicInteger next = new AtomicInteger();
        try (BatchAllocator memory = BatchAllocator.root(4L << 30);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Callable<Long> task =
                    () -> {
                        long rows = 0;
                        for (int i = next.getAndIncrement();
                                i < splits.size();
                                i = next.getAndIncrement()) {
                            try (BatchReader reader = source.read(splits.get(i), request, memory)) {
                                for (Batch batch = reader.next();
                                        batch != null;
                                        batch = reader.next()) {
                                    rows += batch.rowCount();
                                    batch.close();
                                }
                            }
                        }
                        return rows;
                    };
            long rows = 0;
            for (Future<Long> done : pool.invokeAll(java.util.Collections.nCopies(threads, task))) {
                rows += done.get();
            }
            return rows;
        }
    }
}
