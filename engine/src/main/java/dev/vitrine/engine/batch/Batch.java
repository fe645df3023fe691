package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Rows in columns, off-heap and never changed after they are built.
///
/// Counted references: whoever keeps a batch beyond the call that gave it calls [#retain] and later
/// [#close]; memory is freed at the last close, on whatever thread that is.
public final class Batch implements AutoCloseable {
    private final Schema schema;
    private final List<FieldVector> vectors;
    private final int rowCount;
    private final AtomicInteger references = new AtomicInteger(1);
    private final @Nullable Batch parent;

    /// Takes over the caller's reference to the vectors.
    public Batch(Schema schema, List<FieldVector> vectors, int rowCount) {
        this(schema, vectors, rowCount, null);
    }

    private Batch(Schema schema, List<FieldVector> vectors, int rowCount, @Nullable Batch parent) {
        this.schema = schema;
        this.vectors = List.copyOf(vectors);
        this.rowCount = rowCount;
        this.parent = parent;
    }

    public Schema schema() {
        return schema;
    }

    public int rowCount() {
        return rowCount;
    }

    /// The Arrow vector of a column.
    public FieldVector vector(int column) {
        return vectors.get(column);
    }

    /// Address of a column's values: fixed-width values, or the bytes of strings. 0 where the
    /// column has none.
    public long dataAddress(int column) {
        return switch (vectors.get(column)) {
            case BaseFixedWidthVector fixed -> address(fixed.getDataBuffer());
            case BaseVariableWidthVector variable -> address(variable.getDataBuffer());
            default -> 0;
        };
    }

    /// Address of a string or binary column's 32-bit offsets. 0 for other columns.
    public long offsetAddress(int column) {
        return vectors.get(column) instanceof BaseVariableWidthVector variable
                ? address(variable.getOffsetBuffer())
                : 0;
    }

    /// Address of a column's validity bitmap, or 0 where no value is NULL.
    public long validityAddress(int column) {
        FieldVector vector = vectors.get(column);
        return vector.getNullCount() == 0 ? 0 : address(vector.getValidityBuffer());
    }

    public boolean isNull(int column, int row) {
        return vectors.get(column).isNull(row);
    }

    /// A value, boxed as [DataType] says. Slow: for results, tests and the interpreter.
    public @Nullable Object value(int column, int row) {
        return BoxedValues.get(vectors.get(column), schema.field(column).type(), row);
    }

    /// Bytes of memory the columns take.
    public long sizeBytes() {
        long bytes = 0;
        for (FieldVector vector : vectors) {
            bytes += vector.getBufferSize();
        }
        return bytes;
    }

    /// Adds a reference; gives this batch back.
    public Batch retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("A closed batch was used");
        }
        return this;
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left == 0 && parent != null) {
            parent.close();
        } else if (left == 0) {
            vectors.forEach(FieldVector::close);
        } else if (left < 0) {
            throw new IllegalStateException("A batch was closed twice");
        }
    }

    /// The same rows with some of the columns, in the order and under the names of `selected`;
    /// shares this batch's memory and holds a reference to it until it is closed itself.
    public Batch select(int[] columns, Schema selected) {
        List<FieldVector> chosen = new java.util.ArrayList<>(columns.length);
        for (int column : columns) {
            chosen.add(vectors.get(column));
        }
        return new Batch(selected, chosen, rowCount, retain());
    }

    private static long address(ArrowBuf buffer) {
        return buffer.memoryAddress();
    }
}
