package dev.vitrine.engine.spi;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is known of a table's contents.
///
/// @param rowCount exact or estimated rows
/// @param sizeBytes bytes on disk
/// @param columns by column name as in the schema
public record TableStatistics(
        OptionalLong rowCount, OptionalLong sizeBytes, Map<String, ColumnStatistics> columns) {
    public static final TableStatistics UNKNOWN =
            new TableStatistics(OptionalLong.empty(), OptionalLong.empty(), Map.of());

    public TableStatistics {
        columns = Map.copyOf(columns);
    }

    /// @param min smallest value, boxed as `DataType` says, or null if unknown
    /// @param max largest value, or null if unknown
    public record ColumnStatistics(
            @Nullable Object min,
            @Nullable Object max,
            OptionalLong nullCount,
            OptionalLong distinctCount) {}
}
