package dev.vitrine.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Tables;
import dev.vitrine.connectors.parquet.ParquetConnector;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What all sinks of files do, seen through Parquet's.
class FolderSinkTest {
    private static final Schema SCHEMA = Schema.of(Field.of("a", DataType.INT));

    @TempDir Path folder;

    private Path target() {
        return folder.resolve("out");
    }

    private TableSink sink(SaveMode mode) {
        return new ParquetConnector()
                .create(target().toString(), SCHEMA, mode, Map.of())
                .orElseThrow();
    }

    private String read() {
        return Tables.read(
                        new ParquetConnector()
                                .open(List.of(target().toString()), Optional.empty(), Map.of()))
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .sorted()
                .toList()
                .toString();
    }

    private void write(SaveMode mode, int value) {
        Tables.write(sink(mode), SCHEMA, List.of(List.of(value)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void saveModesDoAsTheySay() throws IOException {
        write(SaveMode.ERROR_IF_EXISTS, 1);
        assertEquals("[1]", read());
        assertTrue(Files.exists(target().resolve("_SUCCESS")));
        EngineException e =
                assertThrows(EngineException.class, () -> write(SaveMode.ERROR_IF_EXISTS, 2));
        assertEquals(ErrorCode.PATH_ALREADY_EXISTS, e.code());
        write(SaveMode.IGNORE, 3);
        assertEquals("[1]", read());
        write(SaveMode.APPEND, 4);
        assertEquals("[1, 4]", read());
        write(SaveMode.OVERWRITE, 5);
        assertEquals("[5]", read());
        assertEquals(List.of("out"), names());
    }

    @Test
    void nothingIsSeenBeforeTheCommitNorAfterAnAbort() throws IOException {
        write(SaveMode.ERROR_IF_EXISTS, 1);
        TableSink sink = sink(SaveMode.OVERWRITE);
        sink.begin();
        Tables.write(sink, 0, 0, SCHEMA, List.of(List.of(2)));
        assertEquals("[1]", read());
        sink.abort();
        assertEquals("[1]", read());
        assertEquals(List.of("out"), names());
    }

    @Test
    void theFirstAttemptOfATaskCounts() {
        TableSink sink = sink(SaveMode.ERROR_IF_EXISTS);
        sink.begin();
        TableSink.Writer lost = sink.writer(0, 0);
        Tables.write(sink, 0, 1, SCHEMA, List.of(List.of(1)));
        Tables.write(sink, 0, 2, SCHEMA, List.of(List.of(2)));
        Tables.write(sink, 1, 0, SCHEMA, List.of(List.of(3)));
        lost.abort();
        sink.writer(2, 0);
        sink.commit();
        assertEquals("[1, 3]", read());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        TableSink sink =
                new ParquetConnector()
                        .create(
                                file.resolve("under").toString(),
                                SCHEMA,
                                SaveMode.ERROR_IF_EXISTS,
                                Map.of())
                        .orElseThrow();
        EngineException e = assertThrows(EngineException.class, sink::begin);
        assertEquals(ErrorCode.FILE_NOT_WRITTEN, e.code());
        assertFalse(Files.exists(target()));
    }
}
