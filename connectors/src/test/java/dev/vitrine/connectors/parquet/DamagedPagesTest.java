package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that were damaged or change under the reader: one error that names file and column, and
/// never a wrong address.
class DamagedPagesTest {
    private static final int ROWS = 600;
    private static final int FLIPS = 400;

    private static final String SCHEMA =
            """
            message m { optional boolean bit; optional int32 i; required int64 l; optional double d;
            optional binary text (STRING); optional fixed_len_byte_array(9) dec (DECIMAL(20,2));
            optional int32 small (INTEGER(8,true)); required binary key (STRING); }
            """;

    @TempDir Path folder;

    private static List<List<@Nullable Object>> rows(boolean unique) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Random random = new Random(unique ? i : i % 20);
            byte[] decimal = new byte[9];
            random.nextBytes(decimal);
            List<@Nullable Object> row = new ArrayList<>();
            for (Object value :
                    List.of(
                            random.nextBoolean(),
                            random.nextInt(),
                            random.nextLong(),
                            random.nextDouble(),
                            Integer.toString(random.nextInt(), 2).getBytes(StandardCharsets.UTF_8),
                            decimal,
                            random.nextInt(100),
                            ("key " + random.nextInt(9)).getBytes(StandardCharsets.UTF_8))) {
                boolean required = row.size() == 2 || row.size() == 7;
                row.add(!required && (i + row.size()) % 5 == 0 ? null : value);
            }
            rows.add(row);
        }
        return rows;
    }

    record Case(String name, boolean unique, Written.Packing packing) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (WriterVersion version : WriterVersion.values()) {
            for (CompressionCodecName codec :
                    List.of(
                            CompressionCodecName.UNCOMPRESSED,
                            CompressionCodecName.SNAPPY,
                            CompressionCodecName.ZSTD,
                            CompressionCodecName.LZ4_RAW,
                            CompressionCodecName.GZIP)) {
                UnaryOperator<Written.Builder> coded = b -> b.withPageRowCountLimit(200);
                UnaryOperator<Written.Builder> split =
                        b ->
                                b.withPageRowCountLimit(200)
                                        .withDictionaryEncoding(false)
                                        .withByteStreamSplitEncoding("d", true);
                cases.add(
                        new Case(
                                version + ", coded, " + codec,
                                false,
                                new Written.Packing(version, codec, coded)));
                cases.add(
                        new Case(
                                version + ", not coded, " + codec,
                                true,
                                new Written.Packing(version, codec, split)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFlippedByteIsOneErrorOrAnotherValue(Case packed) throws IOException {
        Path whole = folder.resolve("whole.parquet");
        Written.write(whole, SCHEMA, rows(packed.unique()), packed.packing());
        byte[] bytes = Files.readAllBytes(whole);
        Footer footer = Footer.of(split(open(whole)).file());
        long end = 0;
        for (var chunk : footer.rowGroups().getFirst().columns()) {
            end = Math.max(end, chunk.chunkStartOffset() + chunk.metaData().totalCompressedSize());
        }
        Random random = new Random(packed.toString().hashCode());
        int errors = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] damaged = bytes.clone();
            for (int i = 0; i <= flip % 3; i++) {
                int at = 4 + random.nextInt((int) end - 4);
                damaged[at] = (byte) (flip % 2 == 0 ? ~damaged[at] : random.nextInt());
            }
            Path file = Files.write(folder.resolve("damaged.parquet"), damaged);
            Footer.forget();
            errors += read(open(file)) ? 0 : 1;
        }
        assertTrue(errors > FLIPS / 50, errors + " errors");
    }

    /// Whether all could be read; checks the error if not.
    private static boolean read(TableSource source) {
        try {
            assertEquals(ROWS, Tables.read(source).size());
            return true;
        } catch (EngineException e) {
            assertClear(e);
            return false;
        }
    }

    private static void assertClear(EngineException e) {
        String message = String.valueOf(e.getMessage());
        assertEquals(ErrorCode.FILE_UNREADABLE, e.code(), message);
        assertTrue(message.contains(".parquet") && message.contains("column `"), message);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            assertTrue(cause instanceof IOException || !said.contains("memory"), said);
            assertTrue(
                    !(cause instanceof IllegalStateException
                            || cause instanceof IndexOutOfBoundsException),
                    cause.toString());
        }
    }

    private static TableSource open(Path file) {
        return new ParquetConnector().open(List.of(file.toString()), Optional.empty(), Map.of());
    }

    private static ParquetSplit split(TableSource source) {
        ScanRequest all = ScanRequest.all(source.schema());
        return (ParquetSplit) source.splits(all, Long.MAX_VALUE).getFirst();
    }

    @Test
    void aFileCutShortBetweenTwoBatchesIsAChangedFile() throws IOException {
        Path file = folder.resolve("t.parquet");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 200_000; i++) {
            rows.add(List.of(new Random(i).nextLong()));
        }
        Written.write(file, "message m { required int64 l; }", rows, Written.Packing.plain());
        TableSource source = open(file);
        ScanRequest all = ScanRequest.all(source.schema());
        Split split = split(source);
        try (BatchAllocator memory = BatchAllocator.root(1L << 30);
                BatchReader reader = source.read(split, all, memory)) {
            try (Batch first = Objects.requireNonNull(reader.next())) {
                assertEquals(rows.getFirst().getFirst(), first.value(0, 0));
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1_000);
            }
            EngineException e =
                    assertThrows(
                            EngineException.class,
                            () -> {
                                for (Batch next = reader.next();
                                        next != null;
                                        next = reader.next()) {
                                    try (Batch held = next) {
                                        held.value(0, 0);
                                    }
                                }
                            });
            assertEquals(ErrorCode.FILE_CHANGED, e.code());
        }
    }
}
