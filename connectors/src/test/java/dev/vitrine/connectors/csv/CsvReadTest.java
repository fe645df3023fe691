package dev.vitrine.connectors.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Duck;
import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReadTest {
    @TempDir Path folder;

    private Path write(String text) {
        return write("t.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TableSource open(Path path, String... options) {
        return open(path, Optional.empty(), options);
    }

    private static TableSource open(Path path, Optional<Schema> schema, String... options) {
        Map<String, String> map = new java.util.HashMap<>();
        map.put("timeZone", "UTC");
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new CsvConnector().open(List.of(path.toString()), schema, map);
    }

    private static Schema strings(String... names) {
        return new Schema(
                java.util.Arrays.stream(names)
                        .map(name -> Field.of(name, DataType.STRING))
                        .toList());
    }

    private static void assertTable(String expected, TableSource source) {
        StringBuilder text = new StringBuilder(Tables.describe(source.schema())).append('\n');
        Tables.read(source).forEach(row -> text.append(row).append('\n'));
        assertEquals(expected, text.toString());
    }

    @Test
    void typesAreInferred() {
        assertTable(
                """
                b boolean, i int, l bigint, d double, day date, at timestamp, s string, none string
                [true, 1, 3000000000, 1.5, 0, 1000000, x, null]
                [false, -2, 4, 1000.0, 18321, -1, 12:30, null]
                [null, null, null, null, null, null, null, null]
                """,
                open(
                        write(
                                """
                                b,i,l,d,day,at,s,none
                                true,1,3000000000,1.5,1970-01-01,1970-01-01 00:00:01,x,
                                FALSE,-2,4,1e3,2020-02-29,1969-12-31T23:59:59.999999Z,12:30,
                                ,,,,,,,
                                """)));
    }

    @Test
    void quotesHoldSeparatorsLineBreaksAndQuotes() {
        assertTable(
                """
                a string, b string
                [x,y, say "hi"]
                [line
                break, ]
                [null, plain "quotes" inside]
                ["junk"after, z]
                """,
                open(
                        write(
                                "a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n\"line\nbreak\",\"\"\r\n"
                                        + ",plain \"quotes\" inside\r\n\"junk\"after,z\r\n")));
    }

    @Test
    void aBackslashBeforeQuotesIsFoundOut() {
        assertTable(
                """
                a string, b int
                [say "hi", you, 1]
                [C:\\dir, 2]
                """,
                open(write("a,b\n\"say \\\"hi\\\", you\",1\n\"C:\\\\dir\",2\n")));
        assertTable(
                """
                a string, b int
                [C:\\, 1]
                """,
                open(write("a,b\n\"C:\\\",1\n")));
    }

    @Test
    void theSeparatorIsFoundOut() {
        for (String separator : List.of(",", ";", "\t", "|")) {
            String text = "a,b,c\n1,x y,2.5\n2,z,3.5\n".replace(",", separator);
            assertTable(
                    "a int, b string, c double\n[1, x y, 2.5]\n[2, z, 3.5]\n", open(write(text)));
        }
        TableSource source = open(write("a;b\n1,5;2,5\n"));
        assertTrue(source.description().contains("semicolon"), source.description());
    }

    @Test
    void headersAreMadeSafe() {
        assertEquals(
                "a0 int, b int, _c2 int, A3 int",
                Tables.describe(open(write("a,b,,A\n1,2,3,4\n")).schema()));
        assertTable(
                "_c0 int, _c1 string\n[1, x]\n[2, y]\n",
                open(write("1,x\n2,y\n"), "header", "false"));
    }

    @Test
    void blankLinesCommentsAndTheMarkAreSkipped() {
        assertTable(
                "a int, b string\n[1, x]\n[2, #y]\n[3, z]\n",
                open(
                        write("\uFEFF# first\n\na,b\n1,x\n\r\n   \n#no\n2,#y\n\n3,z"),
                        "comment",
                        "#"));
    }

    @Test
    void nullsAndEmptyTextDiffer() {
        assertTable(
                "a string, b int\n[null, 1]\n[, null]\n[NA, 3]\n",
                open(write("a,b\n,1\n\"\",\nNA,3\n")));
        assertTable(
                "a string, b int\n[null, 1]\n[EMPTY, null]\n[null, null]\n",
                open(
                        write("a,b\nNA,1\n\"\",NA\nNA,NA\n"),
                        "nullValue",
                        "NA",
                        "emptyValue",
                        "EMPTY"));
    }

    @Test
    void blanksAreCutWhereAskedFor() {
        Path path = write("a,b\n  x  , \"q, r\"\n");
        assertTable(
                "a string, b string\n[x, q, r]\n",
                open(path, "ignoreLeadingWhiteSpace", "true", "ignoreTrailingWhiteSpace", "true"));
        assertTable("a string, b int\n[ x, 5]\n", open(write("a,b\n x, 5 \n")));
    }

    @Test
    void recordsThatDoNotFitFollowTheMode() {
        Path path = write("a,b,c\n1,x,2\nno,y,3\n4\n5,z,6,7\n");
        Schema schema =
                Schema.of(
                        Field.of("a", DataType.INT),
                        Field.of("b", DataType.STRING),
                        Field.of("c", DataType.INT),
                        Field.of("_corrupt_record", DataType.STRING));
        assertTable(
                """
                a int, b string, c int, _corrupt_record string
                [1, x, 2, null]
                [null, y, 3, no,y,3]
                [4, null, null, 4]
                [5, z, 6, 5,z,6,7]
                """,
                open(path, Optional.of(schema)));
        Schema three = Tables.columns(schema, "a", "b", "c");
        assertTable(
                "a int, b string, c int\n[1, x, 2]\n",
                open(path, Optional.of(three), "mode", "dropmalformed"));
        TableSource strict = open(path, Optional.of(three), "mode", "FAILFAST");
        EngineException e = assertThrows(EngineException.class, () -> Tables.read(strict));
        assertEquals(ErrorCode.MALFORMED_RECORD_IN_PARSING, e.code());
        assertEquals("3", e.args().get("line"));
        assertEquals("column `a` is no INT", e.args().get("reason"));
        assertEquals("no,y,3", e.args().get("badRecord"));
    }

    @Test
    void numbersAreReadExactly() {
        Schema schema =
                Schema.of(
                        Field.of("t", DataType.TINYINT),
                        Field.of("l", DataType.BIGINT),
                        Field.of("f", DataType.FLOAT),
                        Field.of("d", DataType.DOUBLE),
                        Field.of("m", new DataType.Decimal(9, 2)),
                        Field.of("w", new DataType.Decimal(30, 3)));
        assertTable(
                """
                t tinyint, l bigint, f float, d double, m decimal(9,2), w decimal(30,3)
                [127, 9223372036854775807, 0.1, 0.1, 1.00, 1.000]
                [-128, -9223372036854775808, 1.17549435E-38, 1.7976931348623157E308, -1234567.89, -123456789012345678901234567.891]
                [null, null, 1.6777216E7, 9.007199254740994E15, 0.13, 0.001]
                [5, 7, NaN, -Infinity, null, null]
                """
                        .replace("1.17549435E-38", Float.toString(Float.MIN_NORMAL)),
                open(
                        write(
                                """
                                t,l,f,d,m,w
                                127,9223372036854775807,0.1,0.1,1,1
                                -128,-9223372036854775808,1.17549435E-38,1.7976931348623157E308,-1234567.89,-123456789012345678901234567.891
                                128,9223372036854775808,16777217,9007199254740993.0001,0.125,0.0005
                                +5,+7,NaN,-Inf,12345678,1e30
                                """),
                        Optional.of(schema)));
    }

    @Test
    void doublesAreThoseOfJava() {
        java.util.Random random = new java.util.Random(42);
        StringBuilder text = new StringBuilder("d\n");
        List<List<Object>> expected = new java.util.ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double value =
                    switch (i % 4) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(1_000_000) / 100.0;
                        case 2 -> random.nextGaussian();
                        default -> random.nextLong();
                    };
            if (Double.isNaN(value)) {
                continue;
            }
            String form =
                    i % 3 == 0
                            ? new java.math.BigDecimal(Double.isInfinite(value) ? 0 : value)
                                    .toPlainString()
                            : Double.toString(value);
            text.append(form).append('\n');
            expected.add(List.of(Double.parseDouble(form)));
        }
        Schema schema = Schema.of(Field.of("d", DataType.DOUBLE));
        assertEquals(expected, Tables.read(open(write(text.toString()), Optional.of(schema))));
    }

    @Test
    void timesFollowPatternsAndZones() {
        Schema schema =
                Schema.of(
                        Field.of("day", DataType.DATE),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("local", DataType.TIMESTAMP_NTZ));
        Path path = write("day,at,local\n31.12.1999,1.2.2000 03:04,1.2.2000 03:04\n");
        assertTable(
                """
                day date, at timestamp, local timestamp_ntz
                [10956, 949370640000000, 949374240000000]
                """,
                open(
                        path,
                        Optional.of(schema),
                        "dateFormat",
                        "dd.MM.yyyy",
                        "timestampFormat",
                        "d.M.yyyy HH:mm",
                        "timeZone",
                        "Europe/Paris"));
        // The clocks of Paris jumped from 2 to 3 on 2021-03-28, and back from 3 to 2 on 2021-10-31.
        Path jumps =
                write(
                        """
                        at
                        2021-03-28 01:59:59
                        2021-03-28 03:00:00
                        2021-10-31 01:00:00
                        2021-10-31 04:00:00
                        2021-07-01 00:00:00
                        """);
        StringBuilder expected = new StringBuilder();
        for (String text :
                List.of(
                        "2021-03-28T01:59:59",
                        "2021-03-28T03:00:00",
                        "2021-10-31T01:00:00",
                        "2021-10-31T04:00:00",
                        "2021-07-01T00:00:00")) {
            expected.append('[')
                    .append(
                            java.time.LocalDateTime.parse(text)
                                            .atZone(java.time.ZoneId.of("Europe/Paris"))
                                            .toEpochSecond()
                                    * 1_000_000)
                    .append("]\n");
        }
        assertTable("at timestamp\n" + expected, open(jumps, "timeZone", "Europe/Paris"));
    }

    @Test
    void datesAreChecked() {
        Schema schema = Schema.of(Field.of("d", DataType.DATE));
        StringBuilder text = new StringBuilder("d\n");
        List<List<Object>> expected = new java.util.ArrayList<>();
        for (java.time.LocalDate day = java.time.LocalDate.of(1, 1, 1);
                day.getYear() < 9999;
                day = day.plusDays(97)) {
            text.append(day).append('\n');
            expected.add(List.of((int) day.toEpochDay()));
        }
        assertEquals(expected, Tables.read(open(write(text.toString()), Optional.of(schema))));
        assertTable(
                "d date\n[null]\n[null]\n[null]\n[11016]\n",
                open(write("d\n2021-02-29\n2021-13-01\n2021-1\n2000-2-29\n"), Optional.of(schema)));
    }

    @Test
    void packedAndEncodedTextIsRead() throws IOException {
        String text = "a,b\n1,größer\n2,ß\n";
        Path gz = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String expected = "a int, b string\n[1, größer]\n[2, ß]\n";
        assertTable(expected, open(gz));
        Path zst = folder.resolve("t.csv.zst");
        try (OutputStream out =
                new com.github.luben.zstd.ZstdOutputStream(Files.newOutputStream(zst))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertTable(expected, open(zst));
        Path latin = write("latin.csv", text.getBytes(StandardCharsets.ISO_8859_1));
        assertTable(expected, open(latin, "encoding", "ISO-8859-1"));
        Path wide = write("wide.csv", text.getBytes(Charset.forName("UTF-16")));
        assertTable(expected, open(wide, "encoding", "UTF-16"));
    }

    @Test
    void onlyTheColumnsAskedForAreRead() {
        TableSource source = open(write("a,b,c\n1,x,2\n3,y,4\n"));
        assertEquals(
                "[[2, 1], [4, 3]]",
                Tables.read(source, Tables.request(source, "c", "a"), 1 << 20).toString());
        ScanRequest none = ScanRequest.all(new Schema(List.of()));
        assertEquals(2, Tables.read(source, none, 1 << 20).size());
        ScanRequest one = new ScanRequest(source.schema(), List.of(), OptionalLong.of(1));
        assertEquals("[[1, x, 2]]", Tables.read(source, one, 1 << 20).toString());
    }

    @Test
    void aSchemaGivenNamesTheColumnsByPosition() {
        assertTable(
                "x string, y bigint\n[1, 2]\n",
                open(
                        write("a,b\n1,2\n"),
                        Optional.of(
                                Schema.of(
                                        Field.of("x", DataType.STRING),
                                        Field.of("y", DataType.BIGINT)))));
        assertTable(
                "a string, b string\n[1, x]\n", open(write("a,b\n1,x\n"), "inferSchema", "false"));
    }

    @Test
    void aFileWithoutTextHasNoSchema() {
        EngineException e = assertThrows(EngineException.class, () -> open(write("")));
        assertEquals(ErrorCode.UNABLE_TO_INFER_SCHEMA, e.code());
        assertEquals(List.of(), Tables.read(open(write(""), Optional.of(strings("a")))));
        assertTable("a string, b string\n", open(write("a,b\n")));
    }

    @Test
    void wrongOptionsAreNamed() {
        Path path = write("a\n1\n");
        for (String[] option :
                new String[][] {
                    {"sep", "ab"},
                    {"header", "maybe"},
                    {"mode", "LAX"},
                    {"encoding", "nope"},
                    {"dateFormat", "qqqqqqq"}
                }) {
            EngineException e =
                    assertThrows(EngineException.class, () -> open(path, option[0], option[1]));
            assertEquals(ErrorCode.INVALID_OPTION, e.code());
            assertEquals(option[0], e.args().get("option"));
        }
    }

    @Test
    void aFileThatShrinksIsNamed() throws IOException {
        Path path = write("a,b\n" + "1,x\n".repeat(1000));
        TableSource source = open(path);
        ScanRequest all = ScanRequest.all(source.schema());
        Split split = source.splits(all, 1 << 20).getFirst();
        Files.writeString(path, "a,b\n1,x\n");
        EngineException e =
                assertThrows(EngineException.class, () -> Tables.read(source, split, all));
        assertEquals(ErrorCode.FILE_CHANGED, e.code());
    }

    @Test
    void longRecordsAndManyColumnsAreRead() {
        String longText = "y".repeat(3_000_000);
        assertEquals(
                List.of(List.of(1, longText), List.of(2, "z")),
                Tables.read(open(write("a,b\n1,\"" + longText + "\"\n2,z\n"))));
        StringBuilder header = new StringBuilder("c0");
        StringBuilder row = new StringBuilder("0");
        for (int i = 1; i < 3000; i++) {
            header.append(",c").append(i);
            row.append(',').append(i);
        }
        TableSource wide = open(write(header + "\n" + (row + "\n").repeat(5)));
        assertEquals(3000, wide.schema().size());
        assertEquals(2999, Tables.read(wide).get(4).get(2999));
    }

    @Test
    void duckDbReadsTheSame() {
        try (Duck duck = new Duck()) {
            Path path = folder.resolve("d.csv");
            duck.run(
                    """
                    COPY (SELECT i AS id, i * 1000000007 AS big, CASE WHEN i % 7 > 0 THEN (i / 8)::DOUBLE END AS d,
                      CASE WHEN i % 5 > 0 THEN 'text ' || i || CASE i % 4 WHEN 0 THEN ', "q"' WHEN 1 THEN chr(10) ELSE '' END END AS s,
                      DATE '1970-01-01' + i::INT AS day,
                      TIMESTAMP '2001-01-01 00:00:00' + to_microseconds(i * 1234567890) AS "at", i % 2 = 0 AS flag
                    FROM range(100000) t(i)) TO 'PATH' (HEADER)
                    """
                            .replace("PATH", path.toString()));
            TableSource source = open(path);
            assertEquals(
                    "id int, big bigint, d double, s string, day date, at timestamp, flag boolean",
                    Tables.describe(source.schema()));
            List<?> expected =
                    duck.rows(
                            "SELECT id::INT, big, d, s, day, \"at\", flag FROM read_csv('"
                                    + path
                                    + "', header=true, columns={'id':'BIGINT','big':'BIGINT','d':'DOUBLE','s':'VARCHAR','day':'DATE','at':'TIMESTAMP','flag':'BOOLEAN'}) ORDER BY id");
            assertEquals(expected, Tables.read(source, ScanRequest.all(source.schema()), 1 << 18));
            assertTrue(source.splits(ScanRequest.all(source.schema()), 1 << 18).size() > 10);
        }
    }
}
