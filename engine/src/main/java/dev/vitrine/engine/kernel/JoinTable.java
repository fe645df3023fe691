package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// The build side of a join: its columns by row number, and for each key the chain of rows that
/// have it. A single whole-number key whose values lie close together is looked up in a plain
/// array, other keys in a [KeyTable]. Read by many threads.
public final class JoinTable implements AutoCloseable {
    /// A plain array is used for up to this many times as many places as rows.
    private static final int SPARSENESS = 8;

    private final Schema schema;
    private final List<ColumnStore> columns;
    private final KeyLayout layout;
    private final @Nullable KeyTable table;
    private final @Nullable ArrowBuf direct;
    private final ArrowBuf next;
    private final long directMin;
    private final long directSize;
    private final int rows;
    private final boolean unique;

    private JoinTable(
            Schema schema,
            List<ColumnStore> columns,
            KeyLayout layout,
            @Nullable KeyTable table,
            @Nullable ArrowBuf direct,
            ArrowBuf next,
            long directMin,
            long directSize,
            int rows,
            boolean unique) {
        this.schema = schema;
        this.columns = columns;
        this.layout = layout;
        this.table = table;
        this.direct = direct;
        this.next = next;
        this.directMin = directMin;
        this.directSize = directSize;
        this.rows = rows;
        this.unique = unique;
    }

    /// @param keys columns of the key
    /// @param nullSafe by key column, whether NULL is a key like others; rows with other NULLs are
    ///   in no chain
    public static JoinTable build(
            Schema schema,
            List<Batch> batches,
            int[] keys,
            boolean[] nullSafe,
            BatchAllocator allocator) {
        int rows = Math.toIntExact(batches.stream().mapToLong(Batch::rowCount).sum());
        List<ColumnStore> columns = new ArrayList<>();
        if (rows > 0) {
            for (int column = 0; column < schema.size(); column++) {
                columns.add(ColumnStore.of(batches, column, rows, allocator));
            }
        }
        List<DataType> types = new ArrayList<>();
        for (int key : keys) {
            types.add(schema.field(key).type());
        }
        KeyLayout layout = new KeyLayout(types);
        ArrowBuf next = allocator.allocate(Math.max(4L * rows, 4));
        if (rows > 0 && keys.length == 1 && isWhole(types.getFirst()) && !nullSafe[0]) {
            JoinTable direct = direct(schema, columns, layout, next, keys[0], rows, allocator);
            if (direct != null) {
                return direct;
            }
        }
        if (keys.length == 0) {
            for (int row = 0; row < rows; row++) {
                Mem.putInt(next.memoryAddress() + 4L * row, row + 1 < rows ? row + 1 : -1);
            }
            return new JoinTable(
                    schema, columns, layout, null, null, next, 0, 0, rows, rows <= 1);
        }
        KeyTable table = new KeyTable(layout, 8, allocator);
        boolean unique = true;
        for (int row = rows - 1; row >= 0; row--) {
            if (writeKey(columns, layout, table.scratch(), keys, nullSafe, row)) {
                long payload = table.findOrInsert(table.hashScratch());
                int head = Mem.getInt(payload);
                unique &= head == 0;
                Mem.putInt(next.memoryAddress() + 4L * row, head - 1);
                Mem.putInt(payload, row + 1);
            }
        }
        return new JoinTable(schema, columns, layout, table, null, next, 0, 0, rows, unique);
    }

    private static boolean isWhole(DataType type) {
        return type == DataType.INT || type == DataType.BIGINT || type == DataType.DATE;
    }

