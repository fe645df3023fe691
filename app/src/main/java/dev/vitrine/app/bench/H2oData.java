package dev.vitrine.app.bench;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The tables of db-benchmark, made by a seeded generator of our own to its description: `g1` for
/// group-by, `x` with `small`, `medium` and `big` for joins. Nine tenths of the keys of either side
/// of a join are on the other.
public final class H2oData {
    private static final int SMALLEST = 10;
    private static final int MEDIUM = 1_000;
    private static final int SMALL = 1_000_000;
    private static final int MILLIONTHS = 100_000_000;

    private final int rows;
    private final int groups;
    private final long seed;

    /// @param rows of `g1`, `x` and `big`
    /// @param groups values of the small keys
    public H2oData(int rows, int groups, long seed) {
        this.rows = rows;
        this.groups = groups;
        this.seed = seed;
    }

    /// Writes the tables that are not there yet.
    public void write(Path folder) {
        TableFiles files = new TableFiles();
        if (!TableFiles.isThere(folder.resolve("g1"))) {
            files.parquet(folder.resolve("g1"), groupBySchema(), 1, (out, part) -> groupBy(out));
        }
        if (List.of("x", "small", "medium", "big").stream()
                .allMatch(name -> TableFiles.isThere(folder.resolve(name)))) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed + 1);
        Keys small = Keys.of(Math.max(SMALLEST, rows / SMALL), random);
        Keys medium = Keys.of(Math.max(SMALLEST * SMALLEST, rows / MEDIUM), random);
        Keys big = Keys.of(rows, random);
        join(
                files,
                folder.resolve("x"),
                "v1",
                List.of(1, 2, 3),
                rows,
                (row, r) ->
                        new int[] {
                            small.left[r.nextInt(small.left.length)],
                            medium.left[r.nextInt(medium.left.length)],
                            big.left[row]
                        });
        join(
                files,
                folder.resolve("small"),
                "v2",
                List.of(1),
                small.right.length,
                (row, r) -> new int[] {small.right[row]});
        join(
                files,
                folder.resolve("medium"),
                "v2",
                List.of(1, 2),
                medium.right.length,
                (row, r) ->
                        new int[] {small.right[r.nextInt(small.right.length)], medium.right[row]});
        join(
                files,
                folder.resolve("big"),
                "v2",
                List.of(1, 2, 3),
                rows,
                (row, r) ->
                        new int[] {
                            small.right[r.nextInt(small.right.length)],
                            medium.right[r.nextInt(medium.right.length)],
                            big.right[row]
                        });
    }

    private static Schema groupBySchema() {
        return Schema.of(
                Field.of("id1", DataType.STRING),
                Field.of("id2", DataType.STRING),
                Field.of("id3", DataType.STRING),
                Field.of("id4", DataType.INT),
                Field.of("id5", DataType.INT),
                Field.of("id6", DataType.INT),
                Field.of("v1", DataType.INT),
                Field.of("v2", DataType.INT),
                Field.of("v3", DataType.DOUBLE));
    }

    private void groupBy(TableFiles.RowWriter out) {
        SplittableRandom random = new SplittableRandom(seed);
        int many = Math.max(1, rows / groups);
        for (int row = 0; row < rows; row++) {
            text(out.columns().column(0), 1 + random.nextInt(groups), 3);
            text(out.columns().column(1), 1 + random.nextInt(groups), 3);
            text(out.columns().column(2), 1 + random.nextInt(many), 10);
            out.columns().column(3).appendInt(1 + random.nextInt(groups));
            out.columns().column(4).appendInt(1 + random.nextInt(groups));
            out.columns().column(5).appendInt(1 + random.nextInt(many));
            out.columns().column(6).appendInt(1 + random.nextInt(5));
            out.columns().column(7).appendInt(1 + random.nextInt(15));
            out.columns().column(8).appendDouble(random.nextInt(MILLIONTHS + 1) / 1e6);
            out.endRow();
        }
    }

    /// The keys of one row.
    private interface RowKeys {
        int[] of(int row, SplittableRandom random);
    }

    /// A table with columns `id…` as numbers, the same as text under names three higher, and a
    /// value.
    private void join(
            TableFiles files,
            Path target,
            String value,
            List<Integer> ids,
            int count,
            RowKeys keys) {
        List<Field> fields =
                java.util.stream.Stream.of(
                                ids.stream().map(id -> Field.of("id" + id, DataType.INT)),
                                ids.stream().map(id -> Field.of("id" + (id + 3), DataType.STRING)),
                                java.util.stream.Stream.of(Field.of(value, DataType.DOUBLE)))
                        .flatMap(each -> each)
                        .toList();
        files.parquet(
                target,
                new Schema(fields),
                1,
                (out, part) -> {
                    SplittableRandom random =
                            new SplittableRandom(
                                    seed + String.valueOf(target.getFileName()).hashCode());
                    for (int row = 0; row < count; row++) {
                        int[] key = keys.of(row, random);
                        for (int i = 0; i < key.length; i++) {
                            out.columns().column(i).appendInt(key[i]);
                            text(out.columns().column(key.length + i), key[i], 0);
                        }
                        out.columns()
                                .column(2 * key.length)
                                .appendDouble(random.nextInt(MILLIONTHS + 1) / 1e6);
                        out.endRow();
                    }
                });
    }

    /// Appends `id` and the number in at least `digits` digits.
    private static void text(ColumnBuilder target, int number, int digits) {
        String plain = Integer.toString(number);
        String text = "id" + "0".repeat(Math.max(0, digits - plain.length())) + plain;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        target.appendBytes(bytes, 0, bytes.length);
    }

    /// The keys that the two sides of a join have, nine tenths of them in common, in random order.
    private record Keys(int[] left, int[] right) {
        static Keys of(int size, SplittableRandom random) {
            int own = size / 10;
            int[] all = IntStream.rangeClosed(1, size + own).toArray();
            shuffle(all, random);
            int[] left = java.util.Arrays.copyOf(all, size);
            int[] right = new int[size];
            System.arraycopy(all, 0, right, 0, size - own);
            System.arraycopy(all, size, right, size - own, own);
            shuffle(left, random);
            shuffle(right, random);
            return new Keys(left, right);
        }

        /// Fisher and Yates, from the end.
        private static void shuffle(int[] values, SplittableRandom random) {
            for (int i = values.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = values[i];
                values[i] = values[j];
                values[j] = kept;
            }
        }
    }
}
