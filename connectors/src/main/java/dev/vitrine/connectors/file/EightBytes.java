package dev.vitrine.connectors.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Text looked at eight bytes at a time, as a word whose lowest byte comes first. Answers are words
/// too, with the highest bit of each byte that is meant.
public final class EightBytes {
    /// Times a sign it is eight of them.
    public static final long EACH = 0x0101_0101_0101_0101L;

    /// The highest bit of each byte.
    public static final long HIGHS = 0x8080_8080_8080_8080L;

    /// Eight zeros as text.
    public static final long ZEROS = EACH * '0';

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Added to a byte without its highest bit, sets that bit if the byte was above 9.
    private static final long ABOVE_NINE = EACH * (0x80 - 10);

    private EightBytes() {}

    /// The word at `at`; there must be eight bytes.
    public static long at(byte[] text, int at) {
        return (long) LONGS.get(text, at);
    }

    /// The bytes of `word` that equal those of `pattern`.
    public static long equal(long word, long pattern) {
        long different = word ^ pattern;
        return ~(((different & ~HIGHS) + ~HIGHS) | different | ~HIGHS);
    }

    /// The bytes of digits, [#ZEROS] taken off by `^`, that are above 9: no digits.
    public static long noDigits(long digits) {
        return (((digits & ~HIGHS) + ABOVE_NINE) | digits) & HIGHS;
    }

    /// How many bytes come before the first that is meant; 8 if none is.
    public static int before(long answer) {
        return Long.numberOfTrailingZeros(answer) >>> 3;
    }
}
