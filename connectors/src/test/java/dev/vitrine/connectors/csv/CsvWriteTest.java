package dev.vitrine.connectors.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.SaveMode;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvWriteTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("b", DataType.BOOLEAN),
                    Field.of("s,1", DataType.STRING),
                    Field.of("i", DataType.SMALLINT),
                    Field.of("l", DataType.BIGINT),
                    Field.of("f", DataType.FLOAT),
                    Field.of("d", DataType.DOUBLE),
                    Field.of("m", new DataType.Decimal(12, 3)),
                    Field.of("w", new DataType.Decimal(38, 9)),
                    Field.of("day", DataType.DATE),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("local", DataType.TIMESTAMP_NTZ));

    private static final List<List<@Nullable Object>> ROWS =
            List.of(
                    Arrays.asList(
                            true,
                            "a,\"b\"\n c ",
                            (short) -3,
                            Long.MIN_VALUE,
                            0.1f,
                            Double.NaN,
                            new BigDecimal("-1.500"),
                            new BigDecimal("12345678901234567890.123456789"),
                            11016,
                            -1L,
                            1_600_000_000_000_001L),
                    Arrays.asList(
                            false,
                            "",
                            (short) 0,
                            0L,
                            Float.POSITIVE_INFINITY,
                            -1e300,
                            new BigDecimal("0.000"),
                            new BigDecimal("0.000000001"),
                            0,
                            0L,
                            0L),
                    Arrays.asList(new @Nullable Object[11]));

    @TempDir Path folder;

    private Path write(String... options) {
        Path path = folder.resolve("out");
        Tables.write(
                new CsvConnector()
                        .create(path.toString(), SCHEMA, SaveMode.OVERWRITE, map(options))
                        .orElseThrow(),
                SCHEMA,
                ROWS);
        return path;
    }

    private static Map<String, String> map(String... options) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return map;
    }

    private static List<?> read(Path path, String... options) {
        return Tables.read(
                new CsvConnector()
                        .open(List.of(path.toString()), Optional.of(SCHEMA), map(options)));
    }

    @Test
    void everyTypeComesBack() {
        for (String[] options :
                new String[][] {
                    {},
                    {"sep", ";", "header", "false"},
                    {"nullValue", "NULL"},
                    {"escape", "\\"},
                    {"quote", "'"},
                    {"compression", "gzip"},
                    {"compression", "zstd"},
                    {
                        "timestampFormat",
                        "dd/MM/yyyy HH:mm:ss.SSSSSS",
                        "dateFormat",
                        "d.M.yyyy",
                        "timeZone",
                        "Asia/Tokyo"
                    }
                }) {
            assertEquals(ROWS, read(write(options), options), () -> String.join(" ", options));
        }
    }

    @Test
    void onlyWhatMustBeIsQuoted() throws IOException {
        Path path = write();
        try (Stream<Path> files = Files.list(path)) {
            Path part =
                    files.filter(file -> file.toString().endsWith(".csv"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(
                    """
                    b,"s,1",i,l,f,d,m,w,day,at,local
                    true,"a,""b""
                     c ",-3,-9223372036854775808,0.1,NaN,-1.500,12345678901234567890.123456789,2000-02-29,1969-12-31T23:59:59.999999Z,2020-09-13T12:26:40.000001
                    false,"",0,0,Infinity,-1.0E300,0.000,0.000000001,1970-01-01,1970-01-01T00:00:00Z,1970-01-01T00:00:00
                    ,,,,,,,,,,
                    """,
                    Files.readString(part));
        }
    }

    @Test
    void nestedColumnsAreRefused() {
        Schema nested = Schema.of(Field.of("l", new DataType.Array(DataType.INT, true)));
        EngineException e =
                assertThrows(
                        EngineException.class,
                        () ->
                                new CsvConnector()
                                        .create(
                                                folder.resolve("x").toString(),
                                                nested,
                                                SaveMode.OVERWRITE,
                                                Map.of()));
        assertEquals(ErrorCode.UNSUPPORTED_FEATURE, e.code());
    }
}
