package dev.vitrine.engine.spi;

import java.util.List;

/// A condition on one column that can be held against bounds.
///
/// @param values one value, boxed as `DataType` says, for comparisons; several for IN; none for
///   null tests
public record ColumnFilter(String column, Op op, List<Object> values) {
    public ColumnFilter {
        values = List.copyOf(values);
    }

    public enum Op {
        EQ,
        LT,
        LE,
        GT,
        GE,
        IN,
        IS_NULL,
        IS_NOT_NULL
    }
}
