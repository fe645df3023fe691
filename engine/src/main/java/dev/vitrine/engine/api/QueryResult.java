package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a finished query, in Arrow batches. Safe to read from many threads; valid until its
/// query is closed.
public final class QueryResult {
    private final Schema schema;
    private final List<Batch> batches;
    private final long[] starts;
    private final ZoneId zone;

    /// Takes over the caller's references to `batches`.
    QueryResult(Schema schema, List<Batch> batches, ZoneId zone) {
        this.schema = schema;
        this.batches = List.copyOf(batches);
        this.zone = zone;
        this.starts = new long[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            starts[i + 1] = starts[i] + batches.get(i).rowCount();
        }
    }

    public Schema schema() {
        return schema;
    }

    public long rowCount() {
        return starts[starts.length - 1];
    }

    public List<Batch> batches() {
        return batches;
    }

    /// The session's time zone when it ran, in which timestamps are shown.
    public ZoneId zone() {
        return zone;
    }

    /// One value, boxed as `DataType` says; found by binary search over batches.
    public @Nullable Object value(long row, int column) {
        int found = Arrays.binarySearch(starts, row);
        int batch = found >= 0 ? found : -found - 2;
        while (starts[batch + 1] <= row) {
            batch++;
        }
        return batches.get(batch).value(column, (int) (row - starts[batch]));
    }

    /// One value as Spark's shells show it; `NULL` for null.
    public String text(long row, int column) {
        return Values.toText(value(row, column), schema.field(column).type(), zone);
    }

    /// All rows boxed. For small results and tests.
    public List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
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
        batches.forEach(Batch::close);
    }
}
