package dev.vitrine.connectors.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Random text, written by the rules and read back in parts of any size: the same rows.
class CsvSplitPropertyTest {
    private static final String[] PIECES = {
        "a",
        "bc",
        "7",
        ",",
        "\"",
        "\n",
        "\r\n",
        " ",
        "é",
        "x,y",
        "\\",
        ";",
        "\n1,2\n",
        "\",\"",
        "long text "
    };

    @Property(tries = 300, seed = "20260723")
    void anySplitSizeGivesTheSameRows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 0, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 200) int splitBytes)
            throws IOException {
        Random random = new Random(seed);
        List<List<Object>> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean crlf = random.nextBoolean();
        for (int row = 0; row <= rows; row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                String value = row == 0 ? "c" + column : value(random);
                values.add(value);
                text.append(column == 0 ? "" : ",").append(written(value, random, row == 0));
            }
            boolean last = row == rows;
            text.append(last && random.nextBoolean() ? "" : crlf ? "\r\n" : "\n");
            if (row > 0) {
                expected.add(values);
            }
        }
        Path path = Files.createTempFile("split", ".csv");
        try {
            Files.writeString(path, text);
            List<Field> fields = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                fields.add(Field.of("c" + column, DataType.STRING));
            }
            TableSource source =
                    new CsvConnector()
                            .open(
                                    List.of(path.toString()),
                                    Optional.of(new Schema(fields)),
                                    Map.of("sep", ",", "escape", "\""));
            ScanRequest all = ScanRequest.all(source.schema());
            assertEquals(expected, Tables.read(source, all, Long.MAX_VALUE));
            assertEquals(expected, Tables.read(source, all, splitBytes));
        } finally {
            Files.delete(path);
        }
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            value.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return value.toString();
    }

    private static String written(String value, Random random, boolean header) {
        boolean plain =
                !value.isEmpty()
                        && value.chars().noneMatch(c -> ",\"\n\r".indexOf(c) >= 0)
                        && !value.isBlank();
        return header || (plain && random.nextBoolean())
                ? value
                : '"' + value.replace("\"", "\"\"") + '"';
    }
}
