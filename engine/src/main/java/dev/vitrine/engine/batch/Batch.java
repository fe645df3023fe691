package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/// Rows in columns, off-heap and never changed after they are built.
///
/// Counted references: whoever keeps a batch beyond the call that gave it calls [#retain] and later
/// [#close]; memory is freed at the last close, on whatever thread that is. A column that a reader
/// decodes only when asked is decoded at the first access, or at [#retain].
public final class Batch implements AutoCloseable {
    private final Schema schema;
    private final HeldColumn[] columns;
    private final int rowCount;
    private final AtomicInteger references = new AtomicInteger(1);
    private final List<Batch> parents;

    /// Takes over the caller's reference to the vectors.
    public Batch(Schema schema, List<FieldVector> vectors, int rowCount) {
        this(
                schema,
                held(vectors.stream().map(BatchColumn.Plain::new).toList()),
                rowCount,
                List.of());
    }

    private Batch(Schema schema, HeldColumn[] columns, int rowCount, List<Batch> parents) {
        this.schema = schema;
        this.columns = columns;
        this.rowCount = rowCount;
        this.parents = parents;
    }

    /// Takes over the caller's references to the columns.
    public static Batch of(Schema schema, List<? extends BatchColumn> columns, int rowCount) {
        return new Batch(schema, held(columns), rowCount, List.of());
    }

    private static HeldColumn[] held(List<? extends BatchColumn> columns) {
        return columns.stream().map(HeldColumn::new).toArray(HeldColumn[]::new);
    }

    public Schema schema() {
        return schema;
    }

    public int rowCount() {
        return rowCount;
    }

    /// How a column is held now. For readers that put together a batch from others.
    public BatchColumn column(int column) {
        return columns[column].held();
    }

    /// The Arrow vector of a column, one value a row.
    public FieldVector vector(int column) {
        return columns[column].plain();
    }

    /// The dictionary of a coded column, good as long as this batch; null if the column is not
    /// coded.
    public @Nullable Dictionary dictionary(int column) {
        return columns[column].loaded() instanceof BatchColumn.Coded coded
                ? coded.dictionary()
                : null;
    }

    /// Address of a coded column's 32-bit codes. 0 if the column is not coded.
    public long codesAddress(int column) {
        return columns[column].loaded() instanceof BatchColumn.Coded coded
                ? address(coded.codes().getDataBuffer())
                : 0;
    }

    /// The largest magnitude of a column's whole numbers, where that is known without reading them;
    /// otherwise [BatchColumn#UNKNOWN].
    public double knownMaxAbs(int column) {
        return columns[column].held().maxAbs();
    }

    /// Address of a column's values: fixed-width values, or the bytes of strings. 0 where the
    /// column has none.
    public long dataAddress(int column) {
        return switch (vector(column)) {
            case BaseFixedWidthVector fixed -> address(fixed.getDataBuffer());
            case BaseVariableWidthVector variable -> address(variable.getDataBuffer());
            default -> 0;
        };
    }

    /// Address of a string or binary column's 32-bit offsets. 0 for other columns.
    public long offsetAddress(int column) {
        return vector(column) instanceof BaseVariableWidthVector variable
                ? address(variable.getOffsetBuffer())
                : 0;
    }

    /// Address of a column's validity bitmap, or 0 where no value is NULL.
    public long validityAddress(int column) {
        FieldVector vector = columns[column].rows();
        return vector.getNullCount() == 0 ? 0 : address(vector.getValidityBuffer());
    }

    public boolean isNull(int column, int row) {
        return columns[column].rows().isNull(row);
    }

    /// A value, boxed as [DataType] says. Slow: for results, tests and the interpreter.
    public @Nullable Object value(int column, int row) {
        return BoxedValues.get(vector(column), schema.field(column).type(), row);
    }

    /// Bytes of memory the columns take; columns not yet decoded take none.
    public long sizeBytes() {
        long bytes = 0;
        for (HeldColumn column : columns) {
            bytes += column.sizeBytes();
        }
        return bytes;
    }

