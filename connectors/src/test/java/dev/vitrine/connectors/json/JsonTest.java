package dev.vitrine.connectors.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @TempDir Path folder;

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("t.json"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TableSource open(Path path, Optional<Schema> schema, String... options) {
        Map<String, String> map = new HashMap<>(Map.of("timeZone", "UTC"));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new JsonConnector().open(List.of(path.toString()), schema, map);
    }

    private static void assertTable(String expected, TableSource source) {
        StringBuilder text = new StringBuilder(Tables.describe(source.schema())).append('\n');
        Tables.read(source).forEach(row -> text.append(row).append('\n'));
        assertEquals(expected, text.toString());
    }

    @Test
    void theSchemaIsThatOfAllRecords() {
        assertTable(
                """
                a bigint, b double, s string, o struct<x:bigint,y:array<string>>, l array<bigint>, mixed string, none string
                [1, 2.0, x, [1, [p]], [1, 2], 1, null]
                [null, 0.5, é", null, [null], {"k":[true]}, null]
                [3, null, null, [null, []], [], text, null]
                """,
                open(
                        write(
                                """
                                {"a":1,"b":2,"s":"x","o":{"x":1,"y":["p"]},"l":[1,2],"mixed":1}

                                {"b":0.5,"s":"\\u00e9\\"","l":[null],"mixed":{"k": [true]},"none":null}
                                {"o":{"y":[]},"a":3,"l":[],"mixed":"text"}
                                """),
                        Optional.empty()));
    }

    @Test
    void oneArrayIsATableToo() {
        assertTable(
                "a bigint\n[1]\n[2]\n", open(write(" [{\"a\":1},\n{\"a\":2}]"), Optional.empty()));
        assertTable(
                "a bigint, b string\n[1, x]\n",
                open(
                        write("{\n \"a\": 1,\n \"b\": \"x\"\n}"),
                        Optional.empty(),
                        "multiLine",
                        "true"));
    }

    @Test
    void recordsThatDoNotFitFollowTheMode() {
        Path path = write("{\"a\":1}\n{\"a\":\"x\"}\nno json\n{\"a\":4}\n");
        Schema schema =
                Schema.of(
                        Field.of("a", DataType.INT), Field.of("_corrupt_record", DataType.STRING));
        assertTable(
                """
                a int, _corrupt_record string
                [1, null]
                [null, {"a":"x"}]
                [null, no json]
                [4, null]
                """,
                open(path, Optional.of(schema)));
        Schema one = Schema.of(Field.of("a", DataType.INT));
        assertTable("a int\n[1]\n[4]\n", open(path, Optional.of(one), "mode", "DROPMALFORMED"));
        TableSource strict = open(path, Optional.of(one), "mode", "FAILFAST");
        EngineException e = assertThrows(EngineException.class, () -> Tables.read(strict));
        assertEquals(ErrorCode.MALFORMED_RECORD_IN_PARSING, e.code());
        assertEquals("2", e.args().get("line"));
    }

    @Test
    void anySplitSizeGivesTheSameRows() {
        StringBuilder text = new StringBuilder("\uFEFF");
        for (int i = 0; i < 500; i++) {
            text.append("{\"id\":")
                    .append(i)
                    .append(",\"t\":\"")
                    .append("x".repeat(i % 50))
                    .append("\"}\n");
        }
        TableSource source = open(write(text.toString()), Optional.empty());
        List<?> expected = Tables.read(source);
        assertEquals(500, expected.size());
        ScanRequest all = ScanRequest.all(source.schema());
        for (long bytes : new long[] {1, 7, 100, 1000, 5000}) {
            assertEquals(expected, Tables.read(source, all, bytes));
        }
        assertEquals(
                "[30, " + "x".repeat(30) + "]",
                Tables.read(source, Tables.request(source, "id", "t"), 100).get(30).toString());
    }

    @Test
    void timestampsAreInferredWhereAskedFor() {
        Path path = write("{\"t\":\"1970-01-01T00:00:01.5Z\"}\n{\"t\":\"1970-01-02 00:00\"}\n");
        assertTable(
                "t timestamp\n[1500000]\n[86400000000]\n",
                open(path, Optional.empty(), "inferTimestamp", "true"));
        assertEquals("t string", Tables.describe(open(path, Optional.empty()).schema()));
    }

    @Test
    void everyTypeComesBack() {
        Schema schema =
                Schema.of(
                        Field.of("b", DataType.BOOLEAN),
                        Field.of("t", DataType.TINYINT),
                        Field.of("i", DataType.INT),
                        Field.of("l", DataType.BIGINT),
                        Field.of("f", DataType.FLOAT),
                        Field.of("d", DataType.DOUBLE),
                        Field.of("m", new DataType.Decimal(30, 5)),
                        Field.of("s", DataType.STRING),
                        Field.of("raw", DataType.BINARY),
                        Field.of("day", DataType.DATE),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("local", DataType.TIMESTAMP_NTZ),
                        Field.of("list", new DataType.Array(DataType.DOUBLE, true)),
                        Field.of("map", new DataType.MapOf(DataType.STRING, DataType.INT, true)),
                        Field.of(
                                "o",
                                new DataType.Struct(
                                        List.of(
                                                Field.of("x", DataType.DATE),
                                                Field.of("y", DataType.STRING)))));
        List<List<@Nullable Object>> rows =
                List.of(
                        Arrays.asList(
                                true,
                                (byte) -5,
                                7,
                                Long.MIN_VALUE,
                                0.1f,
                                Double.NaN,
                                new BigDecimal("1234567890123456789012345.67890"),
                                "a\n\"é",
                                Binary.copyOf(new byte[] {1, -1}),
                                -719528,
                                -1L,
                                1_234_567_890_123_456L,
                                Arrays.asList(1.5, null, Double.NEGATIVE_INFINITY),
                                Map.of("k", 1),
                                Arrays.asList(3, null)),
                        Arrays.asList(new @Nullable Object[15]));
        for (String compression : List.of("none", "gzip", "zstd")) {
            Path path = folder.resolve("out-" + compression);
            Tables.write(
                    new JsonConnector()
                            .create(
                                    path.toString(),
                                    schema,
                                    SaveMode.ERROR_IF_EXISTS,
                                    Map.of("compression", compression))
                            .orElseThrow(),
                    schema,
                    rows);
            assertEquals(rows, Tables.read(open(path, Optional.of(schema))));
        }
    }

    @Test
    void aFileWithoutObjectsHasNoSchema() {
        EngineException e =
                assertThrows(EngineException.class, () -> open(write("\n\n"), Optional.empty()));
        assertEquals(ErrorCode.UNABLE_TO_INFER_SCHEMA, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains("t.json"));
    }
}
