package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.error.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/// A hash table from keys to payloads of fixed size, off-heap: linear probing over 64-bit slots,
/// placed by the upper bits of the hash, that hold its upper half and where the entry lies. Entries
/// lie in chunks in order of insertion and never move, so that a growing table copies nothing but
/// its slots. Used by one thread.
///
/// The caller writes a key to [#scratch] by the table's [KeyLayout] and asks for it. A string's
/// slot holds its length and first four bytes, then its next eight bytes if there are at most
/// twelve in all, else the address of all of them: strings up to twelve bytes compare as two words.
/// Long strings are copied into the table when their key is new.
public final class KeyTable implements AutoCloseable {
    private static final int INITIAL_BITS = 10;
    private static final int INITIAL_ENTRIES = 1 << INITIAL_BITS - 1;
    private static final long CHUNK_BYTES = 1L << 20;
    static final int INLINE = 12;
    private static final long ARENA_BYTES = 1L << 18;

    /// Low bits of a slot: one more than the entry's place, counted in words.
    private static final long PLACE = 0xFFFFFFFFL;

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
    private long slots;
    private int bits = INITIAL_BITS;
    private long mask = (1L << INITIAL_BITS) - 1;

    /// Chunks of entries: their addresses, and the number of the first entry of each.
    private final List<ArrowBuf> chunks = new ArrayList<>();

    private final int chunkShift;
    private final int chunkEntries;
    private long[] chunkAt = new long[4];
    private int[] chunkFirst = new int[5];
    private long nextEntry;
    private int room;
    private int lastChunk;
    private int size;
    private boolean appending;
    private long[] hashes = new long[0];

    public KeyTable(KeyLayout layout, int payloadBytes, BatchAllocator allocator) {
        this.layout = layout;
        this.allocator = allocator;
        this.payloadOffset = layout.bytes();
        this.entryBytes = (payloadOffset + payloadBytes + 7) & ~7;
        long chunkBytes = Math.max(CHUNK_BYTES, Long.highestOneBit(entryBytes) * 16);
        this.chunkShift = Long.numberOfTrailingZeros(chunkBytes) - 3;
        this.chunkEntries = (int) (chunkBytes / entryBytes);
        this.scratchBuffer = allocator.allocate(layout.bytes());
        try {
            this.slotBuffer = allocator.allocate(8L << INITIAL_BITS);
        } catch (RuntimeException e) {
            scratchBuffer.close();
            throw e;
        }
        this.scratch = scratchBuffer.memoryAddress();
        this.slots = slotBuffer.memoryAddress();
        Mem.fill(slots, 8L << INITIAL_BITS, (byte) 0);
        Mem.fill(scratch, layout.bytes(), (byte) 0);
    }

