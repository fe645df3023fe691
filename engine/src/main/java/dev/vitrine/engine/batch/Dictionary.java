package dev.vitrine.engine.batch;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.BaseVariableWidthVector;

/// The distinct values of a coded column. The same object serves all batches that share it: what a
/// consumer works out once an entry can be kept by its identity.
///
/// Counted references, as those of a [Batch].
public final class Dictionary implements AutoCloseable {
    private final BaseVariableWidthVector values;
    private final AtomicInteger references = new AtomicInteger(1);

    /// Takes over the caller's reference to the vector, which holds no NULL.
    public Dictionary(BaseVariableWidthVector values) {
        this.values = values;
    }

    public BaseVariableWidthVector values() {
        return values;
    }

    /// Number of entries.
    public int size() {
        return values.getValueCount();
    }

    /// Address of the entries' bytes.
    public long dataAddress() {
        return values.getDataBuffer().memoryAddress();
    }

    /// Address of the entries' 32-bit offsets.
    public long offsetAddress() {
        return values.getOffsetBuffer().memoryAddress();
    }

    /// Adds a reference; gives this dictionary back.
    public Dictionary retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("A closed dictionary was used");
        }
        return this;
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left == 0) {
            values.close();
        } else if (left < 0) {
            throw new IllegalStateException("A dictionary was closed twice");
        }
    }
}
