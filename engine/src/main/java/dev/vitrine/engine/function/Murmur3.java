package dev.vitrine.engine.function;

/// The 32-bit hash Murmur3 (Austin Appleby) in Spark's form; hash and seed are an int's values.
final class Murmur3 extends ValueHash {
    @Override
    long ofInt(int value, long seed) {
        return finish(mix((int) seed, scramble(value)), 4);
    }

    @Override
    long ofLong(long value, long seed) {
        int low = mix((int) seed, scramble((int) value));
        return finish(mix(low, scramble((int) (value >>> 32))), 8);
    }

    /// Whole words first, then the rest byte by byte, each mixed in as a word: not standard
    /// Murmur3, but Spark's.
    @Override
    long ofBytes(byte[] bytes, long seed) {
        int hash = (int) seed;
        int words = bytes.length - bytes.length % 4;
        for (int i = 0; i < words; i += 4) {
            int word =
                    (bytes[i] & 0xFF)
                            | (bytes[i + 1] & 0xFF) << 8
                            | (bytes[i + 2] & 0xFF) << 16
                            | bytes[i + 3] << 24;
            hash = mix(hash, scramble(word));
        }
        for (int i = words; i < bytes.length; i++) {
            hash = mix(hash, scramble(bytes[i]));
        }
        return finish(hash, bytes.length);
    }

    private static int scramble(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int mix(int hash, int word) {
        return Integer.rotateLeft(hash ^ word, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
