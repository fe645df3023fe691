package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;
import java.io.IOException;

/// Unpacks raw Snappy blocks as the format's description has them
/// (<https://github.com/google/snappy/blob/main/format_description.txt>).
///
/// Ours because pages are where a scan's time goes: numbers of eight bytes become a literal of two
/// or three bytes and a copy of the rest each, which this takes in one turn of the loop, without a
/// branch between the kinds of copies and with moves of whole words that may run over their end.
final class SnappyDecoder {
    private static final int LITERAL = 0;
    private static final int FAR_COPY = 3;

    /// Of a literal so long, the tag and the head of a copy fit into eight bytes.
    private static final int SHORT_LITERAL = 4;

    /// Bytes that are moved at once, needed or not.
    private static final int STRIDE = 16;

    /// Literals of more bytes have their length behind the tag.
    private static final int LONG_LITERAL = 60;

    /// By tag: the length in the lowest eight bits, and above them what the tag has of the offset.
    private static final int[] TAGS = new int[256];

    static {
        for (int tag = 0; tag < TAGS.length; tag++) {
            TAGS[tag] =
                    (tag & 3) == 1 ? 4 + (tag >>> 2 & 7) | (tag >>> 5) << 8 << 8 : (tag >>> 2) + 1;
        }
    }

    private SnappyDecoder() {}

    /// Unpacks the block between the addresses `from` and `fromEnd` to fill all between `to` and
    /// `toEnd`.
    ///
    /// Behind both ends there have to be [Scratch#SLACK] bytes: the first are read without use, the
    /// second may be overwritten.
    ///
    /// @throws IOException if the block is damaged or of another size
    static void decode(long from, long fromEnd, long to, long toEnd) throws IOException {
        long in = skipSize(from, fromEnd, toEnd - to);
        long out = to;
        while (in < fromEnd) {
            // Eight bytes often hold a literal and the head of the copy behind it.
            long ahead = Mem.getLong(in);
            int tag = (int) ahead & 0xFF;
            if ((tag & 3) == LITERAL) {
                int length = (tag >>> 2) + 1;
                if (length > STRIDE || length > toEnd - out) {
                    in++;
                    if (length > LONG_LITERAL) {
                        int bytes = length - LONG_LITERAL;
                        length = (Mem.getInt(in) & -1 >>> Integer.SIZE - 8 * bytes) + 1;
                        in += bytes;
                    }
                    check(length > 0 && length <= toEnd - out && length <= fromEnd - in);
                    Mem.copy(in, out, length);
                    in += length;
                    out += length;
                    continue;
                }
                if (length <= SHORT_LITERAL) {
                    Mem.putInt(out, (int) (ahead >>> 8));
                    in += 1 + length;
                    ahead >>>= 8 + 8 * length;
                } else {
                    Mem.putLong(out, Mem.getLong(in + 1));
                    Mem.putLong(out + 8, Mem.getLong(in + 9));
                    in += 1 + length;
                    ahead = Mem.getLong(in);
                }
                out += length;
                tag = (int) ahead & 0xFF;
                if ((tag & 3) == LITERAL || in >= fromEnd) {
                    continue;
                }
            }
            int kind = tag & 3;
            int entry = TAGS[tag];
            int length = entry & 0xFF;
            int offset;
            if (kind == FAR_COPY) {
                offset = Mem.getInt(in + 1);
                in += 5;
            } else {
                offset = ((int) (ahead >>> 8) & (1 << 8 * kind) - 1) + (entry >>> 8);
                in += 1 + kind;
            }
            check(offset > 0 && offset <= out - to && length <= toEnd - out);
            long source = out - offset;
            if (offset >= Long.BYTES) {
                Mem.putLong(out, Mem.getLong(source));
                Mem.putLong(out + 8, Mem.getLong(source + 8));
                if (length > STRIDE) {
                    copyRest(source, out, length);
                }
            } else {
                repeat(source, out, length);
            }
            out += length;
        }
        check(in == fromEnd && out == toEnd);
    }

    /// Steps over the unpacked size that a block begins with.
    private static long skipSize(long from, long fromEnd, long expected) throws IOException {
        long size = 0;
        for (long at = from; at < fromEnd && at - from < 5; at++) {
            byte part = Mem.getByte(at);
            size |= (long) (part & 0x7F) << (int) (7 * (at - from));
            if (part >= 0) {
                if (size != expected) {
                    throw new IOException(
                            "a page unpacks to " + size + " bytes, its header says " + expected);
                }
                return at + 1;
            }
        }
        throw damaged();
    }

    private static void copyRest(long from, long to, int length) {
        for (int i = STRIDE; i < length; i += STRIDE) {
            Mem.putLong(to + i, Mem.getLong(from + i));
            Mem.putLong(to + i + 8, Mem.getLong(from + i + 8));
        }
    }

    /// Copies bytes some of which only this copy writes.
    private static void repeat(long from, long to, int length) {
        for (int i = 0; i < length; i++) {
            Mem.putByte(to + i, Mem.getByte(from + i));
        }
    }

    private static void check(boolean sound) throws IOException {
        if (!sound) {
            throw damaged();
        }
    }

    private static IOException damaged() {
        return new IOException("a page is damaged: no Snappy data");
    }
}
