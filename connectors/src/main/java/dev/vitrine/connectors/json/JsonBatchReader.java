package dev.vitrine.connectors.json;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the records of a file that is one array or one object, as boxed values.
final class JsonBatchReader implements BatchReader {
    private static final int BATCH_ROWS = 16_384;
    private static final long MAX_BATCH_BYTES = 32L << 20;

    private final JsonSplit split;
    private final BatchBuilder builder;
    private final JsonLines records;
    private final JsonRecords reader;
    private long remaining;
    private boolean ended;

    JsonBatchReader(
            JsonSource source, JsonSplit split, ScanRequest request, BatchAllocator allocator) {
        this.split = split;
        this.builder = new BatchBuilder(request.columns(), allocator, 1024);
        this.reader = new JsonRecords(source, split.file(), request.columns().fields());
        this.remaining = request.limit().orElse(Long.MAX_VALUE);
        try {
            split.file().checkUnchanged();
            this.records = source.open(split.file(), split.from(), split.to());
        } catch (IOException e) {
            throw split.file().failure(e);
        }
    }

    @Override
    public @Nullable Batch next() {
        int rows = 0;
        try {
            while (!ended
                    && rows < BATCH_ROWS
                    && remaining > 0
                    && builder.variableBytes() < MAX_BATCH_BYTES) {
                if (row()) {
                    rows++;
                    remaining--;
                }
            }
            return rows == 0 ? null : builder.build(rows);
        } catch (IOException | RuntimeException e) {
            throw split.file().failure(e);
        }
    }

    @Override
    public long bytesRead() {
        return records.offset() - split.from();
    }

    @Override
    public void close() {
        builder.close();
        try {
            records.close();
        } catch (IOException e) {
            throw split.file().failure(e);
        }
    }

    /// Reads the next record; whether it became a row.
    private boolean row() throws IOException {
        JsonRecords.Outcome outcome = reader.read(records::next, false, records);
        // Where an array is broken off nothing after it can be told apart.
        ended = outcome.ended() || outcome.broken();
        @Nullable Object[] row = outcome.row();
        if (row == null) {
            return false;
        }
        for (int i = 0; i < row.length; i++) {
            builder.column(i).append(row[i]);
        }
        return true;
    }
}