    /// From now on every key is new: each look-up makes an entry of its own, until [#clear]. For
    /// those who found that hardly any key comes again.
    public void append(boolean always) {
        appending = always;
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

    private long entry(long slot) {
        long place = (slot & PLACE) - 1;
        return chunkAt[(int) (place >>> chunkShift)] + ((place & (1L << chunkShift) - 1) << 3);
    }

    private long find1(long nullBits, long word) {
        long hash = Hash.combine(nullBits, word);
        long at = hash >>> 64 - bits;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return 0;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entry(slot);
                if (Mem.getLong(entry + 8) == word && Mem.getLong(entry) == nullBits) {
                    return entry + payloadOffset;
                }
            }
            at = at + 1 & mask;
        }
    }

    private long find2(long nullBits, long first, long second) {
        long hash = Hash.combine(Hash.combine(nullBits, first), second);
        long at = hash >>> 64 - bits;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return 0;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entry(slot);
                if (Mem.getLong(entry + 8) == first
                        && Mem.getLong(entry + 16) == second
                        && Mem.getLong(entry) == nullBits) {
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
        long found = appending ? 0 : find1(nullBits, word);
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
        long found = appending ? 0 : find2(nullBits, first, second);
        if (found != 0) {
            return found;
        }
        Mem.putLong(scratch, nullBits);
        Mem.putLong(scratch + 8, first);
        Mem.putLong(scratch + 16, second);
        return findOrInsert(hashScratch());
    }

    /// Address of the payload of the key in the scratch space; a new key's payload is zeroed. Good
    /// until [#clear].
    public long findOrInsert(long hash) {
        return findOrInsert(scratch, hash);
    }

    private long findOrInsert(long key, long hash) {
        if (appending) {
            return newEntry(key);
        }
        long at = hash >>> 64 - bits;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return insert(key, at, hash);
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long entry = entry(slot);
                if (layout.same(entry, key)) {
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
    /// @param payloads is given the address of each key's payload
    public void findOrInsertAll(long keys, int count, long[] payloads) {
        int keyBytes = layout.bytes();
        if (appending) {
            for (int i = 0; i < count; i++) {
                payloads[i] = newEntry(keys + (long) i * keyBytes);
            }
            return;
        }
        if (hashes.length < count) {
            hashes = new long[count];
        }
        layout.hashAll(keys, count, hashes);
        for (int i = 0; i < count; i++) {
            payloads[i] = Mem.getLong(slots + 8 * (hashes[i] >>> 64 - bits));
        }
        int missed = 0;
        for (int i = 0; i < count; i++) {
            long slot = payloads[i];
            boolean likely = slot != 0 && (slot ^ hashes[i]) >>> 32 == 0;
            long entry = likely ? entry(slot) : 0;
            boolean found = likely && layout.same(entry, keys + (long) i * keyBytes);
            payloads[i] = found ? entry + payloadOffset : 0;
            missed += found ? 0 : 1;
        }
        for (int i = 0; missed > 0 && i < count; i++) {
            if (payloads[i] == 0) {
                payloads[i] = findOrInsert(keys + (long) i * keyBytes, hashes[i]);
                missed--;
            }
        }
    }

    private long insert(long key, long at, long hash) {
        long place = at;
        if (size >= 1 << bits - 1) {
            grow();
            place = hash >>> 64 - bits;
            while (Mem.getLong(slots + 8 * place) != 0) {
                place = place + 1 & mask;
            }
        }
        long payload = newEntry(key);
        int chunk = chunks.size() - 1;
        long word = payload - payloadOffset - chunkAt[chunk] >>> 3;
        long where = ((long) chunk << chunkShift | word) + 1;
        Mem.putLong(slots + 8 * place, hash & ~PLACE | where);
        return payload;
    }

    /// An entry for a key, with its payload zeroed; the address of that.
    private long newEntry(long key) {
        if (room == 0) {
            newChunk();
        }
        long entry = nextEntry;
        nextEntry += entryBytes;
        room--;
        size++;
        for (int at = 0; at < payloadOffset; at += 8) {
            Mem.putLong(entry + at, Mem.getLong(key + at));
        }
        if (layout.hasStrings()) {
            keepStrings(entry);
        }
        for (int at = payloadOffset; at < entryBytes; at += 8) {
            Mem.putLong(entry + at, 0);
        }
        return entry + payloadOffset;
    }

    private void newChunk() {
        int number = chunks.size();
        if ((number + 1L << chunkShift) > PLACE) {
            throw EngineException.internal("a hash table of more than " + size + " keys");
        }
        int entries = Math.min(chunkEntries, Math.max(size, INITIAL_ENTRIES));
        ArrowBuf chunk = allocator.allocate((long) entries * entryBytes);
        chunks.add(chunk);
        if (number == chunkAt.length) {
            chunkAt = Arrays.copyOf(chunkAt, 2 * number);
            chunkFirst = Arrays.copyOf(chunkFirst, 2 * number + 1);
        }
        chunkAt[number] = chunk.memoryAddress();
        chunkFirst[number] = size;
        chunkFirst[number + 1] = Integer.MAX_VALUE;
        nextEntry = chunk.memoryAddress();
        room = entries;
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

    /// Copies bytes into memory that lives as long as the table's keys.
    public long keep(long address, int length) {
        long kept = room(length);
        Mem.copy(address, kept, length);
        return kept;
    }

    /// Memory of `length` bytes that lives as long as the table's keys.
    long room(int length) {
        if (arenaAt + length > arenaEnd) {
            ArrowBuf chunk = allocator.allocate(Math.max(ARENA_BYTES, length));
            arena.add(chunk);
            arenaAt = chunk.memoryAddress();
            arenaEnd = arenaAt + chunk.capacity();
        }
        long room = arenaAt;
        arenaAt += length;
        return room;
    }

    /// Twice as many slots. Those of a stretch of the old ones go to one stretch of the new, so
    /// that this is no random access; which bits of the hash they need are in them.
    private void grow() {
        ArrowBuf grown = allocator.allocate(16L << bits);
        long to = grown.memoryAddress();
        Mem.fill(to, 16L << bits, (byte) 0);
        long newMask = (2L << bits) - 1;
        for (long from = slots; from < slots + (8L << bits); from += 8) {
            long slot = Mem.getLong(from);
            if (slot != 0) {
                long at = slot >>> 63 - bits;
                while (Mem.getLong(to + 8 * at) != 0) {
                    at = at + 1 & newMask;
                }
                Mem.putLong(to + 8 * at, slot);
            }
        }
        bits++;
        mask = newMask;
        slotBuffer.close();
        slotBuffer = grown;
        slots = to;
    }

    public int size() {
        return size;
    }

    /// Bytes of memory the table takes.
    public long sizeBytes() {
        long bytes = slotBuffer.capacity();
        for (ArrowBuf chunk : chunks) {
            bytes += chunk.capacity();
        }
        for (ArrowBuf chunk : arena) {
            bytes += chunk.capacity();
        }
        return bytes;
    }

    /// Bytes that are allocated when `rows` new keys come, as the allocator rounds them; long
    /// strings are not counted.
    public long growthBytes(long rows) {
        long growth = 0;
        long fitting = (long) size + room;
        while (fitting < size + rows) {
            long entries = Math.min(chunkEntries, Math.max(fitting, INITIAL_ENTRIES));
            growth += Long.highestOneBit(entries * entryBytes) * 2;
            fitting += entries;
        }
        int grown = bits;
        while (!appending && size + rows > 1L << grown - 1) {
            grown++;
        }
        return grown == bits ? growth : growth + (8L << grown);
    }

    /// Forgets all keys and gives back the memory but for what an empty table takes.
    public void clear() {
        if (bits > INITIAL_BITS) {
            ArrowBuf few = allocator.allocate(8L << INITIAL_BITS);
            slotBuffer.close();
            slotBuffer = few;
            slots = few.memoryAddress();
            bits = INITIAL_BITS;
            mask = (1L << bits) - 1;
        }
        Mem.fill(slots, 8L << bits, (byte) 0);
        size = 0;
        lastChunk = 0;
        room = 0;
        chunks.forEach(ArrowBuf::close);
        chunks.clear();
        arena.forEach(ArrowBuf::close);
        arena.clear();
        arenaAt = 0;
        arenaEnd = 0;
    }

    /// Address of the key of the entry inserted as number `index`.
    public long key(int index) {
        if (index < chunkFirst[lastChunk] || index >= chunkFirst[lastChunk + 1]) {
            int found = Arrays.binarySearch(chunkFirst, 0, chunks.size(), index);
            lastChunk = found >= 0 ? found : -found - 2;
        }
        return chunkAt[lastChunk] + (long) (index - chunkFirst[lastChunk]) * entryBytes;
    }

    /// Address of the payload of the entry inserted as number `index`.
    public long payload(int index) {
        return key(index) + payloadOffset;
    }

    /// How many entries from number `index` on lie [#stride] apart.
    public int run(int index) {
        key(index);
        return Math.min(size, chunkFirst[lastChunk + 1]) - index;
    }

    /// Bytes from one entry to the next.
    public long stride() {
        return entryBytes;
    }

    @Override
    public void close() {
        scratchBuffer.close();
        slotBuffer.close();
        chunks.forEach(ArrowBuf::close);
        chunks.clear();
        arena.forEach(ArrowBuf::close);
        arena.clear();
    }
}
