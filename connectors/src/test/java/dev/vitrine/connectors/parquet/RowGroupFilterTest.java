package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Duck;
import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left out because a Bloom filter, a dictionary or the page index rules it out, and that
/// nothing else is.
class RowGroupFilterTest {
    private static final int ROWS = 60_000;

    private static final String SCHEMA =
            """
            message m { required int64 id; required int32 odd; required binary name (STRING);
            required int64 price (DECIMAL(12,2)); required double d; optional int32 late; }
            """;

    @TempDir Path folder;

    private static List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            // Every bound spans all numbers, so that only the Bloom filter can tell.
            int odd = i % 10_000 == 0 ? 0 : i % 10_000 == 1 ? 2_000_001 : (i % 20_000) * 2 + 1;
            List<@Nullable Object> row = new ArrayList<>();
            row.add((long) i);
            row.add(odd);
            row.add(("name " + odd).getBytes(StandardCharsets.UTF_8));
            row.add(odd * 100L);
            row.add((double) odd);
            row.add(i < ROWS / 2 ? null : Integer.valueOf(i));
            rows.add(row);
        }
        return rows;
    }

    private TableSource file() throws IOException {
        Path file = folder.resolve("t.parquet");
        Written.write(
                file,
                SCHEMA,
                rows(),
                new Written.Packing(
                        WriterVersion.PARQUET_1_0,
                        CompressionCodecName.SNAPPY,
                        builder ->
                                builder.withPageRowCountLimit(1_000)
                                        .withDictionaryEncoding(false)
                                        .withBloomFilterEnabled("odd", true)
                                        .withBloomFilterEnabled("name", true)
                                        .withBloomFilterEnabled("price", true)
                                        .withBloomFilterEnabled("d", true)));
        return open(file);
    }

    private static TableSource open(Path file) {
        return new ParquetConnector().open(List.of(file.toString()), Optional.empty(), Map.of());
    }

    private static ColumnFilter filter(String column, ColumnFilter.Op op, Object... values) {
        return new ColumnFilter(column, op, List.of(values));
    }

    /// The ids of the rows read under some filters.
    private static List<Object> ids(TableSource source, ColumnFilter... filters) {
        Schema id = Tables.columns(source.schema(), "id");
        ScanRequest request = new ScanRequest(id, List.of(filters), OptionalLong.empty());
        List<Object> ids = new ArrayList<>();
        for (List<@Nullable Object> row : Tables.read(source, request, Long.MAX_VALUE)) {
            ids.add(java.util.Objects.requireNonNull(row.getFirst()));
        }
        return ids;
    }

    @Test
    void onlyPagesThatMayMatchAreRead() throws IOException {
        TableSource source = file();
        List<Object> some = ids(source, filter("id", ColumnFilter.Op.EQ, 4_321L));
        assertEquals(1_000, some.size());
        assertEquals(4_000L, some.getFirst());
        assertEquals(
                3_000,
                ids(
                                source,
                                filter("id", ColumnFilter.Op.GE, 9_999L),
                                filter("id", ColumnFilter.Op.LE, 11_000L))
                        .size());
        List<Object> apart = ids(source, filter("id", ColumnFilter.Op.IN, 5L, 30_000L, 59_999L));
        assertEquals(3_000, apart.size());
        assertTrue(apart.containsAll(Set.of(5L, 30_000L, 59_999L)));
        assertEquals(ROWS / 2, ids(source, filter("late", ColumnFilter.Op.IS_NULL)).size());
        assertEquals(ROWS / 2, ids(source, filter("late", ColumnFilter.Op.GT, 7)).size());
        assertEquals(
                List.of(),
                ids(
                        source,
                        filter("late", ColumnFilter.Op.IS_NULL),
                        filter("id", ColumnFilter.Op.GE, 40_000L)));
    }

    @Test
    void bloomFiltersRuleOutEqualityOnly() throws IOException {
        TableSource source = file();
        int left = 0;
        for (int even = 2; even < 400; even += 2) {
            left += ids(source, filter("odd", ColumnFilter.Op.EQ, even)).isEmpty() ? 0 : 1;
        }
        // Filters err now and then, by design.
        assertTrue(left < 40, left + " of 199 not ruled out");
        assertFalse(ids(source, filter("odd", ColumnFilter.Op.LE, 2)).isEmpty());
        for (int odd = 5; odd < 400; odd += 2) {
            assertFalse(ids(source, filter("odd", ColumnFilter.Op.EQ, odd)).isEmpty());
            assertFalse(ids(source, filter("odd", ColumnFilter.Op.IN, 4, odd)).isEmpty());
            assertFalse(ids(source, filter("name", ColumnFilter.Op.EQ, "name " + odd)).isEmpty());
            BigDecimal price = BigDecimal.valueOf(odd * 100L, 2);
            assertFalse(ids(source, filter("price", ColumnFilter.Op.EQ, price)).isEmpty());
            assertFalse(ids(source, filter("d", ColumnFilter.Op.EQ, (double) odd)).isEmpty());
        }
        assertFalse(ids(source, filter("d", ColumnFilter.Op.EQ, 0.0)).isEmpty());
        Set<Boolean> none = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            BigDecimal price = BigDecimal.valueOf(i * 200L + 50, 2);
            none.add(ids(source, filter("price", ColumnFilter.Op.EQ, price)).isEmpty());
            none.add(ids(source, filter("name", ColumnFilter.Op.EQ, "name " + i * 2)).isEmpty());
        }
        assertTrue(none.contains(true));
    }

    @Test
    void aDictionaryRulesOutEqualityOfStrings() {
        Path file = folder.resolve("duck.parquet");
        try (Duck duck = new Duck()) {
            duck.run(
                    "COPY (SELECT i AS id, CASE i % 3 WHEN 0 THEN 'apple' WHEN 1 THEN 'melon'"
                            + " END AS fruit FROM range(20000) t(i)) TO '"
                            + file
                            + "' (FORMAT parquet, WRITE_BLOOM_FILTER false)");
        }
        TableSource source = open(file);
        assertEquals(List.of(), ids(source, filter("fruit", ColumnFilter.Op.EQ, "grape")));
        assertEquals(List.of(), ids(source, filter("fruit", ColumnFilter.Op.IN, "fig", "lemon")));
        assertEquals(20_000, ids(source, filter("fruit", ColumnFilter.Op.EQ, "melon")).size());
        assertEquals(20_000, ids(source, filter("fruit", ColumnFilter.Op.LT, "grape")).size());
    }

    /// A page's bytes lie where the index is read to: what is left of it must not be looked at.
    @Test
    void pagesThatAreNotPackedAreLeftMidway() throws IOException {
        Path file = folder.resolve("t.parquet");
        List<List<byte[]>> rows = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            rows.add(List.of(("number " + i).getBytes(StandardCharsets.UTF_8)));
        }
        Written.write(
                file,
                "message m { required binary name (STRING); }",
                rows,
                new Written.Packing(
                        WriterVersion.PARQUET_1_0,
                        CompressionCodecName.UNCOMPRESSED,
                        builder ->
                                builder.withPageRowCountLimit(100).withDictionaryEncoding(false)));
        TableSource source = open(file);
        ScanRequest all = ScanRequest.all(source.schema());
        ParquetSplit split = (ParquetSplit) source.splits(all, Long.MAX_VALUE).getFirst();
        try (BatchAllocator memory = BatchAllocator.root(1L << 30);
                ParquetBatchReader reader = new ParquetBatchReader(split, all, memory, 10)) {
            for (int at = 0; at < 40_000; at += 10) {
                try (Batch batch = java.util.Objects.requireNonNull(reader.next())) {
                    if (at == 0 || at == 110 || at == 12_000 || at == 39_900) {
                        assertEquals("number " + at, batch.value(0, 0));
                        assertEquals("number " + (at + 9), batch.value(0, 9));
                    }
                }
            }
        }
    }

    @Test
    void aLargeRowGroupIsReadInParts() {
        Path file = folder.resolve("large.parquet");
        try (Duck duck = new Duck()) {
            duck.run(
                    "COPY (SELECT i AS id, i * 7 % 1000 AS other FROM range(700000) t(i)) TO '"
                            + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 1000000)");
        }
        TableSource source = open(file);
        ScanRequest request = ScanRequest.all(source.schema());
        List<Split> splits = source.splits(request, 1_000);
        assertEquals(5, splits.size());
        assertEquals(700_000, splits.stream().mapToLong(Split::rowCount).sum());
        assertEquals(
                "large.parquet [row group 0, rows 140000-279999]", splits.get(1).description());
        long next = 0;
        try (BatchAllocator memory = BatchAllocator.root(1L << 30)) {
            for (Split split : splits) {
                try (BatchReader reader = source.read(split, request, memory)) {
                    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                        try (Batch held = batch) {
                            for (int row = 0; row < held.rowCount(); row++) {
                                assertEquals(next, held.value(0, row));
                                assertEquals(next * 7 % 1000, held.value(1, row));
                                next++;
                            }
                        }
                    }
                }
            }
        }
        assertEquals(700_000, next);
        List<Split> one = source.splits(request, Long.MAX_VALUE);
        assertEquals(1, one.size());
        assertEquals("large.parquet", one.getFirst().description());
    }
}
