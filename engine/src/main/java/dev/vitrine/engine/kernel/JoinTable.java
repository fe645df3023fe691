package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// The build side of a join: its columns by row number, and for each key the chain of rows that
/// have it. A single whole-number key whose values lie close together is looked up in a plain array
/// of places; one whose values lie less close, in a bitmap that counts the keys before each word,
/// so that a key's rank is its place; other keys by linear probing over 64-bit slots that hold half
/// of the hash and the number of the chain's first row. Without keys all rows are one chain.
///
/// Built by all threads that need it, with [#help]; then read by many.
public final class JoinTable implements AutoCloseable {
    /// A plain array is used for up to this many times as many places as rows.
    private static final int SPARSENESS = 4;

    /// A bitmap is used for up to this many times as many bits as rows.
    private static final int BITMAP_SPARSENESS = 128;

    /// Bits that a bitmap may always have.
    private static final long SMALL_BITMAP = 1L << 23;

    private static final long MAX_RANGE = Integer.MAX_VALUE - 64;

    /// Bytes of a word of the bitmap with its count.
    private static final long WORD_BYTES = 16;

    private static final int PIECE_ROWS = 1 << 15;

    private final Schema schema;
    private final BatchAllocator allocator;
    private final int[] keys;
    private final boolean[] nullSafe;
    private final KeyLayout layout;
    private final int rows;
    private final long[] firstRow;
    private final List<ColumnStore> columns = new ArrayList<>();
    private final List<ArrowBuf> buffers = new ArrayList<>();
    private final SharedWork work;
    private final long next;
    private final double[] maxAbs;
    private final AtomicBoolean repeated = new AtomicBoolean();
    private final long[] leastKeys;
    private final long[] greatestKeys;
    private long heads;
    private long words;
    private long directMin;
    private long directSize;
    private long slots;
    private long mask;
    private long keyMemory;
    private @Nullable RangeIndex range;

