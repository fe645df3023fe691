package dev.vitrine.engine.eventlog;

import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import java.io.DataInputStream;
import java.io.IOException;

/// Blocks of lz4-java's `LZ4BlockOutputStream`: `LZ4Block`, a byte whose upper half is the method,
/// then compressed length, plain length and checksum, little-endian. A block without bytes ends a
/// stream, and another stream may follow. Checksums are left alone: each line is parsed anyway.
final class Lz4Blocks implements BlockInputStream.Blocks {
    private static final int MAGIC_BYTES = 8;
    private static final int RAW = 0x10;

    private final Lz4JavaDecompressor lz4 = new Lz4JavaDecompressor();

    @Override
    public byte[] next(DataInputStream in) throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return new byte[0];
            }
            in.readFully(new byte[MAGIC_BYTES - 1]);
            int method = in.readUnsignedByte() & 0xF0;
            int compressed = BlockInputStream.length(Integer.reverseBytes(in.readInt()));
            int plain = BlockInputStream.length(Integer.reverseBytes(in.readInt()));
            in.readInt();
            byte[] bytes = new byte[compressed];
            in.readFully(bytes);
            if (plain == 0) {
                continue;
            }
            if (method == RAW) {
                return bytes;
            }
            byte[] text = new byte[plain];
            if (lz4.decompress(bytes, 0, compressed, text, 0, plain) != plain) {
                throw new IOException("a damaged block");
            }
            return text;
        }
    }
}
