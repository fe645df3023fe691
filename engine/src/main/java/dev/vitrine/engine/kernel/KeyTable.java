package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/// A hash table from keys to payloads of fixed size, off-heap: linear probing over 64-bit slots
/// that hold half of the hash and the number of an entry; entries lie one after the other in order
/// of insertion. Used by one thread.
///
/// The caller writes a key to [#scratch] by the table's [KeyLayout] and asks for it. A string's
/// slot holds its length and first four bytes, then its next eight bytes if there are at most
/// twelve in all, else the address of all of them: strings up to twelve bytes compare as two words.
/// Long strings are copied into the table when their key is new.
public final class KeyTable implements AutoCloseable {
    private static final int INITIAL_SLOTS = 1024;
    static final int INLINE = 12;
    private static final long ARENA_BYTES = 1L << 18;

    private final KeyLayout layout;
    private final BatchAllocator allocator;
    private final int payloadOffset;
    private final int entryBytes;
    private final ArrowBuf scratchBuffer;
    private final long scratch;
    private final List<ArrowBuf> arena = new ArrayList<>();
    private long arenaAt;
    private long arenaEnd;
    private ArrowBuf slotBuffer;
    private ArrowBuf entryBuffer;
    private long slots;
    private long entries;
    private long mask;
    private int size;
    private int capacity;
    private long[] hashes = new long[0];

    public KeyTable(KeyLayout layout, int payloadBytes, BatchAllocator allocator) {
        this.layout = layout;
        this.allocator = allocator;
        this.payloadOffset = 8 + layout.bytes();
        this.entryBytes = (payloadOffset + payloadBytes + 7) & ~7;
        this.capacity = INITIAL_SLOTS / 2;
        ArrowBuf[] buffers =
                allocateAll(
                        allocator,
                        layout.bytes(),
                        8L * INITIAL_SLOTS,
                        (long) capacity * entryBytes);
        this.scratchBuffer = buffers[0];
        this.slotBuffer = buffers[1];
        this.entryBuffer = buffers[2];
        this.scratch = scratchBuffer.memoryAddress();
        this.slots = slotBuffer.memoryAddress();
        this.entries = entryBuffer.memoryAddress();
        this.mask = INITIAL_SLOTS - 1;
        Mem.fill(slots, 8L * INITIAL_SLOTS, (byte) 0);
        Mem.fill(scratch, layout.bytes(), (byte) 0);
    }

    /// Buffers of some sizes: all of them or, where that fails, none.
    private static ArrowBuf[] allocateAll(BatchAllocator allocator, long... sizes) {
        ArrowBuf[] buffers = new ArrowBuf[sizes.length];
        int made = 0;
        try {
            for (; made < sizes.length; made++) {
                buffers[made] = allocator.allocate(sizes[made]);
            }
            return buffers;
        } catch (RuntimeException e) {
            for (int i = 0; i < made; i++) {
                buffers[i].close();
            }
            throw e;
        }
    }

    /// Address at which to write the key to look up.
    public long scratch() {
        return scratch;
    }

    /// Writes a string to its slot at `slot` of a key.
    public static void putString(long slot, StringRef value) {
        putString(slot, value.address, value.length);
    }

    public static void putString(long slot, long address, int length) {
        long first = length & 0xFFFFFFFFL;
        if (length > INLINE) {
            Mem.putLong(slot, first | (long) Mem.getInt(address) << 32);
            Mem.putLong(slot + 8, address);
            return;
        }
        if (length >= 8) {
            // The last eight bytes, shifted, hold what follows the first four.
            Mem.putLong(slot, first | (long) Mem.getInt(address) << 32);
            long last = Mem.getLong(address + length - 8);
            Mem.putLong(slot + 8, last >>> 8 * (INLINE - length));
            return;
        }
        long bytes = shortBytes(address, length);
        Mem.putLong(slot, first | bytes << 32);
        Mem.putLong(slot + 8, bytes >>> 32);
    }

    /// Up to seven bytes as a number, the first one lowest, without a loop: reads overlap where
    /// there are fewer than they take.
    private static long shortBytes(long address, int length) {
        if (length >= 4) {
            long last = Mem.getInt(address + length - 4) & 0xFFFFFFFFL;
            return Mem.getInt(address) & 0xFFFFFFFFL | last >>> 8 * (8 - length) << 32;
        }
        if (length == 0) {
            return 0;
        }
        int middle = length >> 1;
        int end = length - 1;
        return Mem.getByte(address) & 0xFF
                | (Mem.getByte(address + middle) & 0xFFL) << 8 * middle
                | (Mem.getByte(address + end) & 0xFFL) << 8 * end;
    }

