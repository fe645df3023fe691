package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// Where the parts of a key lie in memory: a word whose bit i says that column i is NULL, then a
/// slot a column, of 8 bytes, or of 16 for strings (see [KeyTable]).
public final class KeyLayout {
    private final List<DataType> types;
    private final int[] offsets;
    private final int bytes;
    private final boolean strings;
    private final boolean[] string;

    public KeyLayout(List<DataType> types) {
        this.types = List.copyOf(types);
        this.offsets = new int[types.size()];
        this.string = new boolean[types.size()];
        int at = 8;
        boolean any = false;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            DataType type = types.get(i);
            string[i] = type == DataType.STRING || type == DataType.BINARY;
            any |= string[i];
            at += string[i] ? 16 : 8;
        }
        this.bytes = at;
        this.strings = any;
    }

    /// Whether keys of these types have a layout: at most 64 columns, each a string or of at most 8
    /// bytes.
    public static boolean supports(List<DataType> types) {
        return types.size() <= 64
                && types.stream()
                        .allMatch(t ->
                                t == DataType.STRING
                                        || t == DataType.BINARY
                                        || t == DataType.BOOLEAN
                                        || ColumnBuilder.width(t) > 0
                                                && ColumnBuilder.width(t) <= 8);
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
}
