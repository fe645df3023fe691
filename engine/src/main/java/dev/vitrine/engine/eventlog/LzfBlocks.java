package dev.vitrine.engine.eventlog;

import java.io.DataInputStream;
import java.io.IOException;

/// Blocks of compress-lzf's `LZFOutputStream`: `ZV`, a byte that says whether it is compressed, its
/// length in two bytes and, where compressed, the plain one.
///
/// The compression is Lehmann's LZF: a byte below 32 says how many bytes follow as they are, less
/// one; any other begins a copy, its upper three bits the length less two (seven: a byte more
/// follows), the other five and the next byte how far back it lies, less one.
final class LzfBlocks implements BlockInputStream.Blocks {
    private static final int LITERALS = 32;
    private static final int LONG_COPY = 7;

    @Override
    public byte[] next(DataInputStream in) throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return new byte[0];
            }
            if (first != 'Z' || in.readUnsignedByte() != 'V') {
                throw new IOException("a damaged block");
            }
            boolean compressed = in.readUnsignedByte() == 1;
            int length = in.readUnsignedShort();
            int plain = compressed ? in.readUnsignedShort() : length;
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            if (plain > 0) {
                return compressed ? expand(bytes, new byte[plain]) : bytes;
            }
        }
    }

    private static byte[] expand(byte[] from, byte[] to) throws IOException {
        int in = 0;
        int out = 0;
        try {
            while (in < from.length) {
                int control = from[in++] & 0xFF;
                if (control < LITERALS) {
                    int count = control + 1;
                    System.arraycopy(from, in, to, out, count);
                    in += count;
                    out += count;
                    continue;
                }
                int count = control >> 5;
                if (count == LONG_COPY) {
                    count += from[in++] & 0xFF;
                }
                int source = out - ((control & 0x1F) << 8) - (from[in++] & 0xFF) - 1;
                // The copy may overlap itself, which repeats a pattern: byte by byte.
                for (int i = 0; i < count + 2; i++) {
                    to[out++] = to[source++];
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a damaged block", e);
        }
        if (out != to.length) {
            throw new IOException("a damaged block");
        }
        return to;
    }
}
