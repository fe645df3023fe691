package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.codegen.JoinProbe;
import dev.vitrine.engine.codegen.SegmentCode;
import dev.vitrine.engine.kernel.JoinTable;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs a generated class on batches. A batch whose decimals may not fit 64 bits goes through a
/// class that computes in 128 bits or, where there is none, through the interpreted operators; all
/// give their rows to the operator above, and the classes' groups are in one table.
final class CompiledOperator implements Operator {
    private static final int FIRST_ROWS = 1024;

    private final CompiledStage.Segment segment;
    private final TaskContext context;
    private final UnaryOperator<Operator> interpreted;
    private final Operator above;
    private final JoinTable[] tables;
    private final Running first;
    private final @Nullable CompiledGroups groups;
    private final @Nullable BatchBuilder output;
    private @Nullable Running wider;
    private @Nullable Operator fallback;

    /// An instance of a class with what it had counted when it was last asked.
    private record Running(CompiledStage.Segment segment, SegmentCode code, long[] counted) {
        Running(CompiledStage.Segment segment) {
            this(segment, segment.factory().get(), new long[SegmentCode.MAX_COUNTED]);
        }
    }

    /// @param builds the build side of a join
    /// @param interpreted wires the segment's interpreted operators below an operator
    CompiledOperator(
            CompiledStage.Segment segment,
            TaskContext context,
            Function<PhysicalPlan, BuildSide> builds,
            UnaryOperator<Operator> interpreted,
            Operator above) {
        this.segment = segment;
        this.context = context;
        this.interpreted = interpreted;
        this.above = above;
        this.tables = new JoinTable[segment.joins().size()];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = table(segment.joins().get(i), builds, context);
        }
        this.groups =
                segment.aggregate().isPresent()
                                && segment.top() instanceof PhysicalPlan.HashAggregate plan
                        ? new CompiledGroups(segment, plan, context, above)
                        : null;
        this.output =
                groups == null
                        ? new BatchBuilder(segment.top().schema(), context.allocator(), FIRST_ROWS)
                        : null;
        this.first = new Running(segment);
        try {
            open(first);
        } catch (Throwable e) {
            free();
            throw e;
        }
        if (groups != null) {
            context.memory().register(groups);
        }
    }

    private void open(Running running) {
        running.code.open(
                new SegmentCode.Links(
                        new Host(running),
                        context.allocator(),
                        running.segment.constants().get(),
                        tables,
                        groups == null ? null : groups.table(),
                        output,
                        context.batchRows()));
    }

    private static JoinTable table(
            JoinProbe join, Function<PhysicalPlan, BuildSide> builds, TaskContext context) {
        context.metrics().entering(join.node().id());
        List<PhysicalPlan.JoinKey> keys = join.keys();
        int[] columns = new int[keys.size()];
        boolean[] nullSafe = new boolean[keys.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Interpreted.ordinal(keys.get(i).right(), join.build().output());
            nullSafe[i] = keys.get(i).nullSafe();
        }
        return builds.apply(join.node()).table(columns, nullSafe, context::check);
    }

    private final class Host implements SegmentCode.Host {
        private final Running running;

        private Host(Running running) {
            this.running = running;
        }

        @Override
        public void check() {
            context.check();
        }

        @Override
        public void step() {
            if (groups != null) {
                groups.step();
            } else {
                context.check();
            }
        }

        @Override
        public void flush() {
            CompiledOperator.this.flush(running);
        }
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().entering(segment.top().id());
        Running running = first;
        if (!first.code.fits(batch)) {
            Running wide = wider();
            if (wide == null) {
                fallback().accept(batch);
                return;
            }
            running = wide;
        }
        if (groups == null) {
            running.code.process(batch);
            if (running != first) {
                // The builder is to be empty, or all from one class.
                flush(running);
            }
        } else {
            groups.process(batch, running.code);
        }
        context.metrics().compiled(batch.rowCount());
        count(running);
    }

    private @Nullable Running wider() {
        if (wider == null) {
            CompiledStage.@Nullable Segment wide = segment.wider().segment().orElse(null);
            if (wide == null) {
                return null;
            }
            Running running = new Running(wide);
            wider = running;
            open(running);
        }
        flush(first);
        return wider;
    }

    /// Adds what the class counted since the last time to the nodes' counters.
    private void count(Running running) {
        for (int i = 0; i < running.segment.counted().size(); i++) {
            long rows = running.code.counts[i] - running.counted[i];
            if (rows > 0) {
                context.metrics().gave(running.segment.counted().get(i).id(), rows);
                running.counted[i] = running.code.counts[i];
            }
        }
    }

    private void flush(Running running) {
        int rows = running.code.takeOutRows();
        if (rows == 0 || output == null) {
            return;
        }
        try (Batch batch = output.build(rows)) {
            above.accept(batch);
        }
    }

    private Operator fallback() {
        if (fallback == null) {
            if (segment.aggregate().isPresent()
                    && segment.aggregate().get().mode() != AggregateMode.PARTIAL) {
                throw dev.vitrine.engine.error.EngineException.internal(
                        "a final aggregate cannot change to the interpreter");
            }
            fallback = interpreted.apply(new Pass(above));
        }
        return fallback;
    }

    /// Hands rows up but leaves finishing and closing to this operator.
    private record Pass(Operator above) implements Operator {
        @Override
        public void accept(Batch batch) {
            above.accept(batch);
        }

        @Override
        public void finish() {}

        @Override
        public boolean satisfied() {
            return above.satisfied();
        }

        @Override
        public void close() {}
    }

    @Override
    public void finish() {
        flush(first);
        if (groups != null) {
            groups.finish(first.code);
        }
        if (fallback != null) {
            fallback.finish();
        }
        above.finish();
    }

    @Override
    public boolean satisfied() {
        return groups == null && above.satisfied();
    }

    private void free() {
        first.code.close();
        if (wider != null) {
            wider.code.close();
        }
        if (groups != null) {
            groups.close();
        }
        if (output != null) {
            output.close();
        }
    }

    @Override
    public void close() {
        if (groups != null) {
            context.memory().unregister(groups);
        }
        free();
        if (fallback != null) {
            fallback.close();
        }
        above.close();
    }
}
