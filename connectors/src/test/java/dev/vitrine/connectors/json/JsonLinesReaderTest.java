package dev.vitrine.connectors.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import dev.vitrine.connectors.Tables;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileListing;
import dev.vitrine.connectors.file.Options;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines scanned and read column by column give what each of them gives when it is parsed on its
/// own.
class JsonLinesReaderTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("b", DataType.BOOLEAN),
                    Field.of("t", DataType.TINYINT),
                    Field.of("i", DataType.INT),
                    Field.of("l", DataType.BIGINT),
                    Field.of("f", DataType.FLOAT),
                    Field.of("d", DataType.DOUBLE),
                    Field.of("m", new DataType.Decimal(10, 2)),
                    Field.of("wide", new DataType.Decimal(30, 3)),
                    Field.of("s", DataType.STRING),
                    Field.of("naïve", DataType.STRING),
                    Field.of("raw", DataType.BINARY),
                    Field.of("day", DataType.DATE),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("local", DataType.TIMESTAMP_NTZ),
                    Field.of("list", new DataType.Array(DataType.BIGINT, true)),
                    Field.of("_corrupt_record", DataType.STRING));

    /// Values as they stand in the text: of every kind, and such as break it.
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-0",
                    "-0.0",
                    "1",
                    "-17",
                    "127",
                    "128",
                    "2147483648",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "9223372036854775808",
                    "1e3",
                    "1.5E-7",
                    "12.345",
                    "99999999.994",
                    "99999999.995",
                    "123456789012345678901234.5678",
                    "1.7976931348623159e308",
                    "0.1",
                    "01",
                    "1.",
                    ".5",
                    "+1",
                    "NaN",
                    "--1",
                    "1e",
                    "\"\"",
                    "\"x\"",
                    "\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\"",
                    "\"\\u00e9\\u20ac\"",
                    "\"\\ud83d\\ude00\"",
                    "\"\\ud83d\"",
                    "\"\\x\"",
                    "\"\\u12\"",
                    "\"é€😀\"",
                    "\"tab\tin\"",
                    "\"12\"",
                    "\"true\"",
                    "\"NaN\"",
                    "\"Infinity\"",
                    "\"AQI=\"",
                    "\"2024-02-29\"",
                    "\"2023-02-29\"",
                    "\"2024-2-9\"",
                    "\" 2024-02-29 \"",
                    "\"2024-02-29T12:34:56\"",
                    "\"2024-02-29 12:34:56.789Z\"",
                    "\"2024-02-29T12:34:56.123456+02:00\"",
                    "\"2024-02-29T12:34\"",
                    "\"2024-02-29T12:34:60\"",
                    "\"2024-02-29T24:00:00\"",
                    "\"2024-02-29T12:34:56.\"",
                    "\"2024-02-29T12:34:56.1234567\"",
                    "[]",
                    "[1,2]",
                    "[1, null , 3]",
                    "[\"x\"]",
                    "[1,",
                    "{}",
                    "{\"x\":1}",
                    "{\"x\":[{\"y\":\"]\"}]}",
                    "{\"x\" 1}",
                    "{x:1}",
                    "tru",
                    "nulll",
                    "\"open",
                    "");

    @TempDir Path folder;

    private static String line(Random random) {
        StringBuilder text = new StringBuilder("{");
        List<String> names = new ArrayList<>(SCHEMA.names());
        names.removeLast();
        names.addAll(List.of("other", "I", "na\\u00efve", "bad\\q"));
        int members = random.nextInt(8);
        for (int i = 0; i < members; i++) {
            String name =
                    random.nextInt(20) == 0
                            ? names.get(random.nextInt(names.size()))
                            : names.get((i * 3 + random.nextInt(2)) % (names.size() - 2));
            text.append(i == 0 ? "" : random.nextInt(9) == 0 ? " ,\t" : ",");
            text.append('"').append(name).append('"');
            text.append(random.nextInt(9) == 0 ? " : " : ":");
            text.append(VALUES.get(random.nextInt(VALUES.size())));
        }
        text.append('}');
        return switch (random.nextInt(40)) {
            case 0 -> text + " ";
            case 1 -> text + " {}";
            case 2 -> text + "\r";
            case 3 -> "  " + text;
            case 4 -> text.substring(0, random.nextInt(text.length()));
            case 5 -> "";
            case 6 -> "[" + text + "]";
            case 7 -> "17";
            default -> text.toString();
        };
    }

    /// What each line is when a parser reads it alone.
    private static List<List<@Nullable Object>> oneByOne(
            JsonSource source, DataFile file, List<byte[]> lines) throws IOException {
        JsonRecords records = new JsonRecords(source, file, SCHEMA.fields());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (byte[] line : lines) {
            if (isBlank(line)) {
                continue;
            }
            JsonRecords.Place place =
                    new JsonRecords.Place() {
                        @Override
                        public String text() {
                            return new String(line, StandardCharsets.UTF_8);
                        }

                        @Override
                        public long offset() {
                            return 0;
                        }
                    };
            @Nullable Object[] row =
                    records.read(
                                    () -> {
                                        JsonParser json = JsonLines.FACTORY.createParser(line);
                                        json.nextToken();
                                        return json;
                                    },
                                    true,
                                    place)
                            .row();
            if (row != null) {
                for (int i = 0; i < row.length; i++) {
                    // A column holds UTF-8, which has no halves of characters.
                    row[i] =
                            row[i] instanceof String text
                                    ? new String(
                                            text.getBytes(StandardCharsets.UTF_8),
                                            StandardCharsets.UTF_8)
                                    : row[i];
                }
                rows.add(Arrays.asList(row));
            }
        }
        return rows;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b < 0 || b > ' ') {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PERMISSIVE", "DROPMALFORMED"})
    void linesAreReadAsAParserReadsThemOneByOne(String mode) throws IOException {
        Random random = new Random(31);
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 30_000; i++) {
            byte[] line = line(random).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(100) == 0 && line.length > 0) {
                // Bytes that are no UTF-8, and control characters.
                line[random.nextInt(line.length)] = (byte) (random.nextBoolean() ? 0xC1 : 1);
            }
            lines.add(line);
            text.write(line);
            text.write('\n');
        }
        // The last line has no line break.
        byte[] last = "{\"i\":1}".getBytes(StandardCharsets.UTF_8);
        lines.add(last);
        text.write(last);
        Path path = Files.write(folder.resolve("t.json"), text.toByteArray());
        List<DataFile> files = FileListing.list(List.of(path.toString()));
        JsonOptions options =
                JsonOptions.of(new Options(Map.of("mode", mode, "timeZone", "America/New_York")));
        JsonSource source = new JsonSource(files, Optional.of(SCHEMA), options);
        List<List<@Nullable Object>> expected = oneByOne(source, files.getFirst(), lines);
        assertTrue(expected.size() > 2_000, "rows: " + expected.size());
        for (long bytes : new long[] {1 << 30, 100_000}) {
            List<List<@Nullable Object>> actual =
                    Tables.read(open(path, mode), ScanRequest.all(SCHEMA), bytes);
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                assertEquals(printable(expected.get(i)), printable(actual.get(i)), "row " + i);
            }
            assertEquals(expected.size(), actual.size());
        }
    }

    private static String printable(List<@Nullable Object> row) {
        StringBuilder text = new StringBuilder();
        for (char c : row.toString().toCharArray()) {
            text.append(c >= ' ' && c < 127 ? String.valueOf(c) : String.format("\\%04x", (int) c));
        }
        return text.toString();
    }

    private static dev.vitrine.engine.spi.TableSource open(Path path, String mode) {
        return new JsonConnector()
                .open(
                        List.of(path.toString()),
                        Optional.of(SCHEMA),
                        Map.of("mode", mode, "timeZone", "America/New_York"));
    }

    @Test
    void aLimitEndsWithinAStretchOfLines() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("{\"i\":").append(i % 9 == 8 ? "\"x\"" : i).append("}\n");
        }
        Path path = Files.writeString(folder.resolve("t.json"), text);
        for (int limit : new int[] {1, 5, 9, 10, 1024, 1030, 4999}) {
            ScanRequest request =
                    new ScanRequest(Tables.columns(SCHEMA, "i"), List.of(), OptionalLong.of(limit));
            assertEquals(limit, Tables.read(open(path, "PERMISSIVE"), request, 1 << 30).size());
        }
    }

    /// A line longer than the buffer, members nested deeper than the scanner goes, and more names
    /// than it remembers.
    @Test
    void largeLinesAreRead() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("{\"s\":\"").append("y".repeat(3 << 20)).append("\",\"i\":1}\n");
        text.append("{\"other\":").append("[".repeat(300)).append("]".repeat(300));
        text.append(",\"i\":2}\n{");
        for (int i = 0; i < 3_000; i++) {
            text.append("\"n").append(i).append("\":0,");
        }
        text.append("\"i\":3}\n");
        Path path = Files.writeString(folder.resolve("t.json"), text);
        ScanRequest request = ScanRequest.all(Tables.columns(SCHEMA, "s", "i"));
        List<List<@Nullable Object>> rows = Tables.read(open(path, "PERMISSIVE"), request, 1 << 30);
        assertEquals(3 << 20, String.valueOf(rows.getFirst().getFirst()).length());
        assertEquals(List.of(1, 2, 3), rows.stream().map(List::getLast).toList());
    }
}
