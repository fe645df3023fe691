package dev.vitrine.engine.spi;

import dev.vitrine.engine.batch.Batch;
import org.jspecify.annotations.Nullable;

/// Reads one split; used by one thread.
public interface BatchReader extends AutoCloseable {
    /// The next rows in the request's columns, owned by the caller (who closes it), or null at the
    /// end.
    @Nullable Batch next();

    /// Bytes read from storage so far.
    long bytesRead();

    @Override
    void close();
}
