package dev.vitrine.engine.batch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import sun.misc.Unsafe;

/// Raw off-heap memory by address: the only way generated code, kernels and connectors read and
/// write it.
///
/// Three forms, chosen once at class load by the system property `vitrine.mem`: `unsafe` (default),
/// `segment` (one global `MemorySegment`, for JDKs without Unsafe), and `checked`, in which every
/// access is held against the ranges allocated: a wrong address then is an exception naming it,
/// where the other forms would kill the process. Values are in the machine's byte order (Arrow and
/// this engine assume little endian).
@SuppressWarnings({"removal", "restricted"})
public final class Mem {
    /// Whether accesses are checked against allocated ranges.
    public static final boolean CHECKED = "checked".equals(System.getProperty("vitrine.mem"));

    private static final boolean SEGMENT = "segment".equals(System.getProperty("vitrine.mem"));
    private static final Unsafe UNSAFE = unsafe();
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final VarHandle LONGS = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INTS = ValueLayout.JAVA_INT.varHandle();
    private static final long BYTE_ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    private Mem() {}

    public static byte getByte(long address) {
        if (CHECKED) {
            Ranges.check(address, 1);
        }
        return SEGMENT ? ALL.get(ValueLayout.JAVA_BYTE, address) : UNSAFE.getByte(address);
    }

    public static void putByte(long address, byte value) {
        if (CHECKED) {
            Ranges.check(address, 1);
        }
        if (SEGMENT) {
            ALL.set(ValueLayout.JAVA_BYTE, address, value);
        } else {
            UNSAFE.putByte(address, value);
        }
    }

