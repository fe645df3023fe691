package dev.vitrine.engine.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values of one argument of a [VectorUdf], by row. Values are of the classes that a [Row] has.
public final class ColumnView {
    private final @Nullable Object[] values;

    ColumnView(@Nullable Object[] values) {
        this.values = values;
    }

    public boolean isNull(int row) {
        return values[row] == null;
    }

    public @Nullable Object get(int row) {
        return values[row];
    }

    private Object known(int row) {
        return Objects.requireNonNull(values[row], () -> "row " + row + " is NULL");
    }

    /// @throws NullPointerException where it is NULL
    public boolean getBoolean(int row) {
        return (Boolean) known(row);
    }

    /// A TINYINT, SMALLINT or INT.
    ///
    /// @throws NullPointerException where it is NULL
    public int getInt(int row) {
        return ((Number) known(row)).intValue();
    }

    /// Any whole number.
    ///
    /// @throws NullPointerException where it is NULL
    public long getLong(int row) {
        return ((Number) known(row)).longValue();
    }

    /// Any number.
    ///
    /// @throws NullPointerException where it is NULL
    public double getDouble(int row) {
        return ((Number) known(row)).doubleValue();
    }

    /// @throws NullPointerException where it is NULL
    public String getString(int row) {
        return (String) known(row);
    }
}
