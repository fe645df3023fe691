package dev.vitrine.engine.spi;

import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.OptionalLong;

/// What a scan asks of a source.
///
/// @param columns the columns wanted, in the order wanted, a part of the source's schema; may be
///   empty when only rows are counted
/// @param filters conditions that the engine applies again itself: a source uses them to leave out
///   files, row groups and pages that cannot match
/// @param limit rows that suffice, per split
public record ScanRequest(Schema columns, List<ColumnFilter> filters, OptionalLong limit) {
    public ScanRequest {
        filters = List.copyOf(filters);
    }

    public static ScanRequest all(Schema schema) {
        return new ScanRequest(schema, List.of(), OptionalLong.empty());
    }
}
