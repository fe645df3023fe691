package dev.vitrine.engine.eventlog;

import io.airlift.compress.v3.MalformedInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream of blocks that are compressed one by one.
final class BlockInputStream extends InputStream {
    /// More than any writer puts into a block: what claims to be longer is damaged.
    static final int MOST_BYTES = 64 << 20;

    /// How blocks lie in the stream.
    interface Blocks {
        /// The next block's plain bytes, or none at the end of the stream.
        ///
        /// @throws java.io.EOFException where the stream ends inside of a block
        byte[] next(DataInputStream in) throws IOException;
    }

    private final DataInputStream in;
    private final Blocks blocks;
    private byte[] block = new byte[0];
    private int position;
    private boolean ended;

    BlockInputStream(InputStream in, Blocks blocks) {
        this.in = new DataInputStream(in);
        this.blocks = blocks;
    }

    private boolean fill() throws IOException {
        while (position == block.length && !ended) {
            try {
                block = blocks.next(in);
            } catch (MalformedInputException e) {
                throw new IOException("a damaged block: " + e.getMessage(), e);
            }
            position = 0;
            ended = block.length == 0;
        }
        return !ended;
    }

    @Override
    public int read() throws IOException {
        return fill() ? block[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, block.length - position);
        System.arraycopy(block, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// A length that was read, where it can be one.
    static int length(int read) throws IOException {
        if (read < 0 || read > MOST_BYTES) {
            throw new IOException("a damaged block: " + read + " bytes");
        }
        return read;
    }
}
