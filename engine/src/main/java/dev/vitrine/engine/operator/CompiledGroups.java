package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.codegen.AggregateLayout;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.codegen.SegmentCode;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.memory.Spillable;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.Schema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The groups of a compiled aggregate and what becomes of them where memory is short: the partial
/// half hands its groups up and starts afresh; the final one spills them as a [GroupSpill].
final class CompiledGroups implements Spillable, AutoCloseable {
    private static final int FEWEST_GROUPS = 1024;

    /// Groups that the partial half must have made of its rows, and the part of the rows that they
    /// are at least, for it to be of no use.
    private static final int MANY_GROUPS = 1 << 17;

    private static final double HARDLY_FEWER = 0.85;

    /// Steps without a new group after which room is seen to nevertheless.
    private static final int QUIET_STEPS = 64;

    /// What the partial half holds at most: a value of a state is not to pass what a column can
    /// hold.
    private static final long MOST_BYTES = 1L << 29;

    /// Rows handed up together once that was found.
    private static final int PASSED_ROWS = 1 << 13;

    private final CompiledStage.Segment segment;
    private final AggregateLayout layout;
    private final PhysicalPlan.HashAggregate plan;
    private final TaskContext context;
    private final Operator above;
    private final KeyTable table;
    private final boolean spillable;
    private final Set<SegmentCode> codes = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable GroupSpill spilled;
    private int depth;
    private long rows;
    private int sizeBefore;
    private int steps;
    private boolean passing;
    private boolean busy = true;
    private volatile long bytes;

    CompiledGroups(
            CompiledStage.Segment segment,
            PhysicalPlan.HashAggregate plan,
            TaskContext context,
            Operator above) {
        this.segment = segment;
        this.layout = segment.aggregate().orElseThrow();
        this.plan = plan;
        this.context = context;
        this.above = above;
        this.spillable =
                !plan.groups().isEmpty()
                        && (plan.mode() == AggregateMode.PARTIAL
                                || plan.mode() == AggregateMode.FINAL
                                        && segment.input() == plan.input());
        this.table = new KeyTable(layout.keys(), layout.payloadBytes(), context.allocator());
    }

    KeyTable table() {
        return table;
    }

    /// Takes in a batch.
    void process(Batch batch, SegmentCode code) {
        codes.add(code);
        busy = true;
        rows += batch.rowCount();
        code.process(batch);
        bytes = table.size() < FEWEST_GROUPS ? 0 : table.sizeBytes();
        busy = false;
    }

    /// Called between steps: sees to the room that the next one's groups may take.
    void step() {
        if (!spillable) {
            context.check();
            return;
        }
        bytes = table.size() < FEWEST_GROUPS ? 0 : table.sizeBytes();
        busy = false;
        context.check();
        if (table.size() != sizeBefore || steps++ % QUIET_STEPS == 0) {
            sizeBefore = table.size();
            long growth = table.growthBytes(SegmentCode.STEP);
            if (growth > 0) {
                context.memory().makeRoom(growth);
            }
        }
        busy = true;
        if (plan.mode() == AggregateMode.PARTIAL) {
            handUp();
        }
    }

    /// Where hardly any row has joined another's group, further ones are not looked up either: each
    /// goes on as a group of its own. So do groups whose lists of values have become long.
    private void handUp() {
        if (passing ? table.size() >= PASSED_ROWS : table.sizeBytes() > MOST_BYTES) {
            GroupOutput.emit(layout, table, plan, context, above);
            clear();
        } else if (!passing && table.size() >= MANY_GROUPS && table.size() > HARDLY_FEWER * rows) {
            passing = true;
            GroupOutput.emit(layout, table, plan, context, above);
            clear();
            table.append(true);
        }
    }

    @Override
    public long spillableBytes() {
        return spillable && depth <= GroupSpill.MAX_DEPTH ? bytes : 0;
    }

    @Override
    public long spill(long wanted) {
        long freed = bytes;
        if (busy || freed == 0 || depth > GroupSpill.MAX_DEPTH) {
            return 0;
        }
        busy = true;
        context.metrics().entering(plan.id());
        if (plan.mode() == AggregateMode.PARTIAL) {
            GroupOutput.emit(layout, table, plan, context, above);
        } else {
            spillTable();
        }
        clear();
        busy = false;
        return freed;
    }

    private void spillTable() {
        Schema states = plan.input().schema();
        if (spilled == null) {
            int[] keys = java.util.stream.IntStream.range(0, plan.groups().size()).toArray();
            spilled = new GroupSpill(context, states, keys, depth);
        }
        GroupSpill target = spilled;
        GroupOutput.emitStates(layout, table, states, context, target::add);
    }

    private void clear() {
        table.clear();
        bytes = 0;
        codes.forEach(SegmentCode::forgetGroups);
    }

    /// Hands up all groups: those in memory or, where some were spilled, partition by partition.
    void finish(SegmentCode merging) {
        codes.add(merging);
        busy = true;
        give(merging);
    }

    private void give(SegmentCode merging) {
        bytes = 0;
        GroupSpill from = spilled;
        if (from == null) {
            GroupOutput.emit(layout, table, segment.top(), context, above);
            return;
        }
        spillTable();
        clear();
        spilled = null;
        try (from) {
            depth++;
            for (int partition = 0; partition < GroupSpill.PARTITIONS; partition++) {
                from.read(partition, batch -> process(batch, merging));
                busy = true;
                give(merging);
                clear();
            }
            depth--;
        }
    }

    @Override
    public void close() {
        table.close();
        if (spilled != null) {
            spilled.close();
        }
    }
}
