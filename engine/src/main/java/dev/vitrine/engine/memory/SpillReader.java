package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.BatchImage;
import dev.vitrine.engine.batch.Mem;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads what a [SpillWriter] wrote, from one offset on.
final class SpillReader implements BatchImage.Source {
    private final SpillBytes file;
    private final Lz4JavaDecompressor decompressor = new Lz4JavaDecompressor();
    private byte[] packed = new byte[0];
    private byte[] block = new byte[0];
    private long offset;
    private int at;
    private int length;

    SpillReader(SpillBytes file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    @Override
    public long number() {
        if (at == length) {
            next();
        }
        long value = ByteBuffer.wrap(block).getLong(at);
        at += Long.BYTES;
        return value;
    }

    @Override
    public void memory(long address, long bytes) {
        long done = 0;
        while (done < bytes) {
            if (at == length) {
                next();
            }
            int count = (int) Math.min(bytes - done, length - at);
            Mem.copy(block, at, address + done, count);
            at += count;
            done += count;
        }
    }

    private void next() {
        try {
            byte[] header = new byte[SpillWriter.HEADER_BYTES];
            read(header, header.length);
            length = ByteBuffer.wrap(header).getInt(0);
            int stored = ByteBuffer.wrap(header).getInt(4);
            int bytes = Math.abs(stored);
            packed = packed.length < bytes ? new byte[bytes] : packed;
            read(packed, bytes);
            block = block.length < length ? new byte[length] : block;
            if (stored < 0) {
                System.arraycopy(packed, 0, block, 0, length);
            } else if (decompressor.decompress(packed, 0, bytes, block, 0, length) != length) {
                throw new IOException("a block of the file is damaged");
            }
            at = 0;
        } catch (MalformedInputException e) {
            throw new SpillWriter.Failed(new IOException("a block of the file is damaged", e));
        } catch (IOException e) {
            throw new SpillWriter.Failed(e);
        }
    }

    private void read(byte[] target, int bytes) throws IOException {
        file.read(offset, target, bytes);
        offset += bytes;
    }
}
