package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of one range of a file, read in blocks into memory of our own.
///
/// Not mapped: native decompressors work on these bytes, and one that meets a mapped file which
/// another program has cut short kills the process, where a read just ends early.
final class ChunkBytes implements AutoCloseable {
    /// A range of at most so many bytes is read in one go.
    private static final int BLOCK = (256 << 10) - Scratch.SLACK;

    private final FileChannel file;
    private final Scratch memory;
    private long end;
    private long heldFrom;
    private int held;
    private long bytesRead;

    ChunkBytes(FileChannel file, BatchAllocator allocator) {
        this.file = file;
        this.memory = new Scratch(allocator);
    }

    /// Turns to the range that ends before byte `end` of the file.
    void open(long end) {
        this.end = end;
        held = 0;
    }

    long end() {
        return end;
    }

    long bytesRead() {
        return bytesRead;
    }

    /// Address of the `length` bytes from byte `offset` of the file on, good until the next call.
    ///
    /// @throws EOFException if the range or the file ends before
    long address(long offset, int length) throws IOException {
        if (offset < 0 || length > end - offset) {
            throw new EOFException("its bytes end inside a page");
        }
        if (offset < heldFrom || offset + length > heldFrom + held) {
            load(offset, length);
        }
        return memory.ensure(0) + (offset - heldFrom);
    }

    /// The same bytes for a library.
    ByteBuffer buffer(long offset, int length) {
        return memory.bytes(offset - heldFrom, length);
    }

    private void load(long offset, int length) throws IOException {
        int wanted = end - offset <= BLOCK ? (int) (end - offset) : length;
        int kept = 0;
        if (offset >= heldFrom && offset < heldFrom + held) {
            kept = (int) (heldFrom + held - offset);
        }
        long old = memory.ensure(0);
        if (wanted > memory.capacity()) {
            kept = 0;
        } else if (kept > 0) {
            Mem.copy(old + (offset - heldFrom), old, kept);
        }
        memory.ensure(wanted);
        held = 0;
        ByteBuffer target = memory.bytes(kept, wanted - kept);
        while (target.hasRemaining()) {
            int read = file.read(target, offset + kept + target.position());
            if (read < 0) {
                throw new EOFException("the file ends before byte " + (offset + wanted));
            }
            bytesRead += read;
        }
        heldFrom = offset;
        held = wanted;
    }

    @Override
    public void close() {
        memory.close();
    }
}
