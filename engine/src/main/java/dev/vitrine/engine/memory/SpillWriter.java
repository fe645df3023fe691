package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.BatchImage;
import dev.vitrine.engine.batch.Mem;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes an image in blocks of up to 256 KB, each compressed with LZ4 unless that saves too
/// little: a block is its length, its length in the file (negative where it is as it was), and its
/// bytes.
final class SpillWriter implements BatchImage.Target {
    static final int BLOCK_BYTES = 1 << 18;
    static final int HEADER_BYTES = 8;

    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    private final SpillBytes file;
    private final Buffers buffers = BUFFERS.get();
    private long offset;
    private int used;

    /// An I/O failure on its way out of an image's methods.
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException reason;

        Failed(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }

    /// One thread's scratch memory for writing.
    private static final class Buffers {
        private final Lz4JavaCompressor compressor = new Lz4JavaCompressor();
        private final byte[] block = new byte[BLOCK_BYTES];
        private final byte[] packed =
                new byte[HEADER_BYTES + compressor.maxCompressedLength(BLOCK_BYTES)];
    }

    SpillWriter(SpillBytes file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    @Override
    public void number(long value) {
        if (used + Long.BYTES > BLOCK_BYTES) {
            flush();
        }
        ByteBuffer.wrap(buffers.block).putLong(used, value);
        used += Long.BYTES;
    }

    @Override
    public void memory(long address, long bytes) {
        long done = 0;
        while (done < bytes) {
            if (used == BLOCK_BYTES) {
                flush();
            }
            int length = (int) Math.min(bytes - done, BLOCK_BYTES - used);
            Mem.copy(address + done, buffers.block, used, length);
            used += length;
            done += length;
        }
    }

    /// Writes what is left; the offset after it.
    long finish() {
        flush();
        return offset;
    }

    private void flush() {
        if (used == 0) {
            return;
        }
        byte[] packed = buffers.packed;
        int length =
                buffers.compressor.compress(
                        buffers.block, 0, used, packed, HEADER_BYTES, packed.length - HEADER_BYTES);
        boolean plain = length > used - used / 8;
        if (plain) {
            length = used;
            System.arraycopy(buffers.block, 0, packed, HEADER_BYTES, length);
        }
        ByteBuffer.wrap(packed).putInt(0, used).putInt(4, plain ? -length : length);
        try {
            file.write(offset, packed, HEADER_BYTES + length);
        } catch (IOException e) {
            throw new Failed(e);
        }
        offset += HEADER_BYTES + length;
        used = 0;
    }
}
