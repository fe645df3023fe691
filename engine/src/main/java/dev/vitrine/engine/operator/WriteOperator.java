package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.spi.TableSink;

/// The end of a task whose rows go to a sink.
final class WriteOperator implements Operator {
    private final PhysicalPlan.WriteFiles plan;
    private final TaskContext context;
    private final TableSink.Writer writer;
    private boolean committed;

    WriteOperator(PhysicalPlan.WriteFiles plan, TaskContext context) {
        this.plan = plan;
        this.context = context;
        this.writer =
                context.shared().sink().orElseThrow().writer(context.task(), context.attempt());
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        writer.write(batch);
        context.metrics().gave(plan.id(), batch.rowCount());
        context.metrics().written(batch.rowCount(), 0);
    }

    @Override
    public void finish() {
        long bytes = writer.commit();
        committed = true;
        context.metrics().written(0, bytes);
    }

    @Override
    public void close() {
        if (!committed) {
            writer.abort();
        }
    }
}
