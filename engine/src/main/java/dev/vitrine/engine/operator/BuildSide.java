package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.kernel.JoinTable;
import dev.vitrine.engine.storage.BlockReader;
import dev.vitrine.engine.storage.RowRange;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rows of a join's build side, in the forms that interpreted and compiled joins look rows up
/// in; each form is made when first asked for. Safe for many threads.
final class BuildSide implements AutoCloseable {
    private final Schema schema;
    private final Supplier<BlockReader> source;
    private final BatchAllocator allocator;
    private final List<Batch> batches = new ArrayList<>();
    private final Map<Integer, Optional<Bounds>> bounds = new HashMap<>();
    private @Nullable List<List<@Nullable Object>> rows;
    private @Nullable Map<List<@Nullable Object>, List<Integer>> index;
    private @Nullable JoinTable table;

    /// @param source gives the rows, anew each time
    BuildSide(Schema schema, Supplier<BlockReader> source, BatchAllocator allocator) {
        this.schema = schema;
        this.source = source;
        this.allocator = allocator;
    }

    /// The smallest and the largest value of a column.
    record Bounds(Object least, Object greatest) {}

    /// The bounds of a column whose values are ordered; empty where it has no value but NULL.
    synchronized Optional<Bounds> bounds(int column) {
        Optional<Bounds> known = bounds.get(column);
        if (known == null) {
            known = findBounds(column);
            bounds.put(column, known);
        }
        return known;
    }

    private Optional<Bounds> findBounds(int column) {
        Object least = null;
        Object greatest = null;
        BlockReader reader = source.get();
        for (Batch next = reader.next(); next != null; next = reader.next()) {
            try (Batch batch = next) {
                RowRange range = RowRange.of(batch, column);
                if (range.least() >= 0) {
                    Object low = Objects.requireNonNull(batch.value(column, range.least()));
                    Object high = Objects.requireNonNull(batch.value(column, range.greatest()));
                    least = least == null || Values.compare(low, least) < 0 ? low : least;
                    greatest =
                            greatest == null || Values.compare(high, greatest) > 0
                                    ? high
                                    : greatest;
                }
            }
        }
        return least == null || greatest == null
                ? Optional.empty()
                : Optional.of(new Bounds(least, greatest));
    }

    /// All rows boxed, in order.
    synchronized List<List<@Nullable Object>> rows() {
        if (rows == null) {
            List<List<@Nullable Object>> boxed = new ArrayList<>();
            BlockReader reader = source.get();
            for (Batch next = reader.next(); next != null; next = reader.next()) {
                try (Batch batch = next) {
                    addRows(batch, boxed);
                }
            }
            rows = boxed;
        }
        return rows;
    }

    private void addRows(Batch batch, List<List<@Nullable Object>> boxed) {
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>(schema.size());
            for (int column = 0; column < schema.size(); column++) {
                values.add(batch.value(column, row));
            }
            boxed.add(values);
        }
    }

    /// Row numbers by key: hash keys of the values of `columns`; rows with a NULL in a column of
    /// `notNull` are left out.
    synchronized Map<List<@Nullable Object>, List<Integer>> index(
            int[] columns, boolean[] nullSafe) {
        if (index == null) {
            Map<List<@Nullable Object>, List<Integer>> byKey = new HashMap<>();
            List<List<@Nullable Object>> all = rows();
            for (int row = 0; row < all.size(); row++) {
                List<@Nullable Object> key = new ArrayList<>(columns.length);
                boolean skip = false;
                for (int i = 0; i < columns.length; i++) {
                    Object value = Values.hashKey(all.get(row).get(columns[i]));
                    skip |= value == null && !nullSafe[i];
                    key.add(value);
                }
                if (!skip) {
                    byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                }
            }
            index = byKey;
        }
        return index;
    }

    /// The rows as a table for compiled probes. Whoever asks while it is being built helps.
    ///
    /// @param check called now and then; what it throws ends the call
    JoinTable table(int[] columns, boolean[] nullSafe, Runnable check) {
        JoinTable built = begun(columns, nullSafe);
        built.help(check);
        release();
        return built;
    }

    /// Lets go of the batches, which the table has copied.
    private synchronized void release() {
        batches.forEach(Batch::close);
        batches.clear();
    }

    private synchronized JoinTable begun(int[] columns, boolean[] nullSafe) {
        if (table == null) {
            release();
            BlockReader reader = source.get();
            for (Batch next = reader.next(); next != null; next = reader.next()) {
                batches.add(next);
            }
            table = new JoinTable(schema, List.copyOf(batches), columns, nullSafe, allocator);
        }
        return table;
    }

    @Override
    public synchronized void close() {
        if (table != null) {
            table.close();
        }
        release();
    }
}
