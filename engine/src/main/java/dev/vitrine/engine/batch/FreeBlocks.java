package dev.vitrine.engine.batch;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/// Blocks of memory given back and kept for the next taker of the same size.
///
/// The C library returns large blocks to the system, which then clears every page anew: batches
/// coming and going cost a fifth of a scan that way. Only powers of two from 64 KB to 4 MB are
/// kept, 128 MB in all, and none in the checked form, which wants every late access seen.
final class FreeBlocks {
    private static final int MIN_SHIFT = 16;
    private static final int MAX_SHIFT = 22;
    private static final long MAX_KEPT_BYTES = 128L << 20;

    private static final AtomicLong KEPT_BYTES = new AtomicLong();
    private static final Kept[] KEPT = new Kept[MAX_SHIFT - MIN_SHIFT + 1];

    static {
        for (int i = 0; i < KEPT.length; i++) {
            KEPT[i] = new Kept();
        }
    }

    private FreeBlocks() {}

    /// The addresses of one size.
    private static final class Kept {
        private final ConcurrentLinkedDeque<Long> addresses = new ConcurrentLinkedDeque<>();
    }

    /// Memory of `size` bytes, kept or fresh.
    static long take(long size) {
        int index = index(size);
        Long kept = index < 0 ? null : KEPT[index].addresses.pollFirst();
        if (kept == null) {
            return Mem.allocate(size);
        }
        KEPT_BYTES.addAndGet(-size);
        return kept;
    }

    /// Keeps the block, or frees it where enough is kept.
    static void give(long address, long size) {
        int index = index(size);
        if (index < 0) {
            Mem.free(address);
        } else if (KEPT_BYTES.addAndGet(size) > MAX_KEPT_BYTES) {
            KEPT_BYTES.addAndGet(-size);
            Mem.free(address);
        } else {
            KEPT[index].addresses.addFirst(address);
        }
    }

    private static int index(long size) {
        int shift = Long.numberOfTrailingZeros(size);
        boolean kept =
                !Mem.CHECKED
                        && Long.bitCount(size) == 1
                        && shift >= MIN_SHIFT
                        && shift <= MAX_SHIFT;
        return kept ? shift - MIN_SHIFT : -1;
    }
}
