package dev.vitrine.connectors.file;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a part of a text file, some records at a time: keeps the window on the file's bytes in
/// which a format finds its records, and cuts batches.
public abstract class RecordReader implements BatchReader {
    private static final int BATCH_ROWS = 65_536;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 29;
    private static final long MAX_BATCH_BYTES = 32L << 20;

    /// Where the rows go.
    protected final BatchBuilder builder;

    /// The window: bytes from [#position] to [#limit] have not been read yet.
    protected byte[] buffer = new byte[BLOCK_BYTES];

    protected int position;
    protected int limit;

    /// Whether no bytes follow those in the window.
    protected boolean atEnd;

    /// Offset in the file of the window's first byte.
    protected long offsetOfBuffer;

    /// Rows still wanted.
    protected long remaining;

    private final DataFile file;
    private final ByteInput input;
    private final int chunkRows;
    private final int spareBytes;

    /// @param from offset of the part's first byte
    /// @param to offset after its last one
    /// @param chunkRows records that are found at a time at most
    /// @param spareBytes bytes that are kept free behind the window
    protected RecordReader(
            DataFile file,
            Charset charset,
            long from,
            long to,
            ScanRequest request,
            BatchAllocator allocator,
            int chunkRows,
            int spareBytes) {
        this.file = file;
        this.chunkRows = chunkRows;
        this.spareBytes = spareBytes;
        this.offsetOfBuffer = from;
        this.remaining = request.limit().orElse(Long.MAX_VALUE);
        try {
            file.checkUnchanged();
            this.input = ByteInput.open(file, charset, from, to);
        } catch (IOException e) {
            throw file.failure(e);
        }
        this.builder = new BatchBuilder(request.columns(), allocator, chunkRows);
    }

    /// Finds the next records, all of them in the window; how many there are, 0 at the end.
    protected abstract int find() throws IOException;

    /// Appends the records found; how many became rows.
    protected abstract int append(int found) throws IOException;

    /// The error for a record that the window grew too large for.
    protected abstract EngineException tooLong(int bytes) throws IOException;

    @Override
    public final @Nullable Batch next() {
        int rows = 0;
        try {
            while (rows + chunkRows <= BATCH_ROWS
                    && remaining > 0
                    && builder.variableBytes() < MAX_BATCH_BYTES) {
                int found = find();
                if (found == 0) {
                    break;
                }
                int appended = append(found);
                rows += appended;
                remaining -= appended;
            }
            return rows == 0 ? null : builder.build(rows);
        } catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
    }

    /// Moves what has not been read to the window's beginning and reads on behind it.
    protected final void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        offsetOfBuffer += position;
        limit -= position;
        position = 0;
        if (buffer.length - spareBytes <= limit) {
            if (limit >= MAX_RECORD_BYTES) {
                throw tooLong(limit);
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = input.read(buffer, limit, buffer.length - spareBytes - limit);
        atEnd = read < 0;
        limit += Math.max(read, 0);
    }

    @Override
    public final long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public final void close() {
        builder.close();
        try {
            input.close();
        } catch (IOException e) {
            throw file.failure(e);
        }
    }
}