    /// Bytes of memory one column takes.
    public long sizeBytes(int column) {
        return columns[column].sizeBytes();
    }

    /// Adds a reference; gives this batch back.
    public Batch retain() {
        for (HeldColumn column : columns) {
            column.loaded();
        }
        return addReference();
    }

    /// Whether there are holders beside the caller, so that its [#close] frees nothing.
    public boolean isShared() {
        return references.get() > 1;
    }

    private Batch addReference() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("A closed batch was used");
        }
        return this;
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left == 0 && !parents.isEmpty()) {
            parents.forEach(Batch::close);
        } else if (left == 0) {
            for (HeldColumn column : columns) {
                column.close();
            }
        } else if (left < 0) {
            throw new IllegalStateException("A batch was closed twice");
        }
    }

    /// Moves the rows to another owner's memory in the same session, without copying, and closes
    /// this batch, whose only holder the caller is.
    ///
    /// @param moved dictionaries moved before, by what they were; added to. The caller closes what
    ///   it holds when all batches are moved
    public Batch moveTo(BatchAllocator target, Map<Dictionary, Dictionary> moved) {
        if (references.get() != 1) {
            throw new IllegalStateException("A batch that others hold was moved");
        }
        List<BatchColumn> all = new ArrayList<>(columns.length);
        IdentityHashMap<FieldVector, ValueVector> taken = new IdentityHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            double maxAbs = knownMaxAbs(i);
            all.add(
                    switch (columns[i].loaded()) {
                        case BatchColumn.Plain plain ->
                                new BatchColumn.Plain(
                                        (FieldVector) moved(plain.values(), target, taken), maxAbs);
                        case BatchColumn.Coded coded ->
                                new BatchColumn.Coded(
                                        (IntVector) moved(coded.codes(), target, taken),
                                        moved.computeIfAbsent(
                                                        coded.dictionary(),
                                                        d ->
                                                                new Dictionary(
                                                                        (BaseVariableWidthVector)
                                                                                moved(
                                                                                        d.values(),
                                                                                        target,
                                                                                        taken)))
                                                .retain());
                        case BatchColumn.Later later ->
                                throw new IllegalStateException("A column that is not decoded");
                    });
        }
        Batch batch = of(schema, all, rowCount);
        close();
        return batch;
    }

    /// @param taken what was moved so far: columns of one batch may be the same values twice
    private static ValueVector moved(
            FieldVector vector,
            BatchAllocator target,
            IdentityHashMap<FieldVector, ValueVector> taken) {
        ValueVector before = taken.get(vector);
        ValueVector from = before == null ? vector : before;
        TransferPair pair = from.getTransferPair(vector.getField(), target.arrow());
        if (before == null) {
            pair.transfer();
            taken.put(vector, pair.getTo());
        } else {
            pair.splitAndTransfer(0, before.getValueCount());
        }
        return pair.getTo();
    }

    /// The same rows with some of the columns, in the order and under the names of `selected`;
    /// shares this batch's memory and holds a reference to it until it is closed itself.
    public Batch select(int[] chosen, Schema selected) {
        HeldColumn[] some = new HeldColumn[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            some[i] = columns[chosen[i]];
        }
        return new Batch(selected, some, rowCount, List.of(addReference()));
    }

    /// As [#select], with columns of another batch of as many rows among them.
    ///
    /// @param chosen columns of this batch or, where they are not below its number of columns, of
    ///   the other, counted on
    public Batch select(int[] chosen, Batch other, Schema selected) {
        if (other.rowCount != rowCount) {
            throw new IllegalArgumentException(
                    "Batches of " + rowCount + " and of " + other.rowCount + " rows");
        }
        HeldColumn[] some = new HeldColumn[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int own = columns.length;
            some[i] = chosen[i] < own ? columns[chosen[i]] : other.columns[chosen[i] - own];
        }
        return new Batch(selected, some, rowCount, List.of(addReference(), other.addReference()));
    }

    private static long address(ArrowBuf buffer) {
        return buffer.memoryAddress();
    }
}
