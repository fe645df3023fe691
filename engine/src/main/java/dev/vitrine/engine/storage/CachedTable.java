package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A table's rows in memory, as they came: coded columns stay coded. Reading one copies nothing.
///
/// Parts are left out by the bounds of their columns; a part is some of the batches.
public final class CachedTable implements TableSource, AutoCloseable {
    private final String name;
    private final Schema schema;
    private final List<Batch> batches;
    private final List<ColumnBounds> bounds;
    private final TableStatistics statistics;
    private int readers;
    private boolean closed;

    /// Takes over the rows.
    ///
    /// @param batches whose only holder the caller is
    /// @param memory where they are moved to
    public CachedTable(String name, Schema schema, List<Batch> batches, BatchAllocator memory) {
        this.name = name;
        this.schema = schema;
        Map<Dictionary, Dictionary> moved = new HashMap<>();
        this.batches = batches.stream().map(batch -> batch.moveTo(memory, moved)).toList();
        moved.values().forEach(Dictionary::close);
        this.bounds = this.batches.stream().map(ColumnBounds::of).toList();
        this.statistics = ColumnBounds.statistics(schema, this.batches, bounds);
    }

    /// Some of the batches.
    private record Part(String table, int from, int to, long sizeBytes, long rowCount)
            implements Split {
        @Override
        public String description() {
            return table + " [batches " + from + "-" + (to - 1) + "]";
        }
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public String format() {
        return "cache";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return statistics;
    }

    @Override
    public OptionalLong exactRowCount() {
        return statistics.rowCount();
    }

    /// Bytes of memory that the rows take.
    public long sizeBytes() {
        return batches.stream().mapToLong(Batch::sizeBytes).sum();
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        List<Split> splits = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        long rows = 0;
        for (int i = 0; i <= batches.size(); i++) {
            boolean cut = i == batches.size() || !bounds.get(i).mayMatch(schema, request.filters());
            if (i > from && (cut || bytes >= targetBytes)) {
                splits.add(new Part(name, from, i, bytes, rows));
                from = i;
                bytes = 0;
                rows = 0;
            }
            if (cut) {
                from = i + 1;
            } else {
                Batch batch = batches.get(i);
                rows += batch.rowCount();
                for (Field field : request.columns().fields()) {
                    bytes += batch.sizeBytes(index(field));
                }
            }
        }
        return splits;
    }

    private int index(Field field) {
        return schema.indexOf(field.name()).orElseThrow();
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        Part part = (Part) split;
        enter();
        int[] columns = request.columns().fields().stream().mapToInt(this::index).toArray();
        return new BatchReader() {
            private int at = part.from;
            private long bytes;
            private boolean left;

            @Override
            public @Nullable Batch next() {
                if (at == part.to) {
                    return null;
                }
                Batch batch = batches.get(at++);
                for (int column : columns) {
                    bytes += batch.sizeBytes(column);
                }
                return batch.select(columns, request.columns());
            }

            @Override
            public long bytesRead() {
                return bytes;
            }

            @Override
            public void close() {
                if (!left) {
                    left = true;
                    leave();
                }
            }
        };
    }

    private synchronized void enter() {
        if (closed) {
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                    Map.of("relationName", "`" + name + "`", "suggestion", ""));
        }
        readers++;
    }

    private synchronized void leave() {
        readers--;
        freeIfDone();
    }

    /// Frees the rows once the last reader is done; there are no new ones. Batches that readers
    /// hold are freed when they let go of them.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            freeIfDone();
        }
    }

    private void freeIfDone() {
        if (closed && readers == 0) {
            batches.forEach(Batch::close);
        }
    }
}
