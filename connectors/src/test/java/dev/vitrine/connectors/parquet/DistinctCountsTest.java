package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Duck;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Distinct values told from dictionaries, against exact counts.
class DistinctCountsTest {
    @TempDir Path folder;

    private static TableSource open(Path file) {
        return new ParquetConnector().open(List.of(file.toString()), Optional.empty(), Map.of());
    }

    private static OptionalLong told(TableSource source, String column) {
        return Objects.requireNonNull(source.statistics().columns().get(column)).distinctCount();
    }

    private static long exact(Duck duck, Path file, String column) {
        List<@Nullable Object> row =
                duck.rows("SELECT count(DISTINCT \"" + column + "\") FROM '" + file + "'")
                        .getFirst();
        return (Long) Objects.requireNonNull(row.getFirst());
    }

    private static void assertNear(long exact, OptionalLong told, String column) {
        assertTrue(told.isPresent(), column);
        long estimate = told.getAsLong();
        assertTrue(
                estimate <= 3 * exact && exact <= 3 * estimate,
                column + ": " + estimate + " told, " + exact + " there");
    }

    @Test
    void flightsAreToldNearly() throws IOException {
        Path file = folder.resolve("flights-3m.parquet");
        try (InputStream data =
                DistinctCountsTest.class.getResourceAsStream(
                        "/dev/vitrine/sample/data/flights-3m.parquet")) {
            Files.copy(Objects.requireNonNull(data), file);
        }
        TableSource source = open(file);
        try (Duck duck = new Duck()) {
            for (Field field : source.schema().fields()) {
                assertNear(
                        exact(duck, file, field.name()), told(source, field.name()), field.name());
            }
        }
    }

    @Test
    void valuesAnywhereOrInRowGroupsOfTheirOwnAreToldNearly() {
        Path file = folder.resolve("t.parquet");
        try (Duck duck = new Duck()) {
            duck.run("SELECT setseed(0.5)");
            duck.run(
                    "COPY (SELECT i // 50 AS sorted, (random() * 900)::INT AS anywhere,"
                            + " 'n' || (random() * 9)::INT AS few, i AS key, CASE WHEN i % 2 = 0"
                            + " THEN (random() * 100)::INT END AS half FROM range(100000) t(i))"
                            + " TO '"
                            + file
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 10240)");
            TableSource source = open(file);
            for (String column : List.of("sorted", "anywhere", "few", "half")) {
                assertNear(exact(duck, file, column), told(source, column), column);
            }
            assertFalse(told(source, "key").isPresent());
        }
    }

    /// Each row group has some 6,000 of 9,000 values, and no two have the same.
    @Test
    void valuesThatNoRowGroupHasAllOfAreScaledUp() throws IOException {
        Path file = folder.resolve("t.parquet");
        Random random = new Random(3);
        List<List<Long>> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            rows.add(List.of(random.nextInt(9_000) * 1_000_003L));
        }
        Written.write(
                file,
                "message m { required int64 a; }",
                rows,
                new Written.Packing(
                        WriterVersion.PARQUET_2_0,
                        CompressionCodecName.SNAPPY,
                        builder -> builder.withRowGroupRowCountLimit(10_000)));
        long told = told(open(file), "a").orElse(0);
        assertTrue(told > 8_000 && told < 10_000, told + " told");
    }

    @Test
    void aSingleRowGroupTellsExactly() throws IOException {
        Path file = folder.resolve("t.parquet");
        List<List<Long>> rows = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            rows.add(List.of(i * i % 1_013 * 1_000_000));
        }
        Written.write(file, "message m { required int64 a; }", rows, Written.Packing.plain());
        try (Duck duck = new Duck()) {
            assertEquals(OptionalLong.of(exact(duck, file, "a")), told(open(file), "a"));
        }
    }
}