    /// Length of the string in a slot.
    public static int stringLength(long slot) {
        return Mem.getInt(slot);
    }

    /// Address of the bytes of the string in a slot.
    public static long stringAddress(long slot) {
        return Mem.getInt(slot) > INLINE ? Mem.getLong(slot + 8) : slot + 4;
    }

    /// Hash of the key in the scratch space.
    public long hashScratch() {
        return layout.hash(scratch);
    }

    private long find1(long nullBits, long word) {
        long hash = Hash.combine(nullBits, word);
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return 0;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entries + ((slot & 0xFFFFFFFFL) - 1) * entryBytes;
                if (Mem.getLong(entry + 16) == word && Mem.getLong(entry + 8) == nullBits) {
                    return entry + payloadOffset;
                }
            }
            at = at + 1 & mask;
        }
    }

    private long find2(long nullBits, long first, long second) {
        long hash = Hash.combine(Hash.combine(nullBits, first), second);
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return 0;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entries + ((slot & 0xFFFFFFFFL) - 1) * entryBytes;
                if (Mem.getLong(entry + 16) == first
                        && Mem.getLong(entry + 24) == second
                        && Mem.getLong(entry + 8) == nullBits) {
                    return entry + payloadOffset;
                }
            }
            at = at + 1 & mask;
        }
    }

    /// As [#findOrInsert], for a key of one word.
    ///
    /// @param nullBits 1 where the word is NULL, else 0
    public long findOrInsert1(long nullBits, long word) {
        long found = find1(nullBits, word);
        if (found != 0) {
            return found;
        }
        Mem.putLong(scratch, nullBits);
        Mem.putLong(scratch + 8, word);
        return findOrInsert(hashScratch());
    }

    /// As [#findOrInsert], for a key of two words.
    ///
    /// @param nullBits bit i says that word i is NULL
    public long findOrInsert2(long nullBits, long first, long second) {
        long found = find2(nullBits, first, second);
        if (found != 0) {
            return found;
        }
        Mem.putLong(scratch, nullBits);
        Mem.putLong(scratch + 8, first);
        Mem.putLong(scratch + 16, second);
        return findOrInsert(hashScratch());
    }

    /// What payloads' addresses count from until the next insertion: the difference of a payload to
    /// it stays.
    public long base() {
        return entries;
    }

    /// Address of the payload of the key in the scratch space; a new key's payload is zeroed. Good
    /// until the next insertion.
    public long findOrInsert(long hash) {
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return insert(at, hash);
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entries + ((slot & 0xFFFFFFFFL) - 1) * entryBytes;
                if (layout.same(entry + 8, scratch)) {
                    return entry + payloadOffset;
                }
            }
            at = at + 1 & mask;
        }
    }

    /// Finds the payloads of many keys at once, inserting those that are new. Each step is a loop
    /// of its own over all keys, so that reads of the table that miss the cache overlap.
    ///
    /// @param keys address of `count` keys, one after the other
    /// @param offsets is given for each key the distance of its payload from [#base], which no
    ///   later insertion changes
    public void findOrInsertAll(long keys, int count, long[] offsets) {
        if (hashes.length < count) {
            hashes = new long[count];
        }
        int keyBytes = layout.bytes();
        for (int i = 0; i < count; i++) {
            hashes[i] = layout.hash(keys + (long) i * keyBytes);
        }
        for (int i = 0; i < count; i++) {
            offsets[i] = Mem.getLong(slots + 8 * (hashes[i] & mask));
        }
        int missed = 0;
        for (int i = 0; i < count; i++) {
            long slot = offsets[i];
            long entry = ((slot & 0xFFFFFFFFL) - 1) * entryBytes;
            boolean found =
                    slot != 0
                            && (slot ^ hashes[i]) >>> 32 == 0
                            && layout.same(entries + entry + 8, keys + (long) i * keyBytes);
            offsets[i] = found ? entry + payloadOffset : -1;
            missed += found ? 0 : 1;
        }
        for (int i = 0; missed > 0 && i < count; i++) {
            if (offsets[i] < 0) {
                Mem.copy(keys + (long) i * keyBytes, scratch, keyBytes);
                offsets[i] = findOrInsert(hashes[i]) - entries;
                missed--;
            }
        }
    }

    private long insert(long at, long hash) {
        long place = at;
        if (size == capacity) {
            grow();
            place = hash & mask;
            while (Mem.getLong(slots + 8 * place) != 0) {
                place = place + 1 & mask;
            }
        }
        long entry = entries + (long) size * entryBytes;
        size++;
        Mem.putLong(slots + 8 * place, hash & 0xFFFFFFFF00000000L | size);
        Mem.putLong(entry, hash);
        Mem.copy(scratch, entry + 8, layout.bytes());
        if (layout.hasStrings()) {
            keepStrings(entry + 8);
        }
        Mem.fill(entry + payloadOffset, entryBytes - payloadOffset, (byte) 0);
        return entry + payloadOffset;
    }

    private void keepStrings(long key) {
        for (int i = 0; i < layout.columns(); i++) {
            if (layout.isString(i)) {
                long slot = key + layout.offset(i);
                int length = Mem.getInt(slot);
                if (length > INLINE) {
                    Mem.putLong(slot + 8, keep(Mem.getLong(slot + 8), length));
                }
            }
        }
    }

    /// Copies bytes into memory that lives as long as the table.
    public long keep(long address, int length) {
        if (arenaAt + length > arenaEnd) {
            ArrowBuf chunk = allocator.allocate(Math.max(ARENA_BYTES, length));
            arena.add(chunk);
            arenaAt = chunk.memoryAddress();
            arenaEnd = arenaAt + chunk.capacity();
        }
        long kept = arenaAt;
        Mem.copy(address, kept, length);
        arenaAt += length;
        return kept;
    }

    private void grow() {
        long newCapacity = 2L * capacity;
        long slotCount = 2 * newCapacity;
        ArrowBuf[] buffers = allocateAll(allocator, newCapacity * entryBytes, 8 * slotCount);
        ArrowBuf moved = buffers[0];
        Mem.copy(entries, moved.memoryAddress(), (long) size * entryBytes);
        entryBuffer.close();
        entryBuffer = moved;
        entries = moved.memoryAddress();
        capacity = Math.toIntExact(newCapacity);
        slotBuffer.close();
        slotBuffer = buffers[1];
        slots = slotBuffer.memoryAddress();
        mask = slotCount - 1;
        Mem.fill(slots, 8 * slotCount, (byte) 0);
        for (int i = 0; i < size; i++) {
            long hash = Mem.getLong(entries + (long) i * entryBytes);
            long at = hash & mask;
            while (Mem.getLong(slots + 8 * at) != 0) {
                at = at + 1 & mask;
            }
            Mem.putLong(slots + 8 * at, hash & 0xFFFFFFFF00000000L | i + 1);
        }
    }

    public int size() {
        return size;
    }

    /// Bytes of memory the table takes.
    public long sizeBytes() {
        long bytes = slotBuffer.capacity() + entryBuffer.capacity();
        for (ArrowBuf chunk : arena) {
            bytes += chunk.capacity();
        }
        return bytes;
    }

    /// Bytes that are allocated when `rows` new keys come, as the allocator rounds them; long
    /// strings are not counted.
    public long growthBytes(long rows) {
        long grown = capacity;
        while (grown < size + rows) {
            grown *= 2;
        }
        return grown == capacity
                ? 0
                : Long.highestOneBit(grown * entryBytes) * 2 + Long.highestOneBit(grown * 16) * 2;
    }

    /// Forgets all keys and gives back the memory but for what an empty table takes.
    public void clear() {
        int fewest = INITIAL_SLOTS / 2;
        if (capacity > fewest) {
            ArrowBuf[] buffers =
                    allocateAll(allocator, 8L * INITIAL_SLOTS, (long) fewest * entryBytes);
            slotBuffer.close();
            entryBuffer.close();
            slotBuffer = buffers[0];
            entryBuffer = buffers[1];
            slots = slotBuffer.memoryAddress();
            entries = entryBuffer.memoryAddress();
            capacity = fewest;
            mask = INITIAL_SLOTS - 1;
        }
        Mem.fill(slots, 8L * INITIAL_SLOTS, (byte) 0);
        size = 0;
        arena.forEach(ArrowBuf::close);
        arena.clear();
        arenaAt = 0;
        arenaEnd = 0;
    }

    /// Address of the key of the entry inserted as number `index`.
    public long key(int index) {
        return entries + (long) index * entryBytes + 8;
    }

    /// Address of the payload of the entry inserted as number `index`.
    public long payload(int index) {
        return entries + (long) index * entryBytes + payloadOffset;
    }

    /// Bytes from one entry to the next.
    public long stride() {
        return entryBytes;
    }

    @Override
    public void close() {
        scratchBuffer.close();
        slotBuffer.close();
        entryBuffer.close();
        arena.forEach(ArrowBuf::close);
        arena.clear();
    }
}