    public static short getShort(long address) {
        if (CHECKED) {
            Ranges.check(address, 2);
        }
        return SEGMENT
                ? ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address)
                : UNSAFE.getShort(address);
    }

    public static void putShort(long address, short value) {
        if (CHECKED) {
            Ranges.check(address, 2);
        }
        if (SEGMENT) {
            ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
        } else {
            UNSAFE.putShort(address, value);
        }
    }

    public static int getInt(long address) {
        if (CHECKED) {
            Ranges.check(address, 4);
        }
        return SEGMENT ? ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address) : UNSAFE.getInt(address);
    }

    public static void putInt(long address, int value) {
        if (CHECKED) {
            Ranges.check(address, 4);
        }
        if (SEGMENT) {
            ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
        } else {
            UNSAFE.putInt(address, value);
        }
    }

    public static long getLong(long address) {
        if (CHECKED) {
            Ranges.check(address, 8);
        }
        return SEGMENT
                ? ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address)
                : UNSAFE.getLong(address);
    }

    public static void putLong(long address, long value) {
        if (CHECKED) {
            Ranges.check(address, 8);
        }
        if (SEGMENT) {
            ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
        } else {
            UNSAFE.putLong(address, value);
        }
    }

    /// Sets the value at an aligned address to `value` if it is `expected`, in one step; whether it
    /// was.
    public static boolean compareAndSetLong(long address, long expected, long value) {
        if (CHECKED) {
            Ranges.check(address, 8);
        }
        return SEGMENT
                ? (boolean) LONGS.compareAndSet(ALL, address, expected, value)
                : UNSAFE.compareAndSwapLong(null, address, expected, value);
    }

    /// Sets the value at an aligned address in one step; gives back the value before.
    public static int getAndSetInt(long address, int value) {
        if (CHECKED) {
            Ranges.check(address, 4);
        }
        return SEGMENT
                ? (int) INTS.getAndSet(ALL, address, value)
                : UNSAFE.getAndSetInt(null, address, value);
    }

    public static float getFloat(long address) {
        return Float.intBitsToFloat(getInt(address));
    }

    public static void putFloat(long address, float value) {
        putInt(address, Float.floatToRawIntBits(value));
    }

    public static double getDouble(long address) {
        return Double.longBitsToDouble(getLong(address));
    }

    public static void putDouble(long address, double value) {
        putLong(address, Double.doubleToRawLongBits(value));
    }

    /// The bit at `index` of the bitmap at `address`, least significant bit first as Arrow has it.
    public static boolean getBit(long address, long index) {
        return (getByte(address + (index >> 3)) >> (index & 7) & 1) != 0;
    }

    public static void putBit(long address, long index, boolean value) {
        long at = address + (index >> 3);
        int mask = 1 << (index & 7);
        int old = getByte(at);
        putByte(at, (byte) (value ? old | mask : old & ~mask));
    }

    public static void copy(long from, long to, long bytes) {
        if (bytes == 0) {
            return;
        }
        if (CHECKED) {
            Ranges.check(from, bytes);
            Ranges.check(to, bytes);
        }
        UNSAFE.copyMemory(from, to, bytes);
    }

    /// As [#copy], for a few bytes: without a call, and without a loop over bytes.
    public static void copyShort(long from, long to, int bytes) {
        if (bytes >= 8) {
            int last = bytes - 8;
            for (int i = 0; i < last; i += 8) {
                putLong(to + i, getLong(from + i));
            }
            putLong(to + last, getLong(from + last));
        } else if (bytes >= 4) {
            int first = getInt(from);
            putInt(to + bytes - 4, getInt(from + bytes - 4));
            putInt(to, first);
        } else if (bytes > 0) {
            byte first = getByte(from);
            byte middle = getByte(from + (bytes >> 1));
            putByte(to + bytes - 1, getByte(from + bytes - 1));
            putByte(to + (bytes >> 1), middle);
            putByte(to, first);
        }
    }

    public static void copy(byte[] from, int offset, long to, long bytes) {
        if (CHECKED && bytes > 0) {
            Ranges.check(to, bytes);
        }
        java.util.Objects.checkFromIndexSize(offset, bytes, from.length);
        UNSAFE.copyMemory(from, BYTE_ARRAY + offset, null, to, bytes);
    }

    public static void copy(long from, byte[] to, int offset, long bytes) {
        if (CHECKED && bytes > 0) {
            Ranges.check(from, bytes);
        }
        java.util.Objects.checkFromIndexSize(offset, bytes, to.length);
        UNSAFE.copyMemory(null, from, to, BYTE_ARRAY + offset, bytes);
    }

    /// Copies `count` elements of an array, from index `offset`, to `to`.
    public static void copy(long from, long[] to, int offset, int count) {
        java.util.Objects.checkFromIndexSize(offset, count, to.length);
        if (CHECKED && count > 0) {
            Ranges.check(from, 8L * count);
        }
        UNSAFE.copyMemory(null, from, to, Unsafe.ARRAY_LONG_BASE_OFFSET + 8L * offset, 8L * count);
    }

    public static void copy(int[] from, int offset, long to, int count) {
        java.util.Objects.checkFromIndexSize(offset, count, from.length);
        copyArray(from, Unsafe.ARRAY_INT_BASE_OFFSET + 4L * offset, to, 4L * count);
    }

    public static void copy(long[] from, int offset, long to, int count) {
        java.util.Objects.checkFromIndexSize(offset, count, from.length);
        copyArray(from, Unsafe.ARRAY_LONG_BASE_OFFSET + 8L * offset, to, 8L * count);
    }

    public static void copy(float[] from, int offset, long to, int count) {
        java.util.Objects.checkFromIndexSize(offset, count, from.length);
        copyArray(from, Unsafe.ARRAY_FLOAT_BASE_OFFSET + 4L * offset, to, 4L * count);
    }

    public static void copy(double[] from, int offset, long to, int count) {
        java.util.Objects.checkFromIndexSize(offset, count, from.length);
        copyArray(from, Unsafe.ARRAY_DOUBLE_BASE_OFFSET + 8L * offset, to, 8L * count);
    }

    private static void copyArray(Object from, long offset, long to, long bytes) {
        if (CHECKED && bytes > 0) {
            Ranges.check(to, bytes);
        }
        UNSAFE.copyMemory(from, offset, null, to, bytes);
    }

    public static void fill(long address, long bytes, byte value) {
        if (CHECKED && bytes > 0) {
            Ranges.check(address, bytes);
        }
        UNSAFE.setMemory(address, bytes, value);
    }

    /// Fresh memory outside any accounting; callers account for it themselves. Not zeroed.
    static long allocate(long bytes) {
        if (!CHECKED) {
            return UNSAFE.allocateMemory(Math.max(bytes, 1));
        }
        long base = UNSAFE.allocateMemory(bytes + 2 * Ranges.GUARD);
        UNSAFE.setMemory(base, bytes + 2 * Ranges.GUARD, Ranges.GUARD_BYTE);
        Ranges.add(base + Ranges.GUARD, bytes);
        return base + Ranges.GUARD;
    }

    /// Gives back memory of [#allocate]; in the checked form it is poisoned and kept aside for a
    /// while, so that a late read is seen.
    static void free(long address) {
        if (!CHECKED) {
            UNSAFE.freeMemory(address);
            return;
        }
        long bytes = Ranges.remove(address);
        for (int i = 0; i < Ranges.GUARD; i++) {
            if (UNSAFE.getByte(address - 1 - i) != Ranges.GUARD_BYTE
                    || UNSAFE.getByte(address + bytes + i) != Ranges.GUARD_BYTE) {
                throw new IllegalStateException(
                        "Memory beside the range " + address + "+" + bytes + " was overwritten");
            }
        }
        UNSAFE.setMemory(address, bytes, Ranges.POISON);
        Ranges.quarantine(address - Ranges.GUARD);
    }

    /// Tells the checked form of memory that something else allocated or mapped.
    public static void register(long address, long bytes) {
        if (CHECKED) {
            Ranges.add(address, bytes);
        }
    }

    /// Takes back [#register].
    public static void unregister(long address) {
        if (CHECKED) {
            Ranges.remove(address);
        }
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The allocated ranges of the checked form.
    private static final class Ranges {
        private static final int GUARD = 16;
        private static final byte GUARD_BYTE = (byte) 0xA5;
        private static final byte POISON = (byte) 0xDE;
        private static final int QUARANTINED = 256;
        private static final ConcurrentSkipListMap<Long, Long> SIZES =
                new ConcurrentSkipListMap<>();
        private static final ArrayDeque<Long> FREED = new ArrayDeque<>();

        private static final ThreadLocal<long[]> LAST = ThreadLocal.withInitial(() -> new long[3]);
        private static volatile long removals;

        static void add(long address, long bytes) {
            SIZES.put(address, bytes);
        }

        static synchronized long remove(long address) {
            Long bytes = SIZES.remove(address);
            removals++;
            if (bytes == null) {
                throw new IllegalStateException("Freed twice or never allocated: " + address);
            }
            return bytes;
        }

        static synchronized void quarantine(long base) {
            FREED.add(base);
            if (FREED.size() > QUARANTINED) {
                UNSAFE.freeMemory(FREED.removeFirst());
            }
        }

        static void check(long address, long bytes) {
            long[] last = LAST.get();
            if (last[2] == removals && address >= last[0] && address + bytes <= last[1]) {
                return;
            }
            long seen = removals;
            Map.Entry<Long, Long> range = SIZES.floorEntry(address);
            if (range == null || address + bytes > range.getKey() + range.getValue()) {
                throw new IllegalStateException(
                        "No allocated memory at "
                                + address
                                + "+"
                                + bytes
                                + (range == null
                                        ? ""
                                        : "; nearest range is "
                                                + range.getKey()
                                                + "+"
                                                + range.getValue()));
            }
            last[0] = range.getKey();
            last[1] = range.getKey() + range.getValue();
            last[2] = seen;
        }
    }
}
