package dev.vitrine.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Arrays appended as wholes give what their values give one by one, from any place to any place.
class ColumnBuilderTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("bool", DataType.BOOLEAN),
                    Field.of("tiny", DataType.TINYINT),
                    Field.of("small", DataType.SMALLINT),
                    Field.of("int", DataType.INT),
                    Field.of("long", DataType.BIGINT),
                    Field.of("float", DataType.FLOAT),
                    Field.of("double", DataType.DOUBLE),
                    Field.of("text", DataType.STRING));

    @Test
    void wholeArraysEqualSingleValues() {
        Random random = new Random(7);
        try (BatchAllocator memory = BatchAllocator.root(1 << 28)) {
            try (BatchBuilder builder = new BatchBuilder(SCHEMA, memory, 8)) {
                for (int round = 0; round < 60; round++) {
                    List<List<@Nullable Object>> expected = new ArrayList<>();
                    int parts = random.nextInt(6);
                    for (int part = 0; part < parts; part++) {
                        append(builder, expected, random, part % 3);
                    }
                    try (Batch batch = builder.build()) {
                        assertEquals(expected, rows(batch));
                    }
                }
            }
            assertEquals(0, memory.usedBytes());
        }
    }

    private static void append(
            BatchBuilder builder, List<List<@Nullable Object>> expected, Random random, int kind) {
        int from = random.nextInt(100);
        int count = random.nextInt(300);
        if (kind == 2) {
            for (int column = 0; column < SCHEMA.size(); column++) {
                builder.column(column).appendNulls(count);
            }
            for (int i = 0; i < count; i++) {
                expected.add(Arrays.asList(new @Nullable Object[SCHEMA.size()]));
            }
            return;
        }
        int size = from + count;
        long[] valid = kind == 0 ? null : random.longs((size + 63) / 64 + 1).toArray();
        boolean[] booleans = new boolean[size];
        int[] ints = new int[size];
        long[] longs = new long[size];
        float[] floats = new float[size];
        double[] doubles = new double[size];
        int[] offsets = new int[size + 1];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            boolean present = valid == null || (valid[i >> 6] >>> i & 1) != 0;
            booleans[i] = random.nextBoolean();
            ints[i] = random.nextInt(256) - 128;
            longs[i] = random.nextLong();
            floats[i] = random.nextFloat();
            doubles[i] = random.nextDouble();
            String value = present ? "x".repeat(random.nextInt(20)) : "";
            text.append(value);
            offsets[i + 1] = text.length();
            if (i >= from) {
                expected.add(
                        present
                                ? List.of(
                                        booleans[i],
                                        (byte) ints[i],
                                        (short) ints[i],
                                        ints[i],
                                        longs[i],
                                        floats[i],
                                        doubles[i],
                                        value)
                                : Arrays.asList(new @Nullable Object[SCHEMA.size()]));
            }
        }
        builder.column(0).appendBooleans(booleans, from, count, valid);
        builder.column(1).appendInts(ints, from, count, valid);
        builder.column(2).appendInts(ints, from, count, valid);
        builder.column(3).appendInts(ints, from, count, valid);
        builder.column(4).appendLongs(longs, from, count, valid);
        builder.column(5).appendFloats(floats, from, count, valid);
        builder.column(6).appendDoubles(doubles, from, count, valid);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        builder.column(7).appendStrings(bytes, offsets, from, count, valid);
    }

    private static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < SCHEMA.size(); column++) {
                values.add(batch.value(column, row));
            }
            rows.add(values);
        }
        return rows;
    }
}
