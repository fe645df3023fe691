package dev.vitrine.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
    @TempDir private Path folder;

    private static final Schema ALL =
            new Schema(
                    List.of(
                            field("flag", DataType.BOOLEAN),
                            field("tiny", DataType.TINYINT),
                            field("small", DataType.SMALLINT),
                            field("int", DataType.INT),
                            field("big", DataType.BIGINT),
                            field("float", DataType.FLOAT),
                            field("double", DataType.DOUBLE),
                            field("short_decimal", new DataType.Decimal(10, 2)),
                            field("long_decimal", new DataType.Decimal(30, 2)),
                            field("date", DataType.DATE),
                            field("text", DataType.STRING),
                            field("bytes", DataType.BINARY),
                            field("nothing", DataType.NULL),
                            field("list", new DataType.Array(DataType.STRING, true)),
                            field("map", new DataType.MapOf(DataType.STRING, DataType.INT, true)),
                            field(
                                    "struct",
                                    new DataType.Struct(List.of(field("a", DataType.INT))))));

    private static Field field(String name, DataType type) {
        return new Field(name, type, true);
    }

    private static List<Object> row(int i) {
        return new ArrayList<>(
                Arrays.asList(
                        i % 2 == 0,
                        (byte) i,
                        (short) i,
                        i,
                        (long) i << 33,
                        i / 3f,
                        i % 7 == 0 ? Double.NaN : -0.5 * i,
                        new BigDecimal(i).setScale(2),
                        new BigDecimal("12345678901234567890").add(new BigDecimal(i)).setScale(2),
                        i,
                        "row " + i,
                        Binary.copyOf(new byte[] {(byte) i}),
                        null,
                        List.of("x", "y" + i),
                        Map.of("k" + i, i),
                        List.of(i)));
    }

    @Test
    void everyTypeComesBackAsItWas() {
        try (MemoryArbiter arbiter = new MemoryArbiter(64 << 20, 1, folder);
                BatchAllocator memory = arbiter.root();
                BatchBuilder builder = new BatchBuilder(ALL, memory, 16);
                SpillFile file = arbiter.newFile(ALL)) {
            List<SpillFile.Place> places = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                for (int i = 0; i < 5_000; i++) {
                    List<Object> row = row(part * 5_000 + i);
                    if (i % 3 == part) {
                        row.replaceAll(value -> null);
                    }
                    builder.appendRow(row);
                }
                try (Batch batch = builder.build()) {
                    places.add(file.write(batch));
                }
            }
            for (int part = 2; part >= 0; part--) {
                try (Batch batch = file.read(places.get(part), memory)) {
                    assertEquals(5_000, batch.rowCount());
                    for (int i = 0; i < 5_000; i++) {
                        List<Object> expected = row(part * 5_000 + i);
                        for (int column = 0; column < ALL.size(); column++) {
                            assertEquals(
                                    i % 3 == part ? null : expected.get(column),
                                    batch.value(column, i),
                                    ALL.field(column).name());
                        }
                    }
                }
            }
        }
    }

    @Test
    void aDictionaryIsWrittenOnceAndComesBackAsOne() {
        Schema schema = new Schema(List.of(field("text", DataType.STRING)));
        try (MemoryArbiter arbiter = new MemoryArbiter(64 << 20, 1, folder);
                BatchAllocator memory = arbiter.root();
                SpillFile file = arbiter.newFile(schema)) {
            VarCharVector entries = new VarCharVector("entries", memory.arrow());
            entries.allocateNew(2);
            entries.setSafe(0, "zero".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            entries.setSafe(1, "one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            entries.setValueCount(2);
            List<SpillFile.Place> places = new ArrayList<>();
            try (Dictionary dictionary = new Dictionary(entries)) {
                for (int part = 0; part < 2; part++) {
                    IntVector codes = new IntVector("text", memory.arrow());
                    codes.allocateNew(100);
                    for (int i = 0; i < 100; i++) {
                        if (i % 5 == 4) {
                            codes.setNull(i);
                        } else {
                            codes.set(i, (i + part) % 2);
                        }
                    }
                    codes.setValueCount(100);
                    var column = new BatchColumn.Coded(codes, dictionary.retain());
                    try (Batch batch = Batch.of(schema, List.of(column), 100)) {
                        places.add(file.write(batch));
                    }
                }
            }
            try (Batch first = file.read(places.get(0), memory);
                    Batch second = file.read(places.get(1), memory)) {
                assertSame(first.dictionary(0), second.dictionary(0));
                assertEquals("zero", first.value(0, 0));
                assertEquals("one", second.value(0, 0));
                assertEquals(null, first.value(0, 4));
            }
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAClearError() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file"));
        try (MemoryArbiter arbiter = new MemoryArbiter(1 << 20, 1, noFolder);
                BatchAllocator memory = arbiter.root()) {
            assertTrue(memory.isEmpty());
            EngineException error =
                    assertThrows(EngineException.class, () -> arbiter.newFile(ALL).close());
            assertEquals(ErrorCode.SPILL_FAILED, error.code());
            assertTrue(String.valueOf(error.getMessage()).contains(noFolder.toString()));
        }
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatIsInUseStays() throws Exception {
        Process ended = new ProcessBuilder(java(), "-version").start();
        ended.waitFor();
        Path dead = Files.createDirectory(folder.resolve("vitrine-spill-" + ended.pid() + "-1"));
        Files.writeString(dead.resolve("rows-1"), "rows");
        Path other = Files.createDirectory(folder.resolve("another-folder"));
        Schema schema = new Schema(List.of(field("a", DataType.INT)));
        try (MemoryArbiter first = new MemoryArbiter(1 << 20, 1, folder);
                BatchAllocator memory = first.root();
                SpillFile file = first.newFile(schema)) {
            assertFalse(Files.exists(dead));
            assertTrue(Files.exists(other));
            assertEquals(0, file.sizeBytes());
            Path inUse = only(folder, "vitrine-spill-" + ProcessHandle.current().pid());
            try (MemoryArbiter second = new MemoryArbiter(1 << 20, 1, folder);
                    BatchAllocator more = second.root()) {
                assertTrue(Files.exists(inUse.resolve("rows-1")));
                assertTrue(more.isEmpty() && memory.isEmpty());
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(other), left.toList());
        }
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(p -> p.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
