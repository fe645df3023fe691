package dev.vitrine.engine.operator;

import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.TaskCounters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// The counters of one task attempt: written by its thread only, read by the sampler at any time.
public final class TaskMetrics {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int ROWS_READ = 0;
    private static final int BYTES_READ = 1;
    private static final int ROWS_WRITTEN = 2;
    private static final int BYTES_WRITTEN = 3;
    private static final int ROWS_COMPILED = 4;
    private static final int ROWS_INTERPRETED = 5;
    private static final int SPILLED = 6;
    private static final int CPU = 7;

    private final long[] totals = new long[8];
    private final int[] nodeIds;
    private final long[] rows;
    private final long[] batches;
    private int node;

    /// @param nodeIds the plan nodes of the task's stage
    public TaskMetrics(List<Integer> nodeIds) {
        this.nodeIds = nodeIds.stream().mapToInt(Integer::intValue).toArray();
        int max = 0;
        for (int id : this.nodeIds) {
            max = Math.max(max, id);
        }
        rows = new long[max + 1];
        batches = new long[max + 1];
    }

    public void read(long rowCount, long bytes) {
        add(totals, ROWS_READ, rowCount);
        add(totals, BYTES_READ, bytes);
    }

    public void written(long rowCount, long bytes) {
        add(totals, ROWS_WRITTEN, rowCount);
        add(totals, BYTES_WRITTEN, bytes);
    }

    public void compiled(long rowCount) {
        add(totals, ROWS_COMPILED, rowCount);
    }

    public void interpreted(long rowCount) {
        add(totals, ROWS_INTERPRETED, rowCount);
    }

    public void spilled(long bytes) {
        add(totals, SPILLED, bytes);
    }

    public void cpu(long nanos) {
        LONGS.setOpaque(totals, CPU, nanos);
    }

    /// Counts a batch of rows that a node gave out.
    public void gave(int nodeId, long rowCount) {
        add(rows, nodeId, rowCount);
        add(batches, nodeId, 1);
    }

    /// Says which node works now, so that a failure can be put down to it.
    public void entering(int nodeId) {
        node = nodeId;
    }

    /// The node that worked last, or 0.
    public int node() {
        return node;
    }

    public TaskCounters counters() {
        return new TaskCounters(
                get(totals, ROWS_READ),
                get(totals, BYTES_READ),
                get(totals, ROWS_WRITTEN),
                get(totals, BYTES_WRITTEN),
                get(totals, ROWS_COMPILED),
                get(totals, ROWS_INTERPRETED),
                get(totals, SPILLED),
                get(totals, CPU));
    }

    public List<NodeCounters> nodes() {
        List<NodeCounters> counters = new ArrayList<>(nodeIds.length);
        for (int id : nodeIds) {
            counters.add(new NodeCounters(id, get(rows, id), get(batches, id)));
        }
        return counters;
    }

    private static void add(long[] array, int index, long value) {
        LONGS.setOpaque(array, index, array[index] + value);
    }

    private static long get(long[] array, int index) {
        return (long) LONGS.getOpaque(array, index);
    }
}
