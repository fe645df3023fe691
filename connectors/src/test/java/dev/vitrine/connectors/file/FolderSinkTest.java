package dev.vitrine.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Tables;
import dev.vitrine.connectors.parquet.ParquetConnector;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
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

    private static final Schema BY_P =
            Schema.of(Field.of("a", DataType.INT), Field.of("p", DataType.STRING));

    private void writeByP(SaveMode mode, FolderPartitions partitions, List<List<Object>> rows) {
        Tables.write(
                new ParquetConnector()
                        .create(target().toString(), BY_P, mode, Map.of(), partitions)
                        .orElseThrow(),
                BY_P,
                rows);
    }

    private static FolderPartitions byP(boolean onlyWritten, Object... replaced) {
        return new FolderPartitions(List.of("p"), List.of(replaced), onlyWritten);
    }

    private String readByP() {
        return Tables.read(
                        new ParquetConnector()
                                .open(List.of(target().toString()), Optional.of(BY_P), Map.of()))
                .stream()
                .map(row -> row.get(0) + "=" + row.get(1))
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void rowsGoToTheFolderThatTheirValuesName() throws IOException {
        writeByP(
                SaveMode.OVERWRITE,
                byP(false),
                List.of(List.of(1, "x"), List.of(2, "a/b:c"), List.of(3, "x"), List.of(4, "")));
        assertEquals("[1=x, 2=a/b:c, 3=x, 4=null]", readByP());
        try (Stream<Path> folders = Files.list(target())) {
            assertEquals(
                    List.of("_SUCCESS", "p=__HIVE_DEFAULT_PARTITION__", "p=a%2Fb%3Ac", "p=x"),
                    folders.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void moreFoldersThanFilesMayBeOpenAreWritten() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(List.of(i, "p" + i % 100));
        }
        writeByP(SaveMode.OVERWRITE, byP(false), rows);
        assertEquals(300, readByP().split(", ").length);
    }

    @Test
    void overwritingReplacesAllOrTheFixedFolderOrThoseWrittenTo() throws IOException {
        List<List<Object>> rows = List.of(List.of(1, "x"), List.of(2, "y"));
        writeByP(SaveMode.OVERWRITE, byP(false), rows);
        writeByP(SaveMode.APPEND, byP(false), List.of(List.of(3, "x")));
        assertEquals("[1=x, 2=y, 3=x]", readByP());
        writeByP(SaveMode.OVERWRITE, byP(true), List.of(List.of(4, "y"), List.of(5, "z")));
        assertEquals("[1=x, 3=x, 4=y, 5=z]", readByP());
        writeByP(SaveMode.OVERWRITE, byP(false, "x"), List.of(List.of(6, "x")));
        assertEquals("[4=y, 5=z, 6=x]", readByP());
        writeByP(SaveMode.OVERWRITE, byP(false, "x"), List.of());
        assertEquals("[4=y, 5=z]", readByP());
        writeByP(SaveMode.OVERWRITE, byP(false), List.of(List.of(7, "w")));
        assertEquals("[7=w]", readByP());
        assertEquals(List.of("out"), names());
    }

    @Test
    void anAbortedWriteLeavesThePartitionsAsTheyWere() throws IOException {
        writeByP(SaveMode.OVERWRITE, byP(false), List.of(List.of(1, "x")));
        TableSink sink =
                new ParquetConnector()
                        .create(target().toString(), BY_P, SaveMode.OVERWRITE, Map.of(), byP(true))
                        .orElseThrow();
        sink.begin();
        Tables.write(sink, 0, 0, BY_P, List.of(List.of(2, "x"), List.of(3, "y")));
        sink.abort();
        assertEquals("[1=x]", readByP());
        assertEquals(List.of("out"), names());
    }
}
