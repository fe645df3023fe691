package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.storage.MapOutputs;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tasks of one stage share: splits, sink, compiled code and the tables of broadcast
/// joins. Safe for many threads.
public final class StageContext implements AutoCloseable {
    private final Map<Integer, List<Split>> splits;
    private final Map<Integer, List<PartitionSlice>> slices;
    private final CompiledStage compiled;
    private final Optional<TableSink> sink;
    private final BatchAllocator allocator;
    private final MapOutputs outputs;
    private final Map<Integer, BuildSide> builds = new HashMap<>();
    private final Map<Integer, ScanRequest> requests = new HashMap<>();

    /// @param splits the parts of each table scan, by node id
    /// @param slices what each task reads of an exchange, by the exchange's id; a partition each
    ///   where there is nothing
    public StageContext(
            Map<Integer, List<Split>> splits,
            Map<Integer, List<PartitionSlice>> slices,
            CompiledStage compiled,
            Optional<TableSink> sink,
            BatchAllocator allocator,
            MapOutputs outputs) {
        this.splits = Map.copyOf(splits);
        this.slices = Map.copyOf(slices);
        this.compiled = compiled;
        this.sink = sink;
        this.allocator = allocator;
        this.outputs = outputs;
    }

    List<Split> splits(PhysicalPlan.TableScan scan) {
        return splits.getOrDefault(scan.id(), List.of());
    }

    /// The parts of the stage's scan, where it has just one.
    public Optional<List<Split>> onlySplits() {
        return splits.size() == 1
                ? Optional.of(splits.values().iterator().next())
                : Optional.empty();
    }

    /// How many tasks read an exchange.
    public int tasks(PhysicalPlan.Exchange exchange) {
        List<PartitionSlice> parts = slices.get(exchange.id());
        return parts == null ? exchange.partitioning().partitions() : parts.size();
    }

    /// What a task reads of an exchange.
    public PartitionSlice slice(PhysicalPlan.Exchange exchange, int task) {
        List<PartitionSlice> parts = slices.get(exchange.id());
        return parts == null ? PartitionSlice.of(task) : parts.get(task);
    }

    CompiledStage compiled() {
        return compiled;
    }

    Optional<TableSink> sink() {
        return sink;
    }

    /// The build side of a broadcast join, made by the first task that asks.
    synchronized BuildSide broadcast(PhysicalPlan join, PhysicalPlan.Exchange exchange) {
        PartitionSlice all = PartitionSlice.range(0, exchange.partitioning().partitions());
        return builds.computeIfAbsent(
                join.id(),
                id ->
                        new BuildSide(
                                exchange.schema(),
                                () -> outputs.read(exchange.id(), all, allocator),
                                allocator));
    }

    /// What `scan` in `stage` asks of its source: found out by the first task that asks, since what
    /// broadcast joins say of their keys is part of it.
    ScanRequest request(PhysicalPlan stage, PhysicalPlan.TableScan scan) {
        synchronized (requests) {
            return requests.computeIfAbsent(
                    scan.id(), id -> new KeyBounds(this).narrowed(stage, scan));
        }
    }

    /// Rows that a broadcast exchange holds.
    long rowCount(PhysicalPlan.Exchange exchange) {
        return outputs.rowCount(exchange.id());
    }

    @Override
    public synchronized void close() {
        builds.values().forEach(BuildSide::close);
        builds.clear();
    }
}
