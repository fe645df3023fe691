package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.connectors.Tables;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The own decoder against Hardwood, value by value, over files that parquet-java packed in every
/// way it knows.
class PageDecodingTest {
    private static final int ROWS = 5_000;

    private static final String TYPES =
            """
            NEED boolean bit; NEED int32 i32; NEED int32 i8 (INTEGER(8,true));
            NEED int32 i16 (INTEGER(16,true)); NEED int32 u32 (INTEGER(32,false)); NEED int64 i64;
            NEED int64 u64 (INTEGER(64,false)); NEED float f; NEED double d;
            NEED int32 dec4 (DECIMAL(4,1)); NEED int64 dec18 (DECIMAL(18,3));
            NEED fixed_len_byte_array(5) decs (DECIMAL(10,2));
            NEED fixed_len_byte_array(8) dec8 (DECIMAL(18,2));
            NEED fixed_len_byte_array(11) decw (DECIMAL(25,2));
            NEED fixed_len_byte_array(16) decx (DECIMAL(38,2)); NEED int32 day (DATE);
            NEED int64 milli (TIMESTAMP(MILLIS,true)); NEED int64 micro (TIMESTAMP(MICROS,false));
            NEED int64 nano (TIMESTAMP(NANOS,false)); NEED int32 timei (TIME(MILLIS,false));
            NEED int64 timel (TIME(NANOS,false)); NEED int96 old; NEED binary text (STRING);
            NEED binary raw; NEED fixed_len_byte_array(16) uuid (UUID);
            NEED fixed_len_byte_array(3) fixed; NEED fixed_len_byte_array(2) half (FLOAT16);
            NEED binary bindec (DECIMAL(20,2));
            """;

    @TempDir Path folder;

    private static String schema(String need) {
        return "message m { " + TYPES.replace("NEED", need) + " }";
    }

    /// Whether row `row` of column `column` is NULL.
    interface Nulls {
        boolean at(int row, int column);
    }

