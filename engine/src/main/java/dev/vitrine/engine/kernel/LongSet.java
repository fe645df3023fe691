package dev.vitrine.engine.kernel;

/// An unchanging set of 64-bit words, for conditions over many constants. Open addressing with
/// linear probing, at most half full.
public final class LongSet {
    private final long[] slots;
    private final int mask;
    private final boolean zero;

    public LongSet(long[] values) {
        int capacity = Integer.highestOneBit(Math.max(4, values.length)) * 4;
        slots = new long[capacity];
        mask = capacity - 1;
        boolean any = false;
        for (long value : values) {
            any |= value == 0;
            int at = (int) Hash.mix(value) & mask;
            while (slots[at] != 0 && slots[at] != value) {
                at = at + 1 & mask;
            }
            slots[at] = value;
        }
        zero = any;
    }

    public boolean contains(long value) {
        if (value == 0) {
            return zero;
        }
        int at = (int) Hash.mix(value) & mask;
        while (slots[at] != 0) {
            if (slots[at] == value) {
                return true;
            }
            at = at + 1 & mask;
        }
        return false;
    }
}
