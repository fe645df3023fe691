package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.expr.PartitionFunction;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.storage.BlockReader;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks a program's function for the rows of one task and hands them up as they come; reads the
/// exchanges that it asks for, a batch at a time.
final class PartitionRowsReader implements PartitionFunction.Inputs, AutoCloseable {
    private final PhysicalPlan.PartitionRows plan;
    private final int task;
    private final TaskContext context;
    private final Operator above;
    private final RowOutput output;
    private final Set<Rows> open = new HashSet<>();

    PartitionRowsReader(
            PhysicalPlan.PartitionRows plan, int task, TaskContext context, Operator above) {
        this.plan = plan;
        this.task = task;
        this.context = context;
        this.above = above;
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
    }

    /// Gives the rows until they end or no more are wanted.
    void run() {
        context.metrics().entering(plan.id());
        Iterator<List<@Nullable Object>> rows = plan.function().rows(task, this);
        for (int count = 0; !above.satisfied() && rows.hasNext(); count++) {
            if ((count & 1023) == 0) {
                context.check();
            }
            output.add(rows.next());
        }
        output.flush();
        above.finish();
    }

    @Override
    public Iterator<@Nullable Object[]> rows(int input, int partition) {
        context.check();
        PhysicalPlan reader = plan.inputs().get(input);
        PhysicalPlan.Exchange exchange =
                reader instanceof PhysicalPlan.ReusedExchange reused
                        ? reused.exchange()
                        : (PhysicalPlan.Exchange) reader;
        Rows rows =
                new Rows(
                        reader,
                        reader.output().size(),
                        context.outputs()
                                .read(
                                        exchange.id(),
                                        PartitionSlice.of(partition),
                                        context.allocator()));
        open.add(rows);
        return rows;
    }

    @Override
    public void read(long rows, long bytes) {
        context.check();
        context.metrics().read(rows, bytes);
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(Rows::release);
        output.close();
    }

    /// The rows of one partition, each as an array of its own.
    private final class Rows implements Iterator<@Nullable Object[]> {
        private final PhysicalPlan reader;
        private final int columns;
        private final BlockReader blocks;
        private @Nullable Batch batch;
        private int row;

        Rows(PhysicalPlan reader, int columns, BlockReader blocks) {
            this.reader = reader;
            this.columns = columns;
            this.blocks = blocks;
        }

        @Override
        public boolean hasNext() {
            while (batch == null || row == batch.rowCount()) {
                release();
                context.check();
                Batch next = blocks.next();
                if (next == null) {
                    return false;
                }
                open.add(this);
                batch = next;
                row = 0;
                context.metrics().read(next.rowCount(), next.sizeBytes());
                if (reader instanceof PhysicalPlan.ReusedExchange) {
                    // The exchange itself counts its rows where they are written.
                    context.metrics().gave(reader.id(), next.rowCount());
                }
            }
            return true;
        }

        @Override
        public @Nullable Object[] next() {
            Batch current = hasNext() ? batch : null;
            if (current == null) {
                throw new NoSuchElementException();
            }
            @Nullable Object[] values = new @Nullable Object[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = current.value(i, row);
            }
            row++;
            return values;
        }

        void release() {
            if (batch != null) {
                batch.close();
                batch = null;
            }
            open.remove(this);
        }
    }
}
