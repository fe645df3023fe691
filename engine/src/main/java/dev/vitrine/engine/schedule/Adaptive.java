package dev.vitrine.engine.schedule;

import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.physical.Partitioning;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.ExchangeSizes;
import dev.vitrine.engine.storage.MapOutputs;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Changes stages that have not begun by what the stages before them turned out to give: empty
/// branches are dropped, small build sides broadcast, the smaller side is built, small partitions
/// read together and skewed ones apart. Each decision is told with the figures that caused it. Used
/// by the driver's thread.
final class Adaptive {
    /// Tasks for each slot that coalescing leaves where it can, so that a slow one does not leave
    /// the other slots idle.
    private static final int TASKS_PER_SLOT = 2;

    /// What is worth a task of its own even where that leaves slots idle.
    private static final long SMALLEST_TASK = 1L << 17;

    /// How many times the other's size a build side must have for the sides to be exchanged: the
    /// stage may have to be compiled again.
    private static final long TURN = 4;

    private final boolean enabled;
    private final boolean coalesces;
    private final boolean splits;
    private final long targetBytes;
    private final long broadcastBytes;
    private final boolean parallelismFirst;
    private final PartitionSlices.Skew skew;
    private final StageBook stages;
    private final MapOutputs outputs;
    private final int slots;
    private final List<Decision> decisions = new ArrayList<>();
    private final Consumer<Decision> told;
    private int nextNodeId;

    /// One change of a stage.
    ///
    /// @param stage as it is from then on
    /// @param nodeId the node whose way of working changed
    /// @param rule Spark's name of the rule
    record Decision(Stage stage, int nodeId, String rule, String what, String statistic) {}

    Adaptive(
            Settings settings,
            MapOutputs outputs,
            int slots,
            StageBook stages,
            Consumer<Decision> told) {
        this.stages = stages;
        this.told = told;
        this.outputs = outputs;
        this.slots = slots;
        enabled = settings.getBoolean(Settings.ADAPTIVE);
        coalesces = enabled && settings.getBoolean(Settings.ADAPTIVE_COALESCE);
        splits = enabled && settings.getBoolean(Settings.ADAPTIVE_SKEW);
        parallelismFirst = settings.getBoolean(Settings.ADAPTIVE_PARALLELISM_FIRST);
        long advisory = settings.getBytes(Settings.ADAPTIVE_PARTITION_BYTES);
        targetBytes =
                parallelismFirst
                        ? Math.min(
                                advisory,
                                settings.getBytes(Settings.ADAPTIVE_LEAST_PARTITION_BYTES))
                        : advisory;
        broadcastBytes =
                Math.min(settings.adaptiveBroadcastBytes(), MemoryArbiter.limitBytes(settings) / 8);
        skew =
                new PartitionSlices.Skew(
                        settings.getDouble(Settings.ADAPTIVE_SKEW_FACTOR),
                        settings.getBytes(Settings.ADAPTIVE_SKEW_BYTES),
                        advisory);
        for (Stage stage : stages.all()) {
            stage.nodes().forEach(node -> nextNodeId = Math.max(nextNodeId, node.id() + 1));
        }
    }

    /// What was decided, in order.
    List<Decision> decisions() {
        return decisions;
    }

    /// Whether a stage is to wait, though it could start, for the build side of the join that it
    /// feeds: where that turns out small, the stage's rows need no exchange.
    boolean waits(Stage stage) {
        return enabled
                && broadcastBytes >= 0
                && stage.output().isPresent()
                && stages.readers(stage).size() == 1
                && stages.readers(stage).stream()
                        .filter(reader -> !stages.hasBegun(reader))
                        .flatMap(reader -> ShuffledJoin.of(reader.plan()).stream())
                        .anyMatch(join ->
                                feeds(stage, join)
                                        && !outputs.isComplete(join.build().id())
                                        && !stages.dependsOn(stages.writer(join.build()), stage));
    }

    private static boolean feeds(Stage stage, ShuffledJoin join) {
        return join.canBroadcast()
                && join.join().left() instanceof PhysicalPlan.Exchange exchange
                && stage.output().orElseThrow().id() == exchange.id();
    }

    /// A stage that has not begun, changed by what is known now; the same object where nothing
    /// changes.
    Stage reconsidered(Stage stage) {
        if (!enabled) {
            return stage;
        }
        return broadcast(withoutEmptyBranches(stage));
    }

