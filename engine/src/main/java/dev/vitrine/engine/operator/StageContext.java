package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.storage.MapOutputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tasks of one stage share: splits, sink, compiled code and the tables of broadcast
/// joins. Safe for many threads.
public final class StageContext implements AutoCloseable {
    private final Map<Integer, List<Split>> splits;
    private final CompiledStage compiled;
    private final Optional<TableSink> sink;
    private final BatchAllocator allocator;
    private final MapOutputs outputs;
    private final Map<Integer, BuildSide> builds = new HashMap<>();
    private final Map<Integer, ScanRequest> requests = new HashMap<>();

    /// @param splits the parts of each table scan, by node id
    public StageContext(
            Map<Integer, List<Split>> splits,
            CompiledStage compiled,
            Optional<TableSink> sink,
            BatchAllocator allocator,
            MapOutputs outputs) {
        this.splits = Map.copyOf(splits);
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

    CompiledStage compiled() {
        return compiled;
    }

    Optional<TableSink> sink() {
        return sink;
    }

    /// The build side of a broadcast join, made by the first task that asks.
    synchronized BuildSide broadcast(PhysicalPlan join, PhysicalPlan.Exchange exchange) {
        return builds.computeIfAbsent(
                join.id(),
                id ->
                        new BuildSide(
                                exchange.schema(),
                                () -> outputs.read(exchange.id(), 0, allocator),
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
