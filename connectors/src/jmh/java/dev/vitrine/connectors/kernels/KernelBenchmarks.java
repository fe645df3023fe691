package dev.vitrine.connectors.kernels;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.kernel.AggregateState;
import dev.vitrine.engine.kernel.JoinTable;
import dev.vitrine.engine.kernel.KeyColumns;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.kernel.RowSorter;
import dev.vitrine.engine.kernel.ValueWords;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Kernels that all queries share, in nanoseconds a row.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmarks {
    private static final int ROWS = 1 << 20;
    private static final int STEP = 1024;

    @Param({"1000", "100000", "1000000"})
    int keys;

    private BatchAllocator memory;
    private Batch batch;
    private ArrowBuf written;
    private final long[] payloads = new long[STEP];
    private final long[] words = new long[ROWS];

    @Setup(Level.Trial)
    public void makeRows() {
        memory = BatchAllocator.root(1L << 32);
        Schema schema =
                new Schema(
                        List.of(
                                new Field("number", DataType.BIGINT, false),
                                new Field("text", DataType.STRING, false),
                                new Field("value", DataType.DOUBLE, false)));
        Random random = new Random(1);
        try (BatchBuilder builder = new BatchBuilder(schema, memory, ROWS)) {
            for (int row = 0; row < ROWS; row++) {
                int key = random.nextInt(keys);
                builder.appendRow(
                        List.of((long) key, "id%010d".formatted(key), random.nextDouble()));
            }
            batch = builder.build(ROWS);
        }
        written = memory.allocate(64L * STEP);
    }

    @TearDown(Level.Trial)
    public void free() {
        written.close();
        batch.close();
        memory.close();
    }

    private long aggregate(int column, DataType type) {
        KeyLayout layout = new KeyLayout(List.of(type));
        KeyColumns columns = new KeyColumns(layout, new int[] {column});
        long values = batch.dataAddress(2);
        try (KeyTable table = new KeyTable(layout, 8, memory)) {
            for (int from = 0; from < ROWS; from += STEP) {
                columns.put(batch, from, from + STEP, written.memoryAddress());
                table.findOrInsertAll(written.memoryAddress(), STEP, payloads);
                for (int i = 0; i < STEP; i++) {
                    AggregateState.addDouble(payloads[i], Mem.getDouble(values + 8L * (from + i)));
                }
            }
            return table.size();
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long aggregateByNumber() {
        return aggregate(0, DataType.BIGINT);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long aggregateByText() {
        return aggregate(1, DataType.STRING);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long joinTable() {
        try (JoinTable table =
                new JoinTable(
                        batch.schema(),
                        List.of(batch),
                        new int[] {0},
                        new boolean[] {false},
                        memory)) {
            table.help(() -> {});
            long found = 0;
            long data = batch.dataAddress(0);
            for (int row = 0; row < ROWS; row++) {
                found += table.firstOf(Mem.getLong(data + 8L * row));
            }
            return found;
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int sort() {
        RowOrder order =
                new RowOrder(
                        List.of(
                                new RowOrder.Key(0, false, true),
                                new RowOrder.Key(2, true, false)));
        return RowSorter.sort(List.of(batch), order, () -> {}).row[0];
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long median() {
        Mem.copy(batch.dataAddress(0), words, 0, ROWS);
        return ValueWords.select(words, ROWS, ROWS / 2);
    }
}