    private Stage withoutEmptyBranches(Stage stage) {
        EmptyBranches branches =
                new EmptyBranches(e -> outputs.isComplete(e.id()) && outputs.rowCount(e.id()) == 0);
        PhysicalPlan plan = branches.drop(stage.plan());
        if (plan == stage.plan()) {
            return stage;
        }
        Stage changed = stage.withPlan(plan, stages.all());
        String empty =
                stage.parents().stream()
                        .filter(p -> isEmpty(stages.stage(p)))
                        .map(p -> "stage " + p)
                        .collect(Collectors.joining(", "));
        decide(
                new Decision(
                        changed,
                        plan.id(),
                        "AQEPropagateEmptyRelation",
                        "branches that cannot give rows are dropped",
                        "0 rows from " + empty));
        return changed;
    }

    private boolean isEmpty(Stage stage) {
        return stage.output()
                .filter(e -> outputs.isComplete(e.id()) && outputs.rowCount(e.id()) == 0)
                .isPresent();
    }

    private Stage broadcast(Stage stage) {
        Optional<ShuffledJoin> found = ShuffledJoin.of(stage.plan());
        if (found.isEmpty() || !outputs.isComplete(found.get().build().id())) {
            return stage;
        }
        ShuffledJoin join = found.get();
        Stage probe = stages.writer(join.probe());
        long bytes = outputs.sizes(join.build().id()).totalBytes();
        if (bytes > broadcastBytes
                || stages.hasBegun(probe)
                || !feeds(probe, join)
                || stages.readers(probe).size() > 1) {
            return stage;
        }
        Stage changed = stage.withPlan(join.broadcast(stage.plan(), probe.plan()), stages.all());
        decide(
                new Decision(
                        changed,
                        join.join().id(),
                        "DynamicJoinSelection",
                        "the build side is broadcast, and the other side needs no exchange",
                        "build side " + text(bytes) + ", threshold " + text(broadcastBytes)));
        return changed;
    }

    /// A stage that is about to start, with the smaller side of its shuffled join built.
    Stage turned(Stage stage) {
        Optional<ShuffledJoin> found = enabled ? ShuffledJoin.of(stage.plan()) : Optional.empty();
        if (found.isEmpty() || !found.get().join().joinType().isInner()) {
            return stage;
        }
        ShuffledJoin join = found.get();
        long probe = outputs.sizes(join.probe().id()).totalBytes();
        long build = outputs.sizes(join.build().id()).totalBytes();
        if (build / TURN <= probe) {
            return stage;
        }
        Stage changed = stage.withPlan(join.turned(stage.plan(), nextNodeId++), stages.all());
        decide(
                new Decision(
                        changed,
                        join.join().id(),
                        "DynamicJoinSelection",
                        "the sides are exchanged, so that the smaller one is built",
                        "left " + text(probe) + ", right " + text(build)));
        return changed;
    }

    /// What the tasks of a stage whose parents are complete read of each exchange that is not to be
    /// read a partition a task, by the exchange's id.
    Map<Integer, List<PartitionSlice>> slices(Stage stage) {
        Map<Integer, List<PartitionSlice>> slices = new HashMap<>();
        if (coalesces || splits) {
            for (List<PhysicalPlan.Exchange> group : readTogether(stage.plan())) {
                slices(stage, group, slices);
            }
        }
        return slices;
    }

    private void slices(
            Stage stage,
            List<PhysicalPlan.Exchange> group,
            Map<Integer, List<PartitionSlice>> slices) {
        int partitions = group.getFirst().partitioning().partitions();
        List<ExchangeSizes> sizes = group.stream().map(e -> outputs.sizes(e.id())).toList();
        long total = sizes.stream().mapToLong(ExchangeSizes::totalBytes).sum();
        List<PartitionSlice> slice =
                coalesces
                        ? PartitionSlices.coalesced(sizes, target(total))
                        : PartitionSlices.coalesced(sizes, -1);
        if (slice.size() < partitions) {
            decide(
                    new Decision(
                            stage,
                            group.getFirst().id(),
                            "CoalesceShufflePartitions",
                            partitions + " partitions are read as " + slice.size(),
                            text(total) + " in all"));
        }
        Optional<ShuffledJoin> join = splits ? ShuffledJoin.of(stage.plan()) : Optional.empty();
        if (join.isPresent()
                && group.size() == 2
                && join.get().probe().id() != join.get().build().id()) {
            split(stage, join.get(), slice, slices);
        } else if (slice.size() < partitions) {
            group.forEach(exchange -> slices.put(exchange.id(), slice));
        }
    }

