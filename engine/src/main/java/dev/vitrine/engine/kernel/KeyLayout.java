package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// Where the parts of a key lie in memory: a word whose bit i says that column i is NULL, then a
/// slot a column, of 8 bytes, or of 16 for strings (see [KeyTable]) and decimals of 128 bits (the
/// lower word first).
public final class KeyLayout {
    private final List<DataType> types;
    private final int[] offsets;
    private final int bytes;
    private final boolean strings;
    private final boolean[] string;
    private final boolean[] wide;

    public KeyLayout(List<DataType> types) {
        this.types = List.copyOf(types);
        this.offsets = new int[types.size()];
        this.string = new boolean[types.size()];
        this.wide = new boolean[types.size()];
        int at = 8;
        boolean any = false;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            DataType type = types.get(i);
            string[i] = type == DataType.STRING || type == DataType.BINARY;
            any |= string[i];
            wide[i] = isWide(type);
            at += string[i] || wide[i] ? 16 : 8;
        }
        this.bytes = at;
        this.strings = any;
    }

    /// Whether a value takes two words that are no string's.
    public static boolean isWide(DataType type) {
        return ColumnBuilder.width(type) == 16;
    }

    /// Whether keys of these types have a layout: at most 64 columns, each a string or of a fixed
    /// width.
    public static boolean supports(List<DataType> types) {
        return types.size() <= 64
                && types.stream()
                        .allMatch(t ->
                                t == DataType.STRING
                                        || t == DataType.BINARY
                                        || t == DataType.BOOLEAN
                                        || ColumnBuilder.width(t) > 0);
    }

    public List<DataType> types() {
        return types;
    }

    /// Offset of a column's slot from the key's start.
    public int offset(int column) {
        return offsets[column];
    }

    public boolean isString(int column) {
        return string[column];
    }

    /// Whether a column's slot holds a decimal of 128 bits.
    public boolean isWide(int column) {
        return wide[column];
    }

    boolean hasStrings() {
        return strings;
    }

    /// Columns of a key.
    int columns() {
        return offsets.length;
    }

    /// Bytes of a key.
    public int bytes() {
        return bytes;
    }

    /// Hashes of keys that lie one after the other.
    void hashAll(long keys, int count, long[] hashes) {
        if (strings || bytes > 24) {
            for (int i = 0; i < count; i++) {
                hashes[i] = hash(keys + (long) i * bytes);
            }
        } else if (bytes == 16) {
            for (int i = 0; i < count; i++) {
                long key = keys + 16L * i;
                hashes[i] = Hash.combine(Mem.getLong(key), Mem.getLong(key + 8));
            }
        } else if (bytes == 24) {
            for (int i = 0; i < count; i++) {
                long key = keys + 24L * i;
                long first = Hash.combine(Mem.getLong(key), Mem.getLong(key + 8));
                hashes[i] = Hash.combine(first, Mem.getLong(key + 16));
            }
        } else {
            for (int i = 0; i < count; i++) {
                hashes[i] = hash(keys + 8L * i);
            }
        }
    }

    /// Hash of the key at an address.
    long hash(long key) {
        if (!strings) {
            long hash = Mem.getLong(key);
            for (int at = 8; at < bytes; at += 8) {
                hash = Hash.combine(hash, Mem.getLong(key + at));
            }
            return hash;
        }
        long hash = Mem.getLong(key);
        for (int i = 0; i < offsets.length; i++) {
            long slot = key + offsets[i];
            long word = Mem.getLong(slot);
            if (!string[i]) {
                hash = Hash.combine(hash, word);
                hash = wide[i] ? Hash.combine(hash, Mem.getLong(slot + 8)) : hash;
            } else if ((int) word > KeyTable.INLINE) {
                hash = Hash.combine(hash, Hash.bytes(Mem.getLong(slot + 8), (int) word));
            } else {
                hash = Hash.combine(hash ^ Mem.getLong(slot + 8) * 0x9E3779B97F4A7C15L, word);
            }
        }
        return hash;
    }

    /// Whether the keys at two addresses are the same.
    boolean same(long a, long b) {
        if (!strings) {
            for (int at = 0; at < bytes; at += 8) {
                if (Mem.getLong(a + at) != Mem.getLong(b + at)) {
                    return false;
                }
            }
            return true;
        }
        long differing = 0;
        for (int at = 0; at < bytes; at += 8) {
            differing |= Mem.getLong(a + at) ^ Mem.getLong(b + at);
        }
        return differing == 0 || sameStrings(a, b);
    }

    private boolean sameStrings(long a, long b) {
        if (Mem.getLong(a) != Mem.getLong(b)) {
            return false;
        }
        for (int i = 0; i < offsets.length; i++) {
            int offset = offsets[i];
            long word = Mem.getLong(a + offset);
            if (word != Mem.getLong(b + offset)) {
                return false;
            }
            if (wide[i] && Mem.getLong(a + offset + 8) != Mem.getLong(b + offset + 8)) {
                return false;
            }
            if (string[i]) {
                long x = Mem.getLong(a + offset + 8);
                long y = Mem.getLong(b + offset + 8);
                if (x != y
                        && ((int) word <= KeyTable.INLINE
                                || !StringRef.equalBytes(x, y, (int) word))) {
                    return false;
                }
            }
        }
        return true;
    }
}
