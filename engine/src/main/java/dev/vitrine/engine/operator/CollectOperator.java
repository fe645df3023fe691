package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.SpillableBlocks;
import java.util.ArrayList;
import java.util.List;

/// The end of a task of the stage that gives the query's result: keeps the rows.
public final class CollectOperator implements Operator {
    private final TaskContext context;
    private final SpillableBlocks results;
    private final List<Block> blocks = new ArrayList<>();

    public CollectOperator(TaskContext context, SpillableBlocks results) {
        this.context = context;
        this.results = results;
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        if (batch.rowCount() > 0) {
            blocks.add(results.keep(context.task(), batch.retain()));
        }
        context.metrics().written(batch.rowCount(), batch.sizeBytes());
    }

    @Override
    public void finish() {}

    /// The rows; the caller takes them over.
    public List<Block> take() {
        List<Block> taken = List.copyOf(blocks);
        blocks.clear();
        return taken;
    }

    @Override
    public void close() {
        blocks.forEach(Block::close);
        blocks.clear();
    }
}
