package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The index finds the rows that looking at every row finds.
class RangeIndexTest {
    private static final Schema SCHEMA =
            new Schema(
                    List.of(
                            new Field("a", DataType.BIGINT, true),
                            new Field("b", DataType.INT, true),
                            new Field("c", DataType.DOUBLE, true)));

    @Test
    void findsWhatIsBetweenTwoBounds() {
        Random random = new Random(1);
        for (int rows : new int[] {0, 1, 2, 3, 7, 64, 65, 1_000}) {
            Long[] a = new Long[rows];
            for (int i = 0; i < rows; i++) {
                a[i] = random.nextInt(9) == 0 ? null : number(random);
            }
            with(
                    a,
                    new Integer[rows],
                    new Double[rows],
                    table -> {
                        RangeIndex index = table.range(0, -1, false);
                        for (int round = 0; round < 200; round++) {
                            long least = number(random);
                            long greatest = round % 2 == 0 ? number(random) : least;
                            List<Integer> expected = new ArrayList<>();
                            for (int row = 0; row < rows; row++) {
                                if (a[row] != null && a[row] >= least && a[row] <= greatest) {
                                    expected.add(row);
                                }
                            }
                            assertEquals(expected, found(index, least, greatest, Long.MIN_VALUE));
                        }
                    });
        }
    }

    @Test
    void leavesOutWhatASecondColumnExcludes() {
        Random random = new Random(2);
        for (int rows : new int[] {0, 1, 2, 5, 63, 64, 1_000}) {
            Long[] a = new Long[rows];
            Integer[] b = new Integer[rows];
            for (int i = 0; i < rows; i++) {
                a[i] = (long) random.nextInt(50);
                b[i] = random.nextInt(9) == 0 ? null : random.nextInt(100) - 50;
            }
            for (boolean atMost : new boolean[] {true, false}) {
                with(
                        a,
                        b,
                        new Double[rows],
                        table -> {
                            RangeIndex index = table.range(0, 1, atMost);
                            for (int round = 0; round < 200; round++) {
                                long greatest = random.nextInt(50);
                                int bound = random.nextInt(120) - 60;
                                List<Integer> expected = new ArrayList<>();
                                for (int row = 0; row < rows; row++) {
                                    if (b[row] != null
                                            && a[row] <= greatest
                                            && (atMost ? b[row] <= bound : b[row] >= bound)) {
                                        expected.add(row);
                                    }
                                }
                                long word = atMost ? ~(long) bound : bound;
                                assertEquals(
                                        expected, found(index, Long.MIN_VALUE, greatest, word));
                            }
                        });
            }
        }
    }

    @Test
    void numbersWithFractionsAreInTheirOrder() {
        Double[] c = {1.5, Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY, null, -2.5};
        with(
                new Long[c.length],
                new Integer[c.length],
                c,
                table -> {
                    RangeIndex index = table.range(2, -1, false);
                    long zero = RangeIndex.word(0.0);
                    assertEquals(List.of(2, 3), found(index, zero, zero, Long.MIN_VALUE));
                    assertEquals(
                            List.of(0, 1),
                            found(index, RangeIndex.word(0.5), Long.MAX_VALUE, Long.MIN_VALUE));
                    assertEquals(
                            List.of(4, 6),
                            found(index, Long.MIN_VALUE, RangeIndex.word(-1), Long.MIN_VALUE));
                });
    }

    private static long number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(40) - 20;
        };
    }

    /// The rows in their own order; places have to ascend.
    private static List<Integer> found(RangeIndex index, long least, long greatest, long bound) {
        List<Integer> rows = new ArrayList<>();
        int end = index.end(greatest);
        int before = -1;
        int place = index.next(index.start(least), end, bound);
        while (place >= 0) {
            assertTrue(place > before);
            before = place;
            rows.add(index.row(place));
            place = index.next(place + 1, end, bound);
        }
        return rows.stream().sorted().toList();
    }

    private interface Check {
        void accept(JoinTable table);
    }

    private static void with(
            @Nullable Long[] a, @Nullable Integer[] b, @Nullable Double[] c, Check check) {
        try (BatchAllocator allocator = BatchAllocator.root(1 << 24);
                BatchBuilder builder = new BatchBuilder(SCHEMA, allocator, a.length)) {
            for (int i = 0; i < a.length; i++) {
                builder.appendRow(Arrays.asList(a[i], b[i], c[i]));
            }
            try (Batch batch = builder.build();
                    JoinTable table =
                            new JoinTable(
                                    SCHEMA,
                                    List.of(batch),
                                    new int[0],
                                    new boolean[0],
                                    allocator)) {
                table.help(() -> {});
                check.accept(table);
            }
        }
    }
}
