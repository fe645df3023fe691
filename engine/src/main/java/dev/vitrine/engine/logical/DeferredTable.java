package dev.vitrine.engine.logical;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A table whose rows are computed when the query runs, before what reads them: a recursive query's
/// result, or the rows of its last level.
///
/// One belongs to one query. It is given its rows by the thread that runs the query; tasks that
/// read them are started after that.
public final class DeferredTable implements TableSource {
    private final String name;
    private final Schema schema;
    private final Optional<Recursion> recursion;
    private volatile List<TableSource> parts = List.of();
    private volatile boolean filled;

    /// A query that reads its own rows.
    ///
    /// @param anchor analyzed: gives the rows to begin with
    /// @param step analyzed: gives the rows of a level from those of the one before, which it reads
    ///   as `level`
    /// @param maxLevel how many times `step` may give rows; empty for the session's setting
    public record Recursion(
            LogicalPlan anchor,
            LogicalPlan step,
            DeferredTable level,
            Optional<Integer> maxLevel) {}

    public DeferredTable(String name, Schema schema, Optional<Recursion> recursion) {
        this.name = name;
        this.schema = schema;
        this.recursion = recursion;
    }

    /// How its rows come about; empty for those of a level.
    public Optional<Recursion> recursion() {
        return recursion;
    }

    /// Whether it has its rows.
    public boolean isFilled() {
        return filled;
    }

    /// Gives it the rows of all `tables`, in place of any it had.
    public void fill(List<? extends TableSource> tables) {
        parts = List.copyOf(tables);
        filled = true;
    }

    private record Part(TableSource table, Split split) implements Split {
        @Override
        public String description() {
            return split.description();
        }

        @Override
        public long sizeBytes() {
            return split.sizeBytes();
        }

        @Override
        public long rowCount() {
            return split.rowCount();
        }
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public String format() {
        return "recursion";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return parts.size() == 1 ? parts.getFirst().statistics() : TableStatistics.UNKNOWN;
    }

    @Override
    public OptionalLong exactRowCount() {
        return OptionalLong.empty();
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        if (!filled) {
            throw EngineException.internal("the rows of " + name + " are not computed yet");
        }
        List<Split> splits = new ArrayList<>();
        for (TableSource table : parts) {
            table.splits(request, targetBytes).forEach(s -> splits.add(new Part(table, s)));
        }
        return splits;
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        Part part = (Part) split;
        return part.table.read(part.split, request, allocator);
    }
}
