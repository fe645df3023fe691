package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Duck;
import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the reader makes of files that DuckDB wrote, against what DuckDB says is in them.
class ParquetReadTest {
    @TempDir Path folder;

    private static TableSource open(Path... paths) {
        List<String> texts = java.util.Arrays.stream(paths).map(Path::toString).toList();
        return new ParquetConnector().open(texts, Optional.empty(), Map.of());
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static final String EVERY_TYPE =
            """
            SELECT i AS id,
              i % 2 = 0 AS bool_c,
              ((i % 256) - 128)::TINYINT AS tiny_c,
              ((i * 7) % 65536 - 32768)::SMALLINT AS small_c,
              (i * 1234567 % 4294967296 - 2147483648)::INTEGER AS int_c,
              i * 1234567890123 AS big_c,
              (i % 256)::UTINYINT AS utiny_c,
              (i * 13 % 65536)::USMALLINT AS usmall_c,
              (4294967295 - i)::UINTEGER AS uint_c,
              (18446744073709551615 - i::UHUGEINT)::UBIGINT AS ubig_c,
              (i / 3.0)::FLOAT AS float_c,
              i / 7.0::DOUBLE AS double_c,
              (i % 900 - 450)::DECIMAL(4,1) AS dec4_c,
              (i * 100.01)::DECIMAL(9,2) AS dec9_c,
              (i * -1000000.0001)::DECIMAL(18,4) AS dec18_c,
              (i::HUGEINT * 1000000000000000000 * 12345 + 7)::DECIMAL(38,3) AS dec38_c,
              'value ' || (i % 17) AS repeated_c,
              repeat('x', (i % 40)::INT) || i AS text_c,
              ('\\x00\\xFF' || chr((65 + i % 26)::INT))::BLOB AS blob_c,
              DATE '1900-01-01' + (i * 37)::INT AS date_c,
              TIMESTAMP '1969-12-31 23:59:59.123456' + to_microseconds(i * 987654321) AS micros_c,
              (TIMESTAMP '1969-12-31 23:59:59.123' + to_milliseconds(i * 987654))::TIMESTAMP_MS AS millis_c,
              TIMESTAMPTZ '2001-02-03 04:05:06.789+00' + to_seconds(i * 1000) AS zoned_c,
              TIME '00:00:01.5' + to_microseconds(i) AS time_c,
              ('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS uuid_c
            FROM range(ROWS) t(i)
            """;

    private static String everyType(int rows) {
        return EVERY_TYPE.replace("ROWS", Integer.toString(rows));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd",
                "COMPRESSION uncompressed",
                "COMPRESSION gzip",
                "COMPRESSION lz4_raw",
                "PARQUET_VERSION v2",
                "DICTIONARY_SIZE_LIMIT 1"
            })
    void everyTypeReadsAsWritten(String options) {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    "COPY ("
                            + everyType(5000)
                            + ") TO '"
                            + path
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 2048, "
                            + options
                            + ")");
            assertEquals(duck.rows("FROM '" + path + "'"), Tables.read(open(path)));
        }
    }

    @Test
    void everyTypeReadsAsWrittenWithNulls() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    "COPY (SELECT id, CASE WHEN id % 3 > 0 THEN COLUMNS(* EXCLUDE id) END FROM ("
                            + everyType(5000)
                            + ")) TO '"
                            + path
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            assertEquals(duck.rows("FROM '" + path + "'"), Tables.read(open(path)));
        }
    }

    @Test
    void typesMapToTheEnginesOwn() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (" + everyType(1) + ") TO '" + path + "'");
            assertEquals(
                    "id bigint, bool_c boolean, tiny_c tinyint, small_c smallint, int_c int,"
                            + " big_c bigint, utiny_c smallint, usmall_c int, uint_c bigint,"
                            + " ubig_c decimal(20,0), float_c float, double_c double,"
                            + " dec4_c decimal(4,1), dec9_c decimal(9,2), dec18_c decimal(18,4),"
                            + " dec38_c decimal(38,3), repeated_c string, text_c string,"
                            + " blob_c binary, date_c date, micros_c timestamp_ntz,"
                            + " millis_c timestamp_ntz, zoned_c timestamp,"
                            + " time_c time(6), uuid_c string",
                    Tables.describe(open(path).schema()));
        }
    }

    @Test
    void nestedValuesReadAsWritten() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    """
                    COPY (SELECT i AS id,
                      CASE WHEN i % 5 > 0 THEN [x FOR x IN range(i % 4) IF x >= 0] END AS list_c,
                      CASE WHEN i % 7 > 0 THEN {'a': i, 'b': CASE WHEN i % 2 = 0 THEN 'b' || i END} END AS struct_c,
                      CASE WHEN i % 3 > 0 THEN MAP {'k' || i: i, 'l': NULL} END AS map_c,
                      [[i, NULL], [], NULL, [i + 1]] AS deep_c,
                      [{'x': 1, 'y': ['p', NULL]}, NULL, {'x': NULL, 'y': []}] AS structs_c,
                      {'inner': {'n': [i], 'd': i::DECIMAL(30,2)}} AS twice_c
                    FROM range(3000) t(i)) TO 'PATH' (FORMAT parquet, ROW_GROUP_SIZE 2048)
                    """
                            .replace("PATH", path.toString()));
            TableSource source = open(path);
            assertEquals(
                    "id bigint, list_c array<bigint>, struct_c struct<a:bigint,b:string>, map_c"
                            + " map<string,bigint>, deep_c array<array<bigint>>, structs_c"
                            + " array<struct<x:int,y:array<string>>>, twice_c"
                            + " struct<inner:struct<n:array<bigint>,d:decimal(30,2)>>",
                    Tables.describe(source.schema()));
            assertEquals(duck.rows("FROM '" + path + "'"), Tables.read(source));
        }
    }

    @Test
    void onlyTheColumnsAskedForComeInTheOrderAskedFor() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    "COPY (SELECT i AS a, 'x' || i AS b, [i] AS c FROM range(300000) t(i)) TO '"
                            + path
                            + "'");
            TableSource source = open(path);
            ScanRequest request = Tables.request(source, "c", "a");
            assertEquals(
                    duck.rows("SELECT c, a FROM '" + path + "'"),
                    Tables.read(source, request, 1000));
            assertEquals(3, source.splits(request, 1000).size());
        }
    }

    @Test
    void rowsAreCountedWithoutColumns() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (SELECT i FROM range(200000) t(i)) TO '" + path + "'");
            TableSource source = open(path);
            ScanRequest none = ScanRequest.all(new Schema(List.of()));
            assertEquals(200_000, Tables.read(source, none, Long.MAX_VALUE).size());
            assertEquals(OptionalLong.of(200_000), source.exactRowCount());
            assertEquals(200_000, source.splits(none, 1).stream().mapToLong(Split::rowCount).sum());
        }
    }

    @Test
    void anEmptyFileHasASchemaAndNoSplits() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (SELECT 1 AS a, 'x' AS b WHERE false) TO '" + path + "'");
            TableSource source = open(path);
            assertEquals("a int, b string", Tables.describe(source.schema()));
            assertEquals(List.of(), Tables.read(source));
        }
    }

    @Test
    void rowGroupsThatCannotMatchAreLeftOut() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    """
                    COPY (SELECT i AS id, 'k' || lpad(i::VARCHAR, 6, '0') AS name, (i / 4)::DOUBLE AS d,
                      CASE WHEN i >= 4096 THEN i END AS late, DATE '2020-01-01' + (i // 100)::INT AS day
                    FROM range(8192) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)
                    """
                            .formatted(path));
            TableSource source = open(path);
            assertEquals(4, groups(source));
            assertEquals(1, groups(source, filter("id", ColumnFilter.Op.EQ, 5000L)));
            assertEquals(2, groups(source, filter("id", ColumnFilter.Op.LT, 2049L)));
            assertEquals(1, groups(source, filter("id", ColumnFilter.Op.LT, 2048L)));
            assertEquals(1, groups(source, filter("id", ColumnFilter.Op.GT, 6143L)));
            assertEquals(2, groups(source, filter("id", ColumnFilter.Op.GE, 6143L)));
            assertEquals(2, groups(source, filter("id", ColumnFilter.Op.IN, 1L, 8000L, 9999L)));
            assertEquals(0, groups(source, filter("id", ColumnFilter.Op.EQ, 9999L)));
            assertEquals(1, groups(source, filter("name", ColumnFilter.Op.EQ, "k000007")));
            assertEquals(2, groups(source, filter("late", ColumnFilter.Op.IS_NULL)));
            assertEquals(2, groups(source, filter("late", ColumnFilter.Op.IS_NOT_NULL)));
            assertEquals(2, groups(source, filter("late", ColumnFilter.Op.GE, 0L)));
            assertEquals(1, groups(source, filter("day", ColumnFilter.Op.LE, 18262)));
            assertEquals(1, groups(source, filter("d", ColumnFilter.Op.LT, 511.0)));
            // A NaN, which no footer tells of, would pass.
            assertEquals(4, groups(source, filter("d", ColumnFilter.Op.GT, 1e9)));
        }
    }

    private static ColumnFilter filter(String column, ColumnFilter.Op op, Object... values) {
        return new ColumnFilter(column, op, List.of(values));
    }

    private static int groups(TableSource source, ColumnFilter... filters) {
        ScanRequest request =
                new ScanRequest(source.schema(), List.of(filters), OptionalLong.empty());
        return source.splits(request, 1).size();
    }

    @Test
    void statisticsComeFromAllFooters() {
        try (Duck duck = new Duck()) {
            duck.run(
                    "COPY (SELECT i AS a, NULL::INT AS b FROM range(10, 20) t(i)) TO '"
                            + file("1.parquet")
                            + "'");
            duck.run(
                    "COPY (SELECT i AS a, 5 AS b FROM range(50, 70) t(i)) TO '"
                            + file("2.parquet")
                            + "'");
            var statistics = open(folder).statistics();
            assertEquals(OptionalLong.of(30), statistics.rowCount());
            var a = Objects.requireNonNull(statistics.columns().get("a"));
            assertEquals(10L, a.min());
            assertEquals(69L, a.max());
            assertEquals(OptionalLong.of(0), a.nullCount());
            var b = Objects.requireNonNull(statistics.columns().get("b"));
            assertEquals(5, b.min());
            assertEquals(OptionalLong.of(10), b.nullCount());
        }
    }

    @Test
    void severalFilesAreMatchedByColumnName() {
        try (Duck duck = new Duck()) {
            duck.run("COPY (SELECT 1 AS a, 'one' AS b) TO '" + file("1.parquet") + "'");
            duck.run("COPY (SELECT 'two' AS B, 2 AS A, 0 AS other) TO '" + file("2.parquet") + "'");
            duck.run("COPY (SELECT 3 AS a) TO '" + file("3.parquet") + "'");
            assertEquals("[[1, one], [2, two], [3, null]]", Tables.read(open(folder)).toString());
        }
    }

    @Test
    void aUsersSchemaWidensTypes() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (SELECT 1::INT AS a, 2.5::FLOAT AS b) TO '" + path + "'");
            Schema wider =
                    Schema.of(
                            Field.of("b", DataType.DOUBLE),
                            Field.of("a", DataType.BIGINT),
                            Field.of("none", DataType.STRING));
            TableSource source =
                    new ParquetConnector()
                            .open(List.of(path.toString()), Optional.of(wider), Map.of());
            assertEquals("[[2.5, 1, null]]", Tables.read(source).toString());
            Schema wrong = Schema.of(Field.of("a", DataType.STRING));
            TableSource other =
                    new ParquetConnector()
                            .open(List.of(path.toString()), Optional.of(wrong), Map.of());
            EngineException e = assertThrows(EngineException.class, () -> Tables.read(other));
            assertEquals(ErrorCode.FILE_UNREADABLE, e.code());
            assertTrue(
                    String.valueOf(e.getMessage()).contains("`a` is INT here, not STRING"),
                    e.getMessage());
        }
    }

    @Test
    void foldersNameColumns() {
        try (Duck duck = new Duck()) {
            duck.run(
                    "COPY (SELECT i AS v, i % 2 AS part, 'k ' || (i % 3) AS name FROM range(12) t(i))"
                            + " TO '"
                            + folder
                            + "' (FORMAT parquet, PARTITION_BY (part, name),"
                            + " OVERWRITE_OR_IGNORE)");
            TableSource source = open(folder);
            assertEquals("v bigint, part int, name string", Tables.describe(source.schema()));
            List<?> rows =
                    Tables.read(source, Tables.request(source, "name", "v", "part"), 1).stream()
                            .sorted(java.util.Comparator.comparing(row -> (Long) row.get(1)))
                            .map(Object::toString)
                            .toList();
            assertEquals("[k 0, 0, 0]", rows.get(0));
            assertEquals("[k 2, 5, 1]", rows.get(5));
            assertEquals(12, rows.size());
            ScanRequest one =
                    new ScanRequest(
                            source.schema(),
                            List.of(filter("part", ColumnFilter.Op.EQ, 1)),
                            OptionalLong.empty());
            assertEquals(3, source.splits(one, 1).size());
        }
    }

    @Test
    void longTextIsCutIntoSmallerBatches() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run(
                    "COPY (SELECT repeat('abcdefgh', 20000) AS t FROM range(1500)) TO '"
                            + path
                            + "'");
            assertEquals(1500, Tables.read(open(path)).size());
        }
    }

    @Test
    void noMoreRowsThanTheLimitAreRead() {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (SELECT i FROM range(5000) t(i)) TO '" + path + "'");
            TableSource source = open(path);
            ScanRequest seven = new ScanRequest(source.schema(), List.of(), OptionalLong.of(7));
            assertEquals(7, Tables.read(source, seven, Long.MAX_VALUE).size());
        }
    }

    @Test
    void aFileThatIsNoParquetIsNamed() throws IOException {
        Path path = Files.writeString(file("bad.parquet"), "this is no parquet file at all");
        EngineException e = assertThrows(EngineException.class, () -> open(path));
        assertEquals(ErrorCode.FILE_UNREADABLE, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains("bad.parquet"), e.getMessage());
    }

    @Test
    void aFileThatChangedIsNamed() throws IOException {
        try (Duck duck = new Duck()) {
            Path path = file("t.parquet");
            duck.run("COPY (SELECT i FROM range(5000) t(i)) TO '" + path + "'");
            TableSource source = open(path);
            List<Split> splits = source.splits(ScanRequest.all(source.schema()), 1);
            Files.write(path, new byte[10]);
            EngineException e =
                    assertThrows(
                            EngineException.class,
                            () ->
                                    Tables.read(
                                            source,
                                            splits.getFirst(),
                                            ScanRequest.all(source.schema())));
            assertEquals(ErrorCode.FILE_CHANGED, e.code());
        }
    }
}
