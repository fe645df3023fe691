package dev.vitrine.engine.eventlog;

import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.io.DataInputStream;
import java.io.IOException;

/// Blocks of snappy-java's `SnappyOutputStream`: a head of 16 bytes, then blocks, each behind its
/// length, big-endian. A head may come again where streams were joined; as a length it is negative.
final class SnappyBlocks implements BlockInputStream.Blocks {
    private static final int REST_OF_HEAD = 12;

    private final SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();

    @Override
    public byte[] next(DataInputStream in) throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return new byte[0];
            }
            int length =
                    first << 24
                            | in.readUnsignedByte() << 16
                            | in.readUnsignedByte() << 8
                            | in.readUnsignedByte();
            if (length < 0) {
                in.readFully(new byte[REST_OF_HEAD]);
                continue;
            }
            byte[] bytes = new byte[BlockInputStream.length(length)];
            in.readFully(bytes);
            int plain = BlockInputStream.length(snappy.getUncompressedLength(bytes, 0));
            if (plain == 0) {
                continue;
            }
            byte[] text = new byte[plain];
            snappy.decompress(bytes, 0, bytes.length, text, 0, plain);
            return text;
        }
    }
}
