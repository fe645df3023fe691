package dev.vitrine.app.bench;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.Warehouse;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Writes benchmark tables with the product's own writers, a part file a thread.
final class TableFiles {
    private static final int BATCH_ROWS = 65_536;
    private static final long MEMORY_BYTES = 1L << 32;

    private final Catalog catalog =
            Catalog.withInstalledConnectors(new Warehouse(Path.of("spark-warehouse")));

    /// Appends the rows of one part of a table.
    @FunctionalInterface
    interface Part {
        void write(RowWriter rows, int part);
    }

    /// Where rows go: append a value to each column, then end the row.
    static final class RowWriter implements AutoCloseable {
        private final BatchAllocator memory;
        private final BatchBuilder columns;
        private final TableSink.Writer writer;

        private RowWriter(Schema schema, TableSink.Writer writer) {
            this.memory = BatchAllocator.root(MEMORY_BYTES);
            this.columns = new BatchBuilder(schema, memory, BATCH_ROWS);
            this.writer = writer;
        }

        BatchBuilder columns() {
            return columns;
        }

        void endRow() {
            if (columns.rowCount() == BATCH_ROWS) {
                flush();
            }
        }

        private void flush() {
            if (columns.rowCount() > 0) {
                try (Batch batch = columns.build()) {
                    writer.write(batch);
                }
            }
        }

        @Override
        public void close() {
            columns.close();
            memory.close();
        }
    }

    /// Whether a table was written whole before.
    static boolean isThere(Path target) {
        return Files.exists(target.resolve("_SUCCESS"))
                || Files.exists(target.resolveSibling(target.getFileName() + ".parquet"));
    }

    /// Writes a table as Parquet into folder `target`.
    ///
    /// @param parts how many threads write a part each
    void parquet(Path target, Schema schema, int parts, Part part) {
        System.err.println("Writing " + target);
        TableSink sink = sink("parquet", target, schema, Map.of());
        sink.begin();
        together(
                parts,
                index -> {
                    TableSink.Writer writer = sink.writer(index, 0);
                    try (RowWriter rows = new RowWriter(schema, writer)) {
                        part.write(rows, index);
                        rows.flush();
                    }
                    writer.commit();
                });
        sink.commit();
    }

    /// Writes the rows of a Parquet table again as text.
    void convert(Path parquet, String format, Path target, Map<String, String> options) {
        System.err.println("Writing " + target);
        TableSource source =
                catalog.open(
                        "parquet", List.of(parquet.toString()), Optional.empty(), Map.of(), null);
        ScanRequest all = new ScanRequest(source.schema(), List.of(), OptionalLong.empty());
        List<Split> splits = source.splits(all, MEMORY_BYTES);
        TableSink sink = sink(format, target, source.schema(), options);
        sink.begin();
        // One file: a table of text is usually one, and cutting it is part of the work measured.
        TableSink.Writer writer = sink.writer(0, 0);
        try (BatchAllocator memory = BatchAllocator.root(MEMORY_BYTES)) {
            for (Split split : splits) {
                try (BatchReader reader = source.read(split, all, memory)) {
                    Batch next = reader.next();
                    while (next != null) {
                        try (Batch batch = next) {
                            writer.write(batch);
                        }
                        next = reader.next();
                    }
                }
            }
        }
        writer.commit();
        sink.commit();
    }

    private TableSink sink(String format, Path target, Schema schema, Map<String, String> options) {
        return catalog.connector(format)
                .flatMap(c -> c.create(target.toString(), schema, SaveMode.OVERWRITE, options))
                .orElseThrow(() -> EngineException.internal("there is no writer for " + format));
    }

    private static void together(int parts, java.util.function.IntConsumer part) {
        try (ExecutorService threads = Executors.newFixedThreadPool(parts)) {
            List<Future<?>> running =
                    IntStream.range(0, parts)
                            .<Future<?>>mapToObj(i -> threads.submit(() -> part.accept(i)))
                            .toList();
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while writing data", e);
        }
    }
}
