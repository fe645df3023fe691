package dev.vitrine.engine.codegen;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.kernel.JoinTable;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.kernel.StringArena;
import dev.vitrine.engine.kernel.StringRef;
import dev.vitrine.engine.kernel.WideDecimal;
import dev.vitrine.engine.types.Binary;
import java.math.BigDecimal;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// What every generated class extends: its links to the task, and the slow ways that all need. One
/// instance a task, used by one thread.
@SuppressWarnings("NullAway.Init") // the generated subclass has no constructor: open() comes first
public abstract class SegmentCode implements AutoCloseable {
    /// Rows of a step: the length of a selection vector.
    public static final int STEP = 1024;

    /// Nodes that a class can count the rows of.
    public static final int MAX_COUNTED = 64;

    /// Row numbers of the batch that are still selected.
    protected final int[] sel = new int[STEP];

    /// Rows that each counted node gave out, in the order the class counts them.
    public final long[] counts = new long[MAX_COUNTED];

    protected StringArena arena;
    protected BatchBuilder out;
    protected KeyTable groups;
    protected JoinTable[] tables = new JoinTable[0];
    protected int outRows;
    protected int outLimit;

    /// Changes when row numbers begin to mean other rows.
    protected int epoch;

    private StringArena constantArena;
    private Host host;
    private BatchAllocator allocator;
    private @Nullable ArrowBuf keyBuffer;
    private @Nullable ArrowBuf stepBuffer;

    /// What the task does for the class.
    public interface Host {
        /// Ends the task if it is to end.
        void check();

        /// As [#check], between two steps of a batch: groups may be taken out of their table.
        void step();

        /// Hands up the rows in the output builder.
        void flush();
    }

    /// What an instance is linked to.
    ///
    /// @param out where rows go, or null where they go to `groups`
    public record Links(
            Host host,
            BatchAllocator allocator,
            Object[] constants,
            JoinTable[] tables,
            @Nullable KeyTable groups,
            @Nullable BatchBuilder out,
            int outLimit) {}

    /// Links the instance; called once, first.
    public final void open(Links links) {
        host = links.host;
        allocator = links.allocator;
        arena = new StringArena(links.allocator);
        constantArena = new StringArena(links.allocator);
        keyBuffer = links.allocator.allocate(16 + 16L * 64);
        tables = links.tables;
        if (links.groups != null) {
            groups = links.groups;
        }
        if (links.out != null) {
            out = links.out;
        }
        outLimit = links.outLimit;
        init(links.constants);
    }

    /// Takes constants and addresses that do not change into fields.
    protected abstract void init(Object[] constants);

    /// Whether 64 bits suffice for the batch's decimals, so that [#process] may be called.
    public abstract boolean fits(Batch batch);

    /// Takes in all rows of a batch.
    public abstract void process(Batch batch);

    /// Forgets where groups lie: their table was cleared.
    public void forgetGroups() {}

    /// Rows in the output builder; set back after they are handed up.
    public final int takeOutRows() {
        int rows = outRows;
        outRows = 0;
        return rows;
    }

    protected final void check() {
        arena.reset();
        host.step();
    }

    /// As [#check], in the middle of a row.
    protected final void poll() {
        host.check();
    }

    protected final void flush() {
        host.flush();
    }

    /// Memory in which a join's key is written.
    protected final long keyMemory() {
        return java.util.Objects.requireNonNull(keyBuffer).memoryAddress();
    }

    /// Memory for `bytes` bytes of each row of a step; asked for once.
    protected final long stepMemory(int bytes) {
        stepBuffer = allocator.allocate((long) STEP * bytes);
        return stepBuffer.memoryAddress();
    }

    protected final void constant(byte[] bytes, StringRef target) {
        constantArena.put(bytes, target);
    }

    protected final ColumnBuilder column(int index) {
        return out.column(index);
    }

    /// Evaluates what has no Java form of its own.
    protected static @Nullable Object eval(Evaluator evaluator, @Nullable Object[] args) {
        return evaluator.eval(ordinal -> args[ordinal]);
    }

    protected static @Nullable Object decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale);
    }

    protected static long unscaled(@Nullable Object value) {
        return value == null ? 0 : ((BigDecimal) value).unscaledValue().longValueExact();
    }

    protected static void toWide(@Nullable Object value, WideDecimal target) {
        if (value instanceof BigDecimal number) {
            target.set(WideDecimal.of(number.unscaledValue()));
        } else {
            target.set(0);
        }
    }

    protected static int toInt(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).intValue();
    }

    protected static long toLong(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }

    protected static float toFloat(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).floatValue();
    }

    protected static double toDouble(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).doubleValue();
    }

    protected static boolean toBoolean(@Nullable Object value) {
        return value != null && (Boolean) value;
    }

    protected final void toString(@Nullable Object value, StringRef target) {
        if (value instanceof String text) {
            arena.put(text, target);
        } else if (value instanceof Binary binary) {
            arena.put(binary.toBytes(), target);
        } else {
            target.address = 0;
            target.length = 0;
        }
    }

    protected static Binary binary(StringRef value) {
        byte[] bytes = new byte[value.length];
        dev.vitrine.engine.batch.Mem.copy(value.address, bytes, 0, value.length);
        return Binary.copyOf(bytes);
    }

    @Override
    public void close() {
        arena.close();
        constantArena.close();
        if (keyBuffer != null) {
            keyBuffer.close();
        }
        if (stepBuffer != null) {
            stepBuffer.close();
        }
    }
}
