package dev.vitrine.engine.function;

import java.nio.ByteBuffer;
import java.util.Random;

/// The random numbers that Spark gives for a seed: Marsaglia's xorshift of 64 bits with the steps
/// 21, 35, 4, started at a Murmur3 hash of the seed.
final class XorShiftRandom extends Random {
    private static final long serialVersionUID = 1L;
    private static final int HASH_SEED = 0x3c074a61;

    private long state;

    XorShiftRandom(long seed) {
        super(seed);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
        int low = murmur3(bytes, HASH_SEED);
        int high = murmur3(bytes, low);
        state = (long) high << 32 | low & 0xFFFFFFFFL;
    }

    @Override
    protected int next(int bits) {
        long next = state ^ state << 21;
        next ^= next >>> 35;
        next ^= next << 4;
        state = next;
        return (int) (next & (1L << bits) - 1);
    }

    /// Standard Murmur3 of 32 bits; the length is a multiple of 4.
    private static int murmur3(byte[] bytes, int seed) {
        int hash = seed;
        for (int i = 0; i < bytes.length; i += 4) {
            int word =
                    bytes[i] & 0xFF
                            | (bytes[i + 1] & 0xFF) << 8
                            | (bytes[i + 2] & 0xFF) << 16
                            | bytes[i + 3] << 24;
            word = Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
            hash = Integer.rotateLeft(hash ^ word, 13) * 5 + 0xe6546b64;
        }
        hash ^= bytes.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
