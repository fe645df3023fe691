package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Strings that a file holds as codes stay codes, and columns nobody asks for are never decoded.
class CodedColumnTest {
    private static final int ROWS = 60_000;

    @TempDir Path folder;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private TableSource file(long dictionaryBytes) throws IOException {
        Path file = folder.resolve("t.parquet");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(i % 5 == 0 ? null : text("kind " + i % 7));
            // Repeats itself at first, so that writers begin with a dictionary.
            row.add(text(i < 20_000 ? "early " + i % 10 : "late " + i));
            row.add((long) i - 1_000);
            rows.add(row);
        }
        Written.write(
                file,
                "message m { optional binary kind (STRING); required binary text (STRING);"
                        + " required int64 id; }",
                rows,
                new Written.Packing(
                        WriterVersion.PARQUET_1_0,
                        CompressionCodecName.SNAPPY,
                        builder ->
                                builder.withPageRowCountLimit(1_000)
                                        .withRowGroupRowCountLimit(40_000)
                                        .withDictionaryPageSize(Math.toIntExact(dictionaryBytes))));
        return new ParquetConnector().open(List.of(file.toString()), Optional.empty(), Map.of());
    }

    private interface Look {
        void at(Batch batch, int firstRow);
    }

    private static long scan(TableSource source, Look look) {
        ScanRequest request = ScanRequest.all(source.schema());
        try (BatchAllocator memory = BatchAllocator.root(1L << 30);
                BatchReader reader =
                        source.read(
                                source.splits(request, Long.MAX_VALUE).getFirst(),
                                request,
                                memory)) {
            int row = 0;
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                try (Batch held = batch) {
                    look.at(held, row);
                    row += held.rowCount();
                }
            }
            assertEquals(ROWS, row);
            return reader.bytesRead();
        }
    }

    @Test
    void oneDictionaryServesARowGroup() throws IOException {
        TableSource source = file(1 << 20);
        Set<Dictionary> dictionaries = new HashSet<>();
        scan(
                source,
                (batch, firstRow) -> {
                    Dictionary dictionary = Objects.requireNonNull(batch.dictionary(0));
                    assertSame(dictionary, batch.dictionary(0));
                    dictionaries.add(dictionary);
                    assertEquals(7, dictionary.size());
                    for (int row = 0; row < batch.rowCount(); row++) {
                        int code = Mem.getInt(batch.codesAddress(0) + 4L * row);
                        int i = firstRow + row;
                        assertEquals(i % 5 == 0, batch.isNull(0, row));
                        assertTrue(code >= 0 && code < 7);
                        assertEquals(i % 5 == 0 ? 0 : code, code);
                        Object value = batch.value(0, row);
                        assertEquals(i % 5 == 0 ? null : "kind " + i % 7, value);
                    }
                });
        assertEquals(2, dictionaries.size());
    }

    @Test
    void aDictionaryGivenUpMidwayEndsTheCodes() throws IOException {
        TableSource source = file(20_000);
        List<Boolean> coded = new ArrayList<>();
        scan(
                source,
                (batch, firstRow) -> {
                    coded.add(batch.dictionary(1) != null);
                    for (int row = 0; row < batch.rowCount(); row++) {
                        int i = firstRow + row;
                        assertEquals(
                                i < 20_000 ? "early " + i % 10 : "late " + i, batch.value(1, row));
                    }
                });
        assertEquals(List.of(true, false, false), coded.subList(0, 3));
    }

    @Test
    void aBatchKeptOutlivesItsReader() throws IOException {
        TableSource source = file(1 << 20);
        try (BatchAllocator memory = BatchAllocator.root(1L << 30)) {
            List<Batch> kept = new ArrayList<>();
            ScanRequest request = ScanRequest.all(source.schema());
            try (BatchReader reader =
                    source.read(
                            source.splits(request, Long.MAX_VALUE).getFirst(), request, memory)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    kept.add(batch.retain());
                    batch.close();
                }
            }
            int i = 0;
            for (Batch batch : kept) {
                for (int row = 0; row < batch.rowCount(); row++, i++) {
                    assertEquals(i % 5 == 0 ? null : "kind " + i % 7, batch.value(0, row));
                    assertEquals((long) i - 1_000, batch.value(2, row));
                }
                batch.close();
            }
            assertEquals(0, memory.usedBytes());
        }
    }

    @Test
    void whatNobodyAsksForIsNotRead() throws IOException {
        TableSource source = file(1 << 20);
        assertEquals(0, scan(source, (batch, firstRow) -> {}));
        long some = scan(source, (batch, firstRow) -> assertNotNull(batch.vector(0)));
        long all =
                scan(
                        source,
                        (batch, firstRow) -> {
                            for (int column = 0; column < 3; column++) {
                                assertNotNull(batch.vector(column));
                            }
                        });
        assertTrue(some > 0 && some < all / 4, some + " of " + all);
    }

    @Test
    void wholeNumbersAreBoundedByTheFooter() throws IOException {
        TableSource source = file(1 << 20);
        List<Double> bounds = new ArrayList<>();
        scan(
                source,
                (batch, firstRow) -> {
                    bounds.add(batch.knownMaxAbs(2));
                    assertTrue(Double.isNaN(batch.knownMaxAbs(0)));
                    assertTrue(batch.column(2) instanceof BatchColumn.Later);
                });
        assertEquals(38_999.0, bounds.getFirst());
        assertEquals(58_999.0, bounds.getLast());
    }
}
