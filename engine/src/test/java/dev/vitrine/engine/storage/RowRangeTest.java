package dev.vitrine.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowRangeTest {
    @Test
    void findsTheRowsOfTheSmallestAndTheLargest() {
        assertEquals(new RowRange(2, 4), of(DataType.INT, null, 5, -3, -3, 9, null));
        assertEquals(new RowRange(1, 1), of(DataType.DATE, null, 7, null));
        assertEquals(new RowRange(1, 0), of(DataType.BIGINT, Long.MAX_VALUE, Long.MIN_VALUE, 0L));
        assertEquals(new RowRange(0, 2), of(DataType.BIGINT, Long.MIN_VALUE, 0L, Long.MAX_VALUE));
        assertEquals(
                new RowRange(1, 0),
                of(
                        new DataType.Decimal(18, 2),
                        new java.math.BigDecimal("1.50"),
                        new java.math.BigDecimal("-2.25")));
        assertEquals(
                new RowRange(1, 0),
                of(
                        new DataType.Decimal(38, 2),
                        new java.math.BigDecimal("1.50"),
                        new java.math.BigDecimal("-2.25")));
        assertEquals(new RowRange(2, 0), of(DataType.DOUBLE, Double.NaN, 1.0, -0.5));
        assertEquals(new RowRange(1, 0), of(DataType.STRING, "b", "a"));
    }

    @Test
    void nullsOnlyHaveNoRange() {
        assertEquals(new RowRange(-1, -1), of(DataType.INT, null, null));
        assertEquals(new RowRange(-1, -1), of(DataType.BIGINT));
    }

    @Test
    void extremeValuesCountBehindNulls() {
        assertEquals(new RowRange(1, 1), of(DataType.INT, null, Integer.MAX_VALUE));
        assertEquals(new RowRange(1, 1), of(DataType.BIGINT, null, Long.MAX_VALUE));
        assertEquals(new RowRange(1, 1), of(DataType.BIGINT, null, Long.MIN_VALUE));
    }

    private static RowRange of(DataType type, @Nullable Object... values) {
        Schema schema = new Schema(List.of(new Field("a", type, true)));
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20);
                BatchBuilder builder = new BatchBuilder(schema, allocator, values.length)) {
            for (Object value : Arrays.asList(values)) {
                builder.appendRow(Collections.singletonList(value));
            }
            try (Batch batch = builder.build()) {
                return RowRange.of(batch, 0);
            }
        }
    }
}
