package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rows of a finished query, in Arrow batches, which may lie in a file until they are asked
/// for. Safe to read from many threads; valid until its query is closed.
public final class QueryResult {
    /// Batches kept at hand for [#value]: what a screen shows lies in one or two.
    private static final int AT_HAND = 3;

    private final Schema schema;
    private final List<Part> parts;
    private final long[] starts;
    private final ZoneId zone;
    private final LinkedHashMap<Integer, Batch> atHand = new LinkedHashMap<>(8, 0.75f, true);
    private final Set<Batches> open = ConcurrentHashMap.newKeySet();

    /// Some of the rows.
    ///
    /// @param pin gives them as a batch that the caller closes
    private record Part(int rowCount, Supplier<Batch> pin, Runnable close) {}

    /// Takes over the caller's references to `batches`.
    QueryResult(Schema schema, List<Batch> batches, ZoneId zone) {
        this(
                schema,
                zone,
                batches.stream()
                        .map(batch -> new Part(batch.rowCount(), batch::retain, batch::close))
                        .toList());
    }

    private QueryResult(Schema schema, ZoneId zone, List<Part> parts) {
        this.schema = schema;
        this.parts = parts;
        this.zone = zone;
        this.starts = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            starts[i + 1] = starts[i] + parts.get(i).rowCount;
        }
    }

    /// Takes over `blocks`.
    ///
    /// @param memory where rows are put that lie in a file
    static QueryResult of(Schema schema, List<Block> blocks, BatchAllocator memory, ZoneId zone) {
        return new QueryResult(
                schema,
                zone,
                blocks.stream()
                        .map(block ->
                                new Part(block.rowCount(), () -> block.pin(memory), block::close))
                        .toList());
    }

    public Schema schema() {
        return schema;
    }

    public long rowCount() {
        return starts[starts.length - 1];
    }

    /// The rows in batches, each good until the next is asked for.
    public Iterable<Batch> batches() {
        return () -> {
            Batches batches = new Batches();
            open.add(batches);
            return batches;
        };
    }

    private final class Batches implements Iterator<Batch> {
        private int next;
        private @Nullable Batch current;

        @Override
        public boolean hasNext() {
            if (next < parts.size()) {
                return true;
            }
            release();
            open.remove(this);
            return false;
        }

        @Override
        public Batch next() {
            if (next == parts.size()) {
                throw new NoSuchElementException();
            }
            release();
            Batch batch = parts.get(next++).pin.get();
            current = batch;
            return batch;
        }

        private void release() {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }

    /// All rows in memory, as batches whose only holder the caller is; the result is empty then.
    List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        try {
            for (Part part : parts) {
                taken.add(part.pin.get());
                part.close.run();
            }
            return taken;
        } catch (RuntimeException e) {
            taken.forEach(Batch::close);
            throw e;
        }
    }

    /// The session's time zone when it ran, in which timestamps are shown.
    public ZoneId zone() {
        return zone;
    }

    /// One value, boxed as `DataType` says; found by binary search over batches.
    public @Nullable Object value(long row, int column) {
        int found = Arrays.binarySearch(starts, row);
        int part = found >= 0 ? found : -found - 2;
        while (starts[part + 1] <= row) {
            part++;
        }
        synchronized (atHand) {
            return atHand(part).value(column, (int) (row - starts[part]));
        }
    }

    private Batch atHand(int part) {
        Batch batch = atHand.get(part);
        if (batch == null) {
            if (atHand.size() == AT_HAND) {
                var oldest = atHand.pollFirstEntry();
                oldest.getValue().close();
            }
            batch = parts.get(part).pin.get();
            atHand.put(part, batch);
        }
        return batch;
    }

    /// One value as Spark's shells show it; `NULL` for null.
    public String text(long row, int column) {
        return Values.toText(value(row, column), schema.field(column).type(), zone);
    }

    /// The first rows as text, values of at most `width` characters; holds no batch afterwards.
    List<List<String>> firstRows(int count, int width) {
        List<List<String>> rows = new ArrayList<>();
        for (int part = 0; part < parts.size() && rows.size() < count; part++) {
            if (parts.get(part).rowCount == 0) {
                continue;
            }
            try (Batch batch = parts.get(part).pin.get()) {
                for (int row = 0; row < batch.rowCount() && rows.size() < count; row++) {
                    List<String> values = new ArrayList<>(schema.size());
                    for (int column = 0; column < schema.size(); column++) {
                        String text =
                                Values.toText(
                                        batch.value(column, row),
                                        schema.field(column).type(),
                                        zone);
                        values.add(text.length() > width ? text.substring(0, width) + "…" : text);
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /// One row, as programs see it.
    Row row(long row) {
        List<@Nullable Object> values = new ArrayList<>(schema.size());
        for (int column = 0; column < schema.size(); column++) {
            values.add(value(row, column));
        }
        return JavaValues.row(values, schema);
    }

    /// The rows one after another, each boxed as it is asked for.
    Iterator<List<@Nullable Object>> iterator() {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < rowCount();
            }

            @Override
            public List<@Nullable Object> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                List<@Nullable Object> values = new ArrayList<>(schema.size());
                for (int column = 0; column < schema.size(); column++) {
                    values.add(value(next, column));
                }
                next++;
                return values;
            }
        };
    }

    /// All rows boxed. For small results and tests.
    public List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>(schema.size());
                for (int column = 0; column < schema.size(); column++) {
                    values.add(batch.value(column, row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    void close() {
        synchronized (atHand) {
            atHand.values().forEach(Batch::close);
            atHand.clear();
        }
        open.forEach(Batches::release);
        open.clear();
        parts.forEach(part -> part.close.run());
    }
}