    private void split(
            Stage stage,
            ShuffledJoin join,
            List<PartitionSlice> slice,
            Map<Integer, List<PartitionSlice>> slices) {
        ExchangeSizes probe = outputs.sizes(join.probe().id());
        ExchangeSizes build = outputs.sizes(join.build().id());
        PartitionSlices.Sides sides =
                PartitionSlices.split(
                        slice, probe, build, join.canSplitProbe(), join.canSplitBuild(), skew);
        if (sides.skewed() > 0) {
            long largest = 0;
            for (int partition = 0; partition < probe.partitions(); partition++) {
                largest = Math.max(largest, probe.partition(partition));
                largest = Math.max(largest, build.partition(partition));
            }
            decide(
                    new Decision(
                            stage,
                            join.join().id(),
                            "OptimizeSkewedJoin",
                            sides.skewed()
                                    + " skewed partitions are split, "
                                    + sides.probe().size()
                                    + " tasks in all",
                            "largest " + text(largest)));
        }
        if (sides.skewed() > 0 || slice.size() < probe.partitions()) {
            slices.put(join.probe().id(), sides.probe());
            slices.put(join.build().id(), sides.build());
        }
    }

    /// Bytes that one task is to read at most of partitions that it reads together.
    private long target(long totalBytes) {
        return parallelismFirst
                ? Math.min(
                        targetBytes,
                        Math.max(SMALLEST_TASK, totalBytes / ((long) TASKS_PER_SLOT * slots)))
                : targetBytes;
    }

    /// Exchanges of which a stage's tasks read partitions of equal numbers and which may be read in
    /// other portions; the inputs of a union are apart from each other.
    private static List<List<PhysicalPlan.Exchange>> readTogether(PhysicalPlan plan) {
        List<List<PhysicalPlan.Exchange>> groups = new ArrayList<>();
        List<PhysicalPlan.Exchange> own = new ArrayList<>();
        collect(plan, own, groups);
        groups.add(own);
        groups.removeIf(
                group -> group.isEmpty() || !group.stream().allMatch(e -> isFree(e, group)));
        Map<Integer, Long> groupsOf =
                groups.stream()
                        .flatMap(group -> group.stream().map(PhysicalPlan.Exchange::id).distinct())
                        .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        // One that two inputs of a union read would have to be cut in two ways.
        groups.removeIf(
                group -> group.stream().anyMatch(e -> groupsOf.getOrDefault(e.id(), 0L) > 1));
        return groups;
    }

    private static boolean isFree(
            PhysicalPlan.Exchange exchange, List<PhysicalPlan.Exchange> group) {
        return exchange.partitioning()
                        instanceof Partitioning.Hashed(var keys, int partitions, boolean fixed)
                && !fixed
                && partitions > 1
                && partitions == group.getFirst().partitioning().partitions();
    }

    private static void collect(
            PhysicalPlan plan,
            List<PhysicalPlan.Exchange> own,
            List<List<PhysicalPlan.Exchange>> groups) {
        Optional<PhysicalPlan.Exchange> read = Stage.exchangeRead(plan);
        if (read.isPresent()) {
            own.add(read.get());
            return;
        }
        switch (plan) {
            case PhysicalPlan.Union union -> {
                for (PhysicalPlan input : union.inputs()) {
                    List<PhysicalPlan.Exchange> group = new ArrayList<>();
                    collect(input, group, groups);
                    groups.add(group);
                }
            }
            case PhysicalPlan.NestedLoopJoin join -> collect(join.left(), own, groups);
            case PhysicalPlan.HashJoin join -> {
                collect(join.left(), own, groups);
                if (!join.broadcast()) {
                    collect(join.right(), own, groups);
                }
            }
            default -> plan.children().forEach(child -> collect(child, own, groups));
        }
    }

    private void decide(Decision decision) {
        decisions.add(decision);
        told.accept(decision);
    }

    private static String text(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? Math.round(bytes / 1024.0) + " KiB"
                : "%.1f MiB".formatted(bytes / (double) (1 << 20));
    }
}