    private static @Nullable JoinTable direct(
            Schema schema,
            List<ColumnStore> columns,
            KeyLayout layout,
            ArrowBuf next,
            int key,
            int rows,
            BatchAllocator allocator) {
        ColumnStore column = columns.get(key);
        int width = ColumnBuilder.width(schema.field(key).type());
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < rows; row++) {
            if (column.nulls() == 0 || Mem.getByte(column.nulls() + row) == 0) {
                long value = whole(column.data(), width, row);
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        long size = max < min ? 1 : max - min + 1;
        if (size <= 0 || size > (long) SPARSENESS * rows + 1024 || size > Integer.MAX_VALUE / 8) {
            return null;
        }
        ArrowBuf heads = allocator.allocate(4 * (size + 1));
        long address = heads.memoryAddress();
        Mem.fill(address, 4 * (size + 1), (byte) 0);
        boolean unique = true;
        for (int row = rows - 1; row >= 0; row--) {
            if (column.nulls() == 0 || Mem.getByte(column.nulls() + row) == 0) {
                long at = address + 4 * (whole(column.data(), width, row) - min);
                int head = Mem.getInt(at);
                unique &= head == 0;
                Mem.putInt(next.memoryAddress() + 4L * row, head - 1);
                Mem.putInt(at, row + 1);
            }
        }
        return new JoinTable(
                schema, columns, layout, null, heads, next, min, size, rows, unique);
    }

    private static long whole(long data, int width, int row) {
        return width == 8 ? Mem.getLong(data + 8L * row) : Mem.getInt(data + 4L * row);
    }

    /// Writes a row's key; false where it has a NULL that equals nothing.
    private static boolean writeKey(
            List<ColumnStore> columns,
            KeyLayout layout,
            long key,
            int[] keys,
            boolean[] nullSafe,
            int row) {
        long nullBits = 0;
        StringRef text = new StringRef();
        for (int i = 0; i < keys.length; i++) {
            ColumnStore column = columns.get(keys[i]);
            long slot = key + layout.offset(i);
            if (column.nulls() != 0 && Mem.getByte(column.nulls() + row) != 0) {
                if (!nullSafe[i]) {
                    return false;
                }
                nullBits |= 1L << i;
                Mem.putLong(slot, 0);
                if (layout.isString(i)) {
                    Mem.putLong(slot + 8, 0);
                }
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
        return switch (ColumnBuilder.width(type)) {
            case 8 -> Mem.getLong(data + 8L * row);
            case 4 -> Mem.getInt(data + 4L * row);
            case 2 -> Mem.getShort(data + 2L * row);
            default -> Mem.getByte(data + row);
        };
    }

    /// Whether keys are looked up in a plain array: at [#heads], as many places as [#directSize],
    /// the first for key [#directMin]. A place holds its first row's number plus 1, or 0; so does one
    /// place more, which no key has.
    public boolean isDirect() {
        return direct != null;
    }

    public long heads() {
        return java.util.Objects.requireNonNull(direct).memoryAddress();
    }

    public long directMin() {
        return directMin;
    }

    public long directSize() {
        return directSize;
    }

    /// Whether no two rows have the same key, so that [#next] need not be asked.
    public boolean isUnique() {
        return unique;
    }

    /// First row whose single whole-number key is `key`, or -1.
    public int firstOf(long key) {
        if (direct == null) {
            return first1(0, key);
        }
        long at = key - directMin;
        return at < 0 || at >= directSize ? -1 : Mem.getInt(direct.memoryAddress() + 4 * at) - 1;
    }

    /// First row with a key of one word, or -1; for hashed tables.
    ///
    /// @param nullBits as in [KeyTable#find1]
    public int first1(long nullBits, long word) {
        long payload = java.util.Objects.requireNonNull(table).find1(nullBits, word);
        return payload == 0 ? -1 : Mem.getInt(payload) - 1;
    }

    /// First row with a key of two words, or -1; for hashed tables.
    public int first2(long nullBits, long first, long second) {
        long payload = java.util.Objects.requireNonNull(table).find2(nullBits, first, second);
        return payload == 0 ? -1 : Mem.getInt(payload) - 1;
    }

    /// First row with the key at address `key`, in this table's [#layout], or -1; for hashed
    /// tables.
    public int first(long key) {
        KeyTable hashed = java.util.Objects.requireNonNull(table);
        long payload = hashed.findKey(key, hashed.hash(key));
        return payload == 0 ? -1 : Mem.getInt(payload) - 1;
    }

    /// The next row with the same key as `row`, or -1.
    public int next(int row) {
        return Mem.getInt(next.memoryAddress() + 4L * row);
    }

    public KeyLayout layout() {
        return layout;
    }

    public int rows() {
        return rows;
    }

    public Schema schema() {
        return schema;
    }

    /// The largest magnitude in a whole-number or decimal column; see [Bounds].
    public double maxAbs(int column) {
        int width = ColumnBuilder.width(schema.field(column).type());
        return rows == 0 ? 0 : Bounds.maxAbs(columns.get(column).data(), width, rows);
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
    public void close() {
        columns.forEach(ColumnStore::close);
        if (table != null) {
            table.close();
        }
        if (direct != null) {
            direct.close();
        }
        next.close();
    }
}
