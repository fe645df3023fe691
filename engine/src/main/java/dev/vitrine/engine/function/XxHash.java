package dev.vitrine.engine.function;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The 64-bit hash xxHash (Yann Collet's XXH64).
final class XxHash extends ValueHash {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    long ofInt(int value, long seed) {
        long hash = seed + P5 + 4 ^ (value & 0xFFFFFFFFL) * P1;
        return finish(Long.rotateLeft(hash, 23) * P2 + P3);
    }

    @Override
    long ofLong(long value, long seed) {
        return finish(word(value, seed + P5 + 8));
    }

    @Override
    long ofBytes(byte[] bytes, long seed) {
        int at = 0;
        int length = bytes.length;
        long hash = seed + P5;
        if (length >= 32) {
            long[] lanes = {seed + P1 + P2, seed + P2, seed, seed - P1};
            for (; at <= length - 32; at += 32) {
                for (int lane = 0; lane < 4; lane++) {
                    lanes[lane] = round(lanes[lane], (long) LONGS.get(bytes, at + 8 * lane));
                }
            }
            hash =
                    Long.rotateLeft(lanes[0], 1)
                            + Long.rotateLeft(lanes[1], 7)
                            + Long.rotateLeft(lanes[2], 12)
                            + Long.rotateLeft(lanes[3], 18);
            for (long lane : lanes) {
                hash = (hash ^ round(0, lane)) * P1 + P4;
            }
        }
        hash += length;
        for (; at <= length - 8; at += 8) {
            hash = word((long) LONGS.get(bytes, at), hash);
        }
        if (at <= length - 4) {
            hash ^= ((int) INTS.get(bytes, at) & 0xFFFFFFFFL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
        }
        for (; at < length; at++) {
            hash ^= (bytes[at] & 0xFFL) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        return finish(hash);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long word(long input, long hash) {
        return Long.rotateLeft(hash ^ round(0, input), 27) * P1 + P4;
    }

    private static long finish(long hash) {
        long h = (hash ^ hash >>> 33) * P2;
        h = (h ^ h >>> 29) * P3;
        return h ^ h >>> 32;
    }
}
