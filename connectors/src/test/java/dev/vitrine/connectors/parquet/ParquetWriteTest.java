package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.connectors.Duck;
import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetWriteTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("b", DataType.BOOLEAN),
                    Field.of("t", DataType.TINYINT),
                    Field.of("s", DataType.SMALLINT),
                    Field.of("i", DataType.INT),
                    Field.of("l", DataType.BIGINT),
                    Field.of("f", DataType.FLOAT),
                    Field.of("d", DataType.DOUBLE),
                    Field.of("m9", new DataType.Decimal(9, 2)),
                    Field.of("m18", new DataType.Decimal(18, 5)),
                    Field.of("m38", new DataType.Decimal(38, 10)),
                    Field.of("text", DataType.STRING),
                    Field.of("raw", DataType.BINARY),
                    Field.of("day", DataType.DATE),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("local", DataType.TIMESTAMP_NTZ),
                    Field.of("list", new DataType.Array(DataType.STRING, true)),
                    Field.of("map", new DataType.MapOf(DataType.STRING, DataType.INT, true)),
                    Field.of(
                            "struct",
                            new DataType.Struct(
                                    List.of(
                                            Field.of("x", DataType.INT),
                                            Field.of(
                                                    "y",
                                                    new DataType.Array(
                                                            new DataType.Decimal(20, 1), true))))));

    @TempDir Path folder;

    private static List<List<@Nullable Object>> rows(int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            map.put("k" + i, i);
            map.put("n", null);
            List<@Nullable Object> row =
                    new ArrayList<>(
                            Arrays.asList(
                                    i % 2 == 0,
                                    (byte) i,
                                    (short) -i,
                                    i * 1000,
                                    i * 10_000_000_000L,
                                    i / 3f,
                                    -i / 7.0,
                                    BigDecimal.valueOf(i * 101L - 500, 2),
                                    BigDecimal.valueOf(-i * 1_000_000_000_001L, 5),
                                    new BigDecimal("-1234567890123456789012345678.0123456789")
                                            .add(BigDecimal.valueOf(i))
                                            .setScale(10),
                                    "tëxt " + i % 13,
                                    Binary.copyOf(new byte[] {(byte) i, 0, -1}),
                                    i * 31 - 5000,
                                    i * 123_456_789L,
                                    -i * 123_456_789L,
                                    i % 3 == 0 ? List.of() : Arrays.asList("a" + i, null),
                                    i % 4 == 0 ? Map.of() : map,
                                    Arrays.asList(
                                            i,
                                            i % 5 == 0 ? null : List.of(new BigDecimal("-0.5")))));
            if (i % 7 == 3) {
                for (int column = 0; column < row.size(); column++) {
                    row.set(column, (column + i) % 3 == 0 ? row.get(column) : null);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private TableSink sink(Path path, Schema schema, SaveMode mode, String... options) {
        return new ParquetConnector()
                .create(
                        path.toString(),
                        schema,
                        mode,
                        options.length == 0 ? Map.of() : Map.of(options[0], options[1]))
                .orElseThrow();
    }

    private static TableSource open(Path path) {
        return new ParquetConnector().open(List.of(path.toString()), Optional.empty(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4_raw", "none"})
    void everyTypeComesBack(String compression) {
        Path path = folder.resolve("t");
        List<List<@Nullable Object>> rows = rows(3000);
        Tables.write(
                sink(path, SCHEMA, SaveMode.ERROR_IF_EXISTS, "compression", compression),
                SCHEMA,
                rows);
        TableSource source = open(path);
        assertEquals(Tables.describe(SCHEMA), Tables.describe(source.schema()));
        assertEquals(rows, Tables.read(source));
        assertEquals(3000, source.exactRowCount().orElse(-1));
        assertEquals(0, Objects.requireNonNull(source.statistics().columns().get("i")).min());
    }

    @Test
    void duckDbReadsWhatWasWritten() {
        Path path = folder.resolve("t");
        List<List<@Nullable Object>> rows = rows(1000);
        Tables.write(sink(path, SCHEMA, SaveMode.ERROR_IF_EXISTS), SCHEMA, rows);
        try (Duck duck = new Duck()) {
            assertEquals(rows, duck.rows("FROM '" + path + "/*.parquet'"));
        }
    }

    /// Pages and row groups end at other rows than batches do.
    @ParameterizedTest
    @ValueSource(strings = {"1", "700", "5000", "30000"})
    void rowGroupsHaveTheRowsAskedFor(String rowGroupRows) {
        Path path = folder.resolve("t");
        int count = rowGroupRows.equals("1") ? 20 : 25_000;
        List<List<@Nullable Object>> rows = rows(count);
        Tables.write(
                sink(path, SCHEMA, SaveMode.ERROR_IF_EXISTS, "rowGroupRows", rowGroupRows),
                SCHEMA,
                rows);
        assertEquals(rows, Tables.read(open(path)));
        try (Duck duck = new Duck()) {
            String files = "'" + path + "/*.parquet'";
            assertEquals(rows, duck.rows("FROM " + files));
            assertEquals(
                    List.of(List.of((long) Math.ceilDiv(count, Integer.parseInt(rowGroupRows)))),
                    duck.rows(
                            "SELECT count(DISTINCT row_group_id) FROM parquet_metadata("
                                    + files
                                    + ")"));
        }
    }

    @Test
    void aTableWithoutRowsKeepsItsColumns() {
        Path path = folder.resolve("t");
        TableSink sink = sink(path, SCHEMA, SaveMode.ERROR_IF_EXISTS);
        sink.begin();
        sink.commit();
        assertEquals(Tables.describe(SCHEMA), Tables.describe(open(path).schema()));
        assertEquals(List.of(), Tables.read(open(path)));
    }

    @Test
    void wrongOptionsAndTypesAreNamed() {
        Path path = folder.resolve("t");
        EngineException option =
                assertThrows(
                        EngineException.class,
                        () -> sink(path, SCHEMA, SaveMode.APPEND, "compression", "rar"));
        assertEquals(ErrorCode.INVALID_OPTION, option.code());
        EngineException groups =
                assertThrows(
                        EngineException.class,
                        () -> sink(path, SCHEMA, SaveMode.APPEND, "rowGroupRows", "0"));
        assertEquals(ErrorCode.INVALID_OPTION, groups.code());
        EngineException type =
                assertThrows(
                        EngineException.class,
                        () -> sink(path, Schema.of(Field.of("v", DataType.NULL)), SaveMode.APPEND));
        assertEquals(ErrorCode.UNSUPPORTED_FEATURE, type.code());
    }
}
