package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import java.util.ArrayList;
import java.util.List;

/// The end of a task of the stage that gives the query's result: keeps the rows.
public final class CollectOperator implements Operator {
    private final TaskContext context;
    private final List<Batch> batches = new ArrayList<>();

    public CollectOperator(TaskContext context) {
        this.context = context;
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        batches.add(batch.retain());
        context.metrics().written(batch.rowCount(), batch.sizeBytes());
    }

    @Override
    public void finish() {}

    /// The rows; the caller takes over the references.
    public List<Batch> take() {
        List<Batch> taken = List.copyOf(batches);
        batches.clear();
        return taken;
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches.clear();
    }
}
