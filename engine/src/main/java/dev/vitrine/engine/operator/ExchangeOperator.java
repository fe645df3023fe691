package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.kernel.Hash;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.Partitioning;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;

/// The end of a task whose stage feeds an exchange: spreads rows over partitions and keeps them
/// until the task commits.
public final class ExchangeOperator implements Operator {
    private final PhysicalPlan.Exchange plan;
    private final TaskContext context;
    private final Schema schema;
    private final int partitions;
    private final int[] keyColumns;
    private final int numberColumn;
    private final List<List<Block>> blocks = new ArrayList<>();
    private final BatchBuilder[] builders;
    private final int[] built;
    private final long rowBytes;
    private long heldRows;
    private int next;

    public ExchangeOperator(PhysicalPlan.Exchange plan, TaskContext context) {
        this.plan = plan;
        this.context = context;
        this.schema = plan.schema();
        this.partitions = plan.partitioning().partitions();
        List<Expr.Attribute> input = plan.input().output();
        this.keyColumns =
                plan.partitioning() instanceof Partitioning.Hashed(var keys, var n, var fixed)
                        ? keys.stream().mapToInt(k -> Interpreted.ordinal(k, input)).toArray()
                        : new int[0];
        this.numberColumn =
                plan.partitioning() instanceof Partitioning.Numbered(var number, var n, var text)
                        ? Interpreted.ordinal(number, input)
                        : -1;
        this.builders = new BatchBuilder[partitions];
        this.built = new int[partitions];
        this.rowBytes = rowBytes(schema);
        for (int i = 0; i < partitions; i++) {
            blocks.add(new ArrayList<>());
            builders[i] = new BatchBuilder(schema, context.allocator(), 64);
        }
        this.next = context.task() % partitions;
    }

    private static long rowBytes(Schema schema) {
        long bytes = 0;
        for (Field field : schema.fields()) {
            bytes += 1 + Math.max(4, ColumnBuilder.width(field.type()));
        }
        return bytes;
    }

    /// The blocks by partition, after [#finish]; the caller takes them over.
    public List<List<Block>> take() {
        List<List<Block>> taken = new ArrayList<>();
        for (List<Block> partition : blocks) {
            taken.add(List.copyOf(partition));
            partition.clear();
        }
        return taken;
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        context.metrics().entering(plan.id());
        context.metrics().gave(plan.id(), batch.rowCount());
        context.metrics().written(batch.rowCount(), 0);
        if (partitions == 1) {
            keep(0, batch.retain());
            return;
        }
        int rows = batch.rowCount();
        int[] partitionOf = new int[rows];
        int[] starts = new int[partitions + 1];
        if (plan.partitioning() instanceof Partitioning.InOrder) {
            int tasks = context.outputs().taskCount(plan.id());
            keep((int) ((long) context.task() * partitions / tasks), batch.retain());
            return;
        }
        if (numberColumn >= 0) {
            for (int i = 0; i < rows; i++) {
                partitionOf[i] = Mem.getInt(batch.dataAddress(numberColumn) + 4L * i);
            }
        } else if (keyColumns.length == 0) {
            for (int i = 0; i < rows; i++) {
                partitionOf[i] = next;
                next = next + 1 == partitions ? 0 : next + 1;
            }
        } else {
            long[] hashes = new long[rows];
            Hash.rows(batch, keyColumns, hashes);
            for (int i = 0; i < rows; i++) {
                partitionOf[i] = (int) ((hashes[i] >>> 32) * partitions >>> 32);
            }
        }
        for (int i = 0; i < rows; i++) {
            starts[partitionOf[i] + 1]++;
        }
        for (int p = 0; p < partitions; p++) {
            starts[p + 1] += starts[p];
        }
        int[] order = new int[rows];
        int[] at = starts.clone();
        for (int i = 0; i < rows; i++) {
            order[at[partitionOf[i]]++] = i;
        }
        for (int p = 0; p < partitions; p++) {
            if (starts[p + 1] > starts[p]) {
                RowCopier.copy(batch, order, starts[p], starts[p + 1], builders[p]);
                built[p] += starts[p + 1] - starts[p];
                if (built[p] >= context.batchRows() || builders[p].variableBytes() > 64L << 20) {
                    flush(p);
                }
            }
        }
        heldRows += rows;
        if (heldRows * rowBytes > context.memory().share() / 4) {
            limit();
        }
    }

    /// Hands on what is half built where it takes more than the task's share of memory.
    private void limit() {
        heldRows = 0;
        long bytes = 0;
        for (int p = 0; p < partitions; p++) {
            heldRows += built[p];
            bytes += built[p] * rowBytes + builders[p].variableBytes();
        }
        if (bytes > context.memory().share()) {
            for (int p = 0; p < partitions; p++) {
                flush(p);
            }
            heldRows = 0;
        }
    }

    private void flush(int partition) {
        if (built[partition] > 0) {
            keep(partition, builders[partition].build(built[partition]));
            built[partition] = 0;
        }
    }

    private void keep(int partition, Batch batch) {
        context.metrics().written(0, batch.sizeBytes());
        blocks.get(partition)
                .add(context.outputs().keep(context.blocks(), plan.id(), partition, batch));
    }

    @Override
    public void finish() {
        for (int p = 0; p < partitions; p++) {
            flush(p);
        }
    }

    @Override
    public void close() {
        for (BatchBuilder builder : builders) {
            builder.close();
        }
        blocks.forEach(partition -> partition.forEach(Block::close));
        blocks.forEach(List::clear);
    }
}
