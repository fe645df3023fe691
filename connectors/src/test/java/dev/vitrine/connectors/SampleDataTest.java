package dev.vitrine.connectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.connectors.csv.CsvConnector;
import dev.vitrine.connectors.json.JsonConnector;
import dev.vitrine.connectors.parquet.ParquetConnector;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sample project's files, real and not always tidy, against DuckDB.
class SampleDataTest {
    @TempDir static Path folder;

    private static Path file(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream data =
                SampleDataTest.class.getResourceAsStream("/dev/vitrine/sample/data/" + name)) {
            Files.copy(
                    Objects.requireNonNull(data, name), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static TableSource open(Connector connector, Path path, Optional<Schema> schema) {
        return connector.open(List.of(path.toString()), schema, Map.of("timeZone", "UTC"));
    }

    private static List<List<@Nullable Object>> strings(Path path, int columns) {
        List<Field> fields = new java.util.ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(Field.of("c" + i, DataType.STRING));
        }
        TableSource source = open(new CsvConnector(), path, Optional.of(new Schema(fields)));
        return Tables.read(source, ScanRequest.all(source.schema()), 50_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "airports.csv",
                "birdstrikes.csv",
                "seattle-weather-hourly-normals.csv",
                "species.csv",
                "us-employment.csv",
                "weather.csv"
            })
    void textsAreThoseOfDuckDb(String name) throws Exception {
        Path path = file(name);
        try (Duck duck = new Duck()) {
            List<List<@Nullable Object>> expected =
                    duck.rows(
                            "FROM read_csv('"
                                    + path
                                    + "', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', parallel = false)");
            assertEquals(expected, strings(path, expected.getFirst().size()));
        }
    }

    @Test
    void typesAreInferred() throws Exception {
        assertEquals(
                "iata string, name string, city string, state string, country string, latitude double, longitude double",
                Tables.describe(
                        open(new CsvConnector(), file("airports.csv"), Optional.empty()).schema()));
        assertEquals(
                "id int, rate double",
                Tables.describe(
                        open(new CsvConnector(), file("unemployment.tsv"), Optional.empty())
                                .schema()));
    }

    @Test
    void flightsAreThoseOfDuckDb() throws Exception {
        Path path = file("flights-3m.parquet");
        TableSource source = open(new ParquetConnector(), path, Optional.empty());
        String names = String.join(", ", source.schema().names());
        try (Duck duck = new Duck()) {
            long rows =
                    (Long) duck.rows("SELECT count(*) FROM '" + path + "'").getFirst().getFirst();
            assertEquals(rows, source.exactRowCount().orElse(-1));
            ScanRequest head =
                    new ScanRequest(source.schema(), List.of(), java.util.OptionalLong.of(5000));
            assertEquals(
                    duck.rows("SELECT " + names + " FROM '" + path + "' LIMIT 5000"),
                    Tables.read(source, source.splits(head, Long.MAX_VALUE).getFirst(), head));
        }
    }

    @Test
    void nestedJsonIsRead() throws Exception {
        TableSource source =
                open(new JsonConnector(), file("us-state-capitals.json"), Optional.empty());
        assertEquals(
                "lon double, lat double, state string, city string",
                Tables.describe(source.schema()));
        assertEquals(50, Tables.read(source).size());
    }
}