    /// @param distinct how many different values there are
    private static List<@Nullable Object> row(int row, long distinct, Nulls nulls) {
        long v = new Random(row % distinct).nextLong();
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value :
                List.of(
                        v % 3 == 0,
                        (int) (v >>> 40),
                        (int) (byte) v,
                        (int) (short) v,
                        (int) v,
                        row % 7 == 0 ? v : v >> 30,
                        v,
                        (float) v,
                        v / 3.0,
                        (int) (v % 10_000),
                        v % 1_000_000_000_000_000_000L,
                        bytes(v, 5),
                        bytes(v >> 6, 8),
                        bytes(v, 11),
                        bytes(v, 16),
                        (int) (v % 100_000),
                        v % 1_000_000_000_000L,
                        v % 1_000_000_000_000_000L,
                        v,
                        (int) Math.floorMod(v, 86_400_000L),
                        Math.floorMod(v, 86_400_000_000_000L),
                        int96(v),
                        text(v),
                        text(v ^ 5),
                        bytes(v, 16),
                        bytes(v, 3),
                        half(v),
                        bytes(v, 8))) {
            values.add(nulls.at(row, values.size()) ? null : value);
        }
        return values;
    }

    private static byte[] bytes(long value, int length) {
        byte[] bytes = new byte[length];
        new Random(value).nextBytes(bytes);
        bytes[0] = (byte) (bytes[0] >> 4);
        return bytes;
    }

    private static byte[] half(long value) {
        short half = Float.floatToFloat16(value % 1000 / 8f);
        return new byte[] {(byte) half, (byte) (half >> 8)};
    }

    private static byte[] int96(long value) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Math.floorMod(value, 86_400_000_000_000L))
                .putInt(2_440_588 + (int) (value % 20_000))
                .array();
    }

    private static byte[] text(long value) {
        int length = (int) Math.floorMod(value, 50L);
        String text = "common début " + "é".repeat(length / 2) + Long.toHexString(value);
        return text.substring(0, Math.min(text.length(), length)).getBytes(StandardCharsets.UTF_8);
    }

    private static List<List<@Nullable Object>> rows(int count, long distinct, Nulls nulls) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(i, distinct, nulls));
        }
        return rows;
    }

    record Case(String name, String need, long distinct, Nulls nulls, Written.Packing packing) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Nulls none = (row, column) -> false;
        Nulls some = (row, column) -> new Random(row * 31L + column).nextInt(3) == 0;
        Nulls runs = (row, column) -> (row / 600 + column) % 3 == 0;
        Nulls all = (row, column) -> true;
        Map<String, Nulls> patterns =
                Map.of(
                        "no nulls",
                        none,
                        "some nulls",
                        some,
                        "runs of nulls",
                        runs,
                        "all null",
                        all);
        List<Case> cases = new ArrayList<>();
        for (WriterVersion version : WriterVersion.values()) {
            for (var way : ways().entrySet()) {
                for (var nulls : patterns.entrySet()) {
                    CompressionCodecName codec = CODECS.get(cases.size() % CODECS.size());
                    cases.add(
                            new Case(
                                    version
                                            + ", "
                                            + way.getKey()
                                            + ", "
                                            + nulls.getKey()
                                            + ", "
                                            + codec,
                                    "optional",
                                    way.getKey().contains("unique") ? ROWS : 300,
                                    nulls.getValue(),
                                    new Written.Packing(version, codec, way.getValue())));
                }
                for (CompressionCodecName codec : CODECS) {
                    cases.add(
                            new Case(
                                    version + ", " + way.getKey() + ", required, " + codec,
                                    "required",
                                    way.getKey().contains("unique") ? ROWS : 300,
                                    none,
                                    new Written.Packing(version, codec, way.getValue())));
                }
            }
        }
        return cases.stream();
    }

    private static final List<CompressionCodecName> CODECS =
            List.of(
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.ZSTD,
                    CompressionCodecName.LZ4_RAW,
                    CompressionCodecName.GZIP,
                    CompressionCodecName.UNCOMPRESSED);

    private static Map<String, UnaryOperator<Written.Builder>> ways() {
        return Map.of(
                "dictionary", builder -> builder.withPageRowCountLimit(700),
                "unique, no dictionary",
                        builder -> builder.withPageRowCountLimit(700).withDictionaryEncoding(false),
                "unique, dictionary given up midway",
                        builder -> builder.withPageRowCountLimit(700).withDictionaryPageSize(2_000),
                "unique, split bytes",
                        builder ->
                                builder.withPageRowCountLimit(700)
                                        .withDictionaryEncoding(false)
                                        .withByteStreamSplitEncoding(true)
                                        .withByteStreamSplitEncoding("bit", false)
                                        .withByteStreamSplitEncoding("old", false));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatHardwoodReads(Case packed) throws IOException {
        Path file = folder.resolve("t.parquet");
        List<List<@Nullable Object>> written = rows(ROWS, packed.distinct(), packed.nulls());
        Written.write(file, schema(packed.need()), written, packed.packing());
        TableSource source = open(file);
        List<List<@Nullable Object>> read = Tables.read(source);
        assertEquals(hardwood(source, file), read);
        assertEquals(written.size(), read.size());
        for (int row = 0; row < read.size(); row++) {
            for (int column = 0; column < read.get(row).size(); column++) {
                boolean isNull = written.get(row).get(column) == null;
                assertEquals(isNull, read.get(row).get(column) == null);
            }
        }
    }

    private static TableSource open(Path file) {
        return new ParquetConnector().open(List.of(file.toString()), Optional.empty(), Map.of());
    }

    /// All rows as the path through Hardwood has them.
    private static List<List<@Nullable Object>> hardwood(TableSource source, Path file)
            throws IOException {
        Footer footer = Footer.of(split(source).file());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchAllocator memory = BatchAllocator.root(1L << 30);
                InputFile input = InputFile.of(file)) {
            input.open();
            List<ParquetColumn> columns = new ArrayList<>();
            for (Field field : source.schema().fields()) {
                SchemaNode leaf = Objects.requireNonNull(footer.find(field.name()));
                var schema =
                        footer.schema().getColumn(((SchemaNode.PrimitiveNode) leaf).columnIndex());
                columns.add(
                        new BuiltColumn(
                                new FlatColumn(new Pages(input, schema), field.type()),
                                field,
                                memory));
            }
            for (RowGroup group : footer.rowGroups()) {
                int count = Math.toIntExact(group.numRows());
                List<BatchColumn> read = new ArrayList<>();
                for (ParquetColumn column : columns) {
                    column.begin(group);
                    assertEquals(count, column.fitting(count));
                    read.add(column.next(count));
                }
                try (Batch batch = Batch.of(source.schema(), read, count)) {
                    for (int row = 0; row < count; row++) {
                        rows.add(values(batch, row));
                    }
                }
            }
            columns.forEach(ParquetColumn::close);
        }
        return rows;
    }

    private static ParquetSplit split(TableSource source) {
        ScanRequest all = ScanRequest.all(source.schema());
        return (ParquetSplit) source.splits(all, Long.MAX_VALUE).getFirst();
    }

    private static List<@Nullable Object> values(Batch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < batch.schema().size(); column++) {
            values.add(batch.value(column, row));
        }
        return values;
    }

    /// Batches of a few rows, of which only some are looked at, and of those only some columns.
    @ParameterizedTest
    @MethodSource("leaps")
    void valuesDoNotDependOnWhatIsPassedOver(Case packed) throws IOException {
        Path file = folder.resolve("t.parquet");
        Written.write(
                file,
                schema(packed.need()),
                rows(ROWS, packed.distinct(), packed.nulls()),
                packed.packing());
        TableSource source = open(file);
        List<List<@Nullable Object>> expected = hardwood(source, file);
        Random random = new Random(7);
        for (int batchRows : new int[] {1, 97, 1_500}) {
            int compared = 0;
            int at = 0;
            try (BatchAllocator memory = BatchAllocator.root(1L << 30);
                    ParquetBatchReader reader =
                            new ParquetBatchReader(
                                    split(source),
                                    ScanRequest.all(source.schema()),
                                    memory,
                                    batchRows)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    try (Batch held = batch) {
                        for (int column = 0; column < held.schema().size(); column++) {
                            if (random.nextInt(batchRows == 1 ? 50 : 4) == 0) {
                                compare(held, column, at, expected);
                                compared++;
                            }
                        }
                        at += held.rowCount();
                    }
                }
            }
            assertEquals(ROWS, at);
            assertTrue(compared > 10, "compared " + compared);
        }
    }

    static Stream<Case> leaps() {
        return cases().filter(packed -> packed.toString().hashCode() % 3 == 0);
    }

    private static void compare(
            Batch batch, int column, int at, List<List<@Nullable Object>> expected) {
        for (int row = 0; row < batch.rowCount(); row++) {
            assertEquals(expected.get(at + row).get(column), batch.value(column, row));
        }
    }
}