    /// Begins a table, which [#help] builds.
    ///
    /// @param batches the rows, kept open by the caller until the table is built
    /// @param keys columns of the key
    /// @param nullSafe by key column, whether NULL is a key like others; rows with other NULLs are
    ///   in no chain
    public JoinTable(
            Schema schema,
            List<Batch> batches,
            int[] keys,
            boolean[] nullSafe,
            BatchAllocator allocator) {
        this.schema = schema;
        this.allocator = allocator;
        this.keys = keys;
        this.nullSafe = nullSafe;
        this.layout =
                new KeyLayout(Arrays.stream(keys).mapToObj(k -> schema.field(k).type()).toList());
        this.firstRow = new long[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            firstRow[i + 1] = firstRow[i] + batches.get(i).rowCount();
        }
        this.rows = Math.toIntExact(firstRow[batches.size()]);
        this.leastKeys = new long[batches.size()];
        this.greatestKeys = new long[batches.size()];
        this.maxAbs = new double[schema.size()];
        Arrays.fill(maxAbs, Double.NaN);
        try {
            for (int column = 0; rows > 0 && column < schema.size(); column++) {
                columns.add(new ColumnStore(batches, column, rows, allocator));
            }
            this.next = allocate(4L * rows);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.work =
                new SharedWork(new SharedWork.Phase(batches.size(), this::copyBatch, this::chain));
    }

    /// Builds what is not built yet, together with the other threads that are here.
    ///
    /// @param check called now and then; what it throws ends this call
    public void help(Runnable check) {
        work.help(check);
    }

    private long allocate(long bytes) {
        ArrowBuf buffer = allocator.allocate(Math.max(bytes, 8));
        buffers.add(buffer);
        return buffer.memoryAddress();
    }

    // Building

    private void copyBatch(int index) {
        columns.forEach(column -> column.copy(index, firstRow[index]));
        if (isRanged()) {
            ColumnStore column = columns.get(keys[0]);
            int width = ColumnBuilder.width(schema.field(keys[0]).type());
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (int row = (int) firstRow[index]; row < firstRow[index + 1]; row++) {
                if (!column.isNull(row)) {
                    long value = whole(column.data(), width, row);
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
            leastKeys[index] = least;
            greatestKeys[index] = greatest;
        }
    }

    /// Whether the first key is a whole number whose range is looked at: alone it may be looked up
    /// without hashing, with others it may leave out keys before they are hashed.
    private boolean isRanged() {
        if (rows == 0 || keys.length == 0 || nullSafe[0]) {
            return false;
        }
        DataType type = schema.field(keys[0]).type();
        return type == DataType.INT || type == DataType.BIGINT || type == DataType.DATE;
    }

    /// How the rows are chained, now that the columns are there.
    private SharedWork.@Nullable Phase chain() {
        if (rows == 0) {
            prepareSlots();
            return null;
        }
        if (keys.length == 0) {
            return pieces(rows, this::chainAll, () -> null);
        }
        if (isRanged() && findRange()) {
            if (keys.length == 1 && directSize <= (long) SPARSENESS * rows + 1024) {
                heads = allocate(4 * (directSize + 1));
                return cleared(
                        heads,
                        4 * (directSize + 1),
                        () -> pieces(rows, this::chainDirect, () -> null));
            }
            long bytes = WORD_BYTES * ((directSize >> 6) + 1);
            words = allocate(bytes);
            return cleared(
                    words,
                    bytes,
                    () -> pieces(rows, this::markKeys, keys.length == 1 ? this::rank : this::hash));
        }
        return hash();
    }

    private SharedWork.Phase hash() {
        prepareSlots();
        return pieces(rows, this::chainHashed, () -> null);
    }

    private interface Range {
        void accept(long from, long to);
    }

    private static SharedWork.Phase pieces(
            long count,
            Range range,
            java.util.function.Supplier<SharedWork.@Nullable Phase> afterwards) {
        // From the end: a row is put before those of its chain, so that one thread alone leaves
        // chains in the order of the rows.
        int pieces = (int) ((count + PIECE_ROWS - 1) / PIECE_ROWS);
        return new SharedWork.Phase(
                pieces,
                piece -> {
                    long from = (long) (pieces - 1 - piece) * PIECE_ROWS;
                    range.accept(from, Math.min(from + PIECE_ROWS, count));
                },
                afterwards);
    }

    private void chainAll(long from, long to) {
        for (long row = from; row < to; row++) {
            Mem.putInt(next + 4 * row, row + 1 < rows ? (int) row + 1 : -1);
        }
        if (rows > 1) {
            repeated.set(true);
        }
    }

    /// Finds the range of the keys; whether they lie close enough for one of the direct forms.
    private boolean findRange() {
        long least = Arrays.stream(leastKeys).min().orElse(Long.MAX_VALUE);
        long greatest = Arrays.stream(greatestKeys).max().orElse(Long.MIN_VALUE);
        long size = greatest < least ? 1 : greatest - least + 1;
        if (size <= 0
                || size > (long) BITMAP_SPARSENESS * rows + SMALL_BITMAP
                || size > MAX_RANGE) {
            return false;
        }
        directMin = least;
        directSize = size;
        return true;
    }

    private static SharedWork.Phase cleared(
            long address,
            long bytes,
            java.util.function.Supplier<SharedWork.@Nullable Phase> afterwards) {
        return pieces(
                bytes, (from, to) -> Mem.fill(address + from, to - from, (byte) 0), afterwards);
    }

    private void markKeys(long from, long to) {
        ColumnStore column = columns.get(keys[0]);
        int width = ColumnBuilder.width(schema.field(keys[0]).type());
        for (int row = (int) from; row < to; row++) {
            if (!column.isNull(row)) {
                long at = whole(column.data(), width, row) - directMin;
                long word = words + WORD_BYTES * (at >> 6);
                long old = Mem.getLong(word);
                while ((old >>> at & 1) == 0 && !Mem.compareAndSetLong(word, old, old | 1L << at)) {
                    old = Mem.getLong(word);
                }
            }
        }
    }

    /// Counts the keys before each word, now that all are marked.
    private SharedWork.Phase rank() {
        long before = 0;
        for (long i = 0; i <= directSize >> 6; i++) {
            long word = words + WORD_BYTES * i;
            Mem.putLong(word + 8, before);
            before += Long.bitCount(Mem.getLong(word));
        }
        long bytes = 4 * before;
        heads = allocate(bytes);
        return cleared(heads, bytes, () -> pieces(rows, this::chainDirect, () -> null));
    }

    private void chainDirect(long from, long to) {
        ColumnStore column = columns.get(keys[0]);
        int width = ColumnBuilder.width(schema.field(keys[0]).type());
        boolean again = false;
        for (int row = (int) to - 1; row >= from; row--) {
            if (!column.isNull(row)) {
                long at = whole(column.data(), width, row) - directMin;
                int head = Mem.getAndSetInt(heads + 4 * (words == 0 ? at : rankOf(at)), row + 1);
                again |= head != 0;
                Mem.putInt(next + 4L * row, head - 1);
            }
        }
        if (again) {
            repeated.set(true);
        }
    }

    private static long whole(long data, int width, int row) {
        return width == 8 ? Mem.getLong(data + 8L * row) : Mem.getInt(data + 4L * row);
    }

    private void prepareSlots() {
        long size = Long.highestOneBit(Math.max(8, 2L * rows - 1)) << 1;
        mask = size - 1;
        slots = allocate(8 * size);
        Mem.fill(slots, 8 * size, (byte) 0);
        keyMemory = allocate((long) rows * layout.bytes());
    }

    private void chainHashed(long from, long to) {
        StringRef text = new StringRef();
        boolean again = false;
        for (int row = (int) to - 1; row >= from; row--) {
            long key = keyMemory + (long) row * layout.bytes();
            if (writeKey(key, row, text)) {
                again |= insert(key, row);
            }
        }
        if (again) {
            repeated.set(true);
        }
    }

    /// Puts a row at the head of its key's chain; whether it had one already.
    private boolean insert(long key, int row) {
        long hash = layout.hash(key);
        long mine = hash & 0xFFFFFFFF00000000L | row + 1;
        long at = hash & mask;
        while (true) {
            long address = slots + 8 * at;
            long slot = Mem.getLong(address);
            if (slot == 0) {
                Mem.putInt(next + 4L * row, -1);
                if (Mem.compareAndSetLong(address, 0, mine)) {
                    return false;
                }
            } else if ((slot ^ hash) >>> 32 == 0 && layout.same(keyOf(slot), key)) {
                Mem.putInt(next + 4L * row, (int) slot - 1);
                if (Mem.compareAndSetLong(address, slot, mine)) {
                    return true;
                }
            } else {
                at = at + 1 & mask;
            }
        }
    }

    private long keyOf(long slot) {
        return keyMemory + ((slot & 0xFFFFFFFFL) - 1) * layout.bytes();
    }

    /// Writes a row's key; false where it has a NULL that equals nothing.
    private boolean writeKey(long key, int row, StringRef text) {
        long nullBits = 0;
        for (int i = 0; i < keys.length; i++) {
            ColumnStore column = columns.get(keys[i]);
            long slot = key + layout.offset(i);
            if (column.isNull(row)) {
                if (!nullSafe[i]) {
                    return false;
                }
                nullBits |= 1L << i;
                Mem.putLong(slot, 0);
                if (layout.isString(i) || layout.isWide(i)) {
                    Mem.putLong(slot + 8, 0);
                }
            } else if (layout.isWide(i)) {
                long value = column.data() + 16L * row;
                Mem.putLong(slot, Mem.getLong(value));
                Mem.putLong(slot + 8, Mem.getLong(value + 8));
            } else if (layout.isString(i)) {
                ColumnStore.string(column.data(), column.offsets(), row, text);
                KeyTable.putString(slot, text);
            } else {
                Mem.putLong(slot, word(layout.types().get(i), column.data(), row));
            }
        }
        Mem.putLong(key, nullBits);
        return true;
    }

    private static long word(DataType type, long data, int row) {
        if (type == DataType.DOUBLE) {
            return Hash.bits(Mem.getDouble(data + 8L * row));
        }
        if (type == DataType.FLOAT) {
            return Hash.bits(Mem.getFloat(data + 4L * row));
        }
        if (type == DataType.BOOLEAN) {
            return Mem.getByte(data + row);
        }
        return switch (ColumnBuilder.width(type)) {
            case 8 -> Mem.getLong(data + 8L * row);
            case 4 -> Mem.getInt(data + 4L * row);
            case 2 -> Mem.getShort(data + 2L * row);
            default -> Mem.getByte(data + row);
        };
    }

    // Looking up

    /// Whether keys are looked up in a plain array: at [#heads], as many places as [#directSize],
    /// the first for key [#directMin]. A place holds its first row's number plus 1, or 0; so does
    /// one place more, which no key has.
    public boolean isDirect() {
        return heads != 0 && words == 0;
    }

    /// Whether the bitmap at [#words] only says which values the first of several keys has; it is
    /// as for [#isRanked], without counts.
    public boolean isFiltered() {
        return words != 0 && keys.length > 1;
    }

    /// Whether keys are looked up in the bitmap at [#words]: for each 64 of as many keys as
    /// [#directSize], from [#directMin] on, a word of bits and a word that counts the keys before.
    /// A key's rank is its place at [#heads]. There is a bit more than keys, which is 0.
    public boolean isRanked() {
        return words != 0 && keys.length == 1;
    }

    public long words() {
        return words;
    }

    /// The rank of a key that is in the bitmap.
    ///
    /// @param at the key's distance from [#directMin]
    private long rankOf(long at) {
        long word = words + WORD_BYTES * (at >> 6);
        return Mem.getLong(word + 8) + Long.bitCount(Mem.getLong(word) & (1L << at) - 1);
    }

    public long heads() {
        return heads;
    }

    public long directMin() {
        return directMin;
    }

    public long directSize() {
        return directSize;
    }

    /// Whether no two rows have the same key, so that [#next] need not be asked.
    public boolean isUnique() {
        return !repeated.get();
    }

    /// First row whose single whole-number key is `key`, or -1.
    public int firstOf(long key) {
        if (heads == 0) {
            return first1(0, key);
        }
        long at = key - directMin;
        if (at < 0 || at >= directSize) {
            return -1;
        }
        if (words == 0) {
            return Mem.getInt(heads + 4 * at) - 1;
        }
        boolean there = (Mem.getLong(words + WORD_BYTES * (at >> 6)) >>> at & 1) != 0;
        return there ? Mem.getInt(heads + 4 * rankOf(at)) - 1 : -1;
    }

    /// First row with a key of one word, or -1; for hashed tables.
    ///
    /// @param nullBits 1 where the word is NULL, else 0
    public int first1(long nullBits, long word) {
        long hash = Hash.combine(nullBits, word);
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return -1;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long key = keyOf(slot);
                if (Mem.getLong(key + 8) == word && Mem.getLong(key) == nullBits) {
                    return (int) slot - 1;
                }
            }
            at = at + 1 & mask;
        }
    }

    /// First row with a key of two words, or -1; for hashed tables.
    ///
    /// @param nullBits bit i says that word i is NULL
    public int first2(long nullBits, long first, long second) {
        long hash = Hash.combine(Hash.combine(nullBits, first), second);
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return -1;
            }
            if ((slot ^ hash) >>> 32 == 0) {
                long key = keyOf(slot);
                if (Mem.getLong(key + 8) == first
                        && Mem.getLong(key + 16) == second
                        && Mem.getLong(key) == nullBits) {
                    return (int) slot - 1;
                }
            }
            at = at + 1 & mask;
        }
    }

    /// First row with the key at address `key`, in this table's [#layout], or -1; for hashed
    /// tables.
    public int first(long key) {
        long hash = layout.hash(key);
        long at = hash & mask;
        while (true) {
            long slot = Mem.getLong(slots + 8 * at);
            if (slot == 0) {
                return -1;
            }
            if ((slot ^ hash) >>> 32 == 0 && layout.same(keyOf(slot), key)) {
                return (int) slot - 1;
            }
            at = at + 1 & mask;
        }
    }

    /// The next row with the same key as `row`, or -1.
    public int next(int row) {
        return Mem.getInt(next + 4L * row);
    }

    public KeyLayout layout() {
        return layout;
    }

    /// The rows in the order of a column; for tables without keys, and always of the same columns.
    ///
    /// @param other a second column, or -1
    /// @param atMost whether `other` is asked for values up to a bound; else from one on
    public synchronized RangeIndex range(int column, int other, boolean atMost) {
        RangeIndex made = range;
        if (made == null) {
            made = new RangeIndex(rows, indexed(column), indexed(other), atMost, allocator);
            range = made;
        }
        return made;
    }

    private RangeIndex.@Nullable Column indexed(int column) {
        return column < 0 || rows == 0
                ? null
                : new RangeIndex.Column(schema.field(column).type(), data(column), nulls(column));
    }

    public int rows() {
        return rows;
    }

    public Schema schema() {
        return schema;
    }

    /// The largest magnitude in a whole-number or decimal column; see [Bounds].
    public synchronized double maxAbs(int column) {
        if (Double.isNaN(maxAbs[column])) {
            int width = ColumnBuilder.width(schema.field(column).type());
            maxAbs[column] = rows == 0 ? 0 : Bounds.maxAbs(columns.get(column).data(), width, rows);
        }
        return maxAbs[column];
    }

    /// Address of a column's values; 0 where there are no rows.
    public long data(int column) {
        return rows == 0 ? 0 : columns.get(column).data();
    }

    public long offsets(int column) {
        return rows == 0 ? 0 : columns.get(column).offsets();
    }

    public long nulls(int column) {
        return rows == 0 ? 0 : columns.get(column).nulls();
    }

    @Override
    public synchronized void close() {
        columns.forEach(ColumnStore::close);
        buffers.forEach(ArrowBuf::close);
        if (range != null) {
            range.close();
        }
    }
}
