package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.PartitionFunction;
import dev.vitrine.engine.types.Binary;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one task may read of what other stages and earlier jobs wrote. Every call gives objects of
/// its own. Used by the task's thread.
final class TaskInputs {
    private final List<Dependency> reads;
    private final PartitionFunction.Inputs rows;
    private final ObjectBytes bytes;

    /// @param reads what the stage reads, in the order of its inputs
    TaskInputs(List<Dependency> reads, PartitionFunction.Inputs rows, ObjectBytes bytes) {
        this.reads = reads;
        this.rows = rows;
        this.bytes = bytes;
    }

    /// The pairs of one partition that a shuffle wrote, in the order of the tasks that did.
    <K extends @Nullable Object, C extends @Nullable Object> Iterator<Tuple2<K, C>> shuffled(
            Shuffle<K, ?, C> shuffle, int partition) {
        for (int i = 0; i < reads.size(); i++) {
            if (reads.get(i) instanceof Dependency.Shuffled(var read) && read == shuffle) {
                return objects(rows.rows(i, partition));
            }
        }
        throw notRead("a shuffle");
    }

    /// The rows of one partition of a frame.
    Iterator<@Nullable Object[]> frame(Dependency.Frame frame, int partition) {
        int input = reads.indexOf(frame);
        if (input < 0) {
            throw notRead("a frame");
        }
        return rows.rows(input, partition);
    }

    /// The objects of one partition as they were kept; empty where they are to be computed.
    <T extends @Nullable Object> Optional<Iterator<T>> kept(Lineage<T> lineage, int partition) {
        for (int i = 0; i < reads.size(); i++) {
            if (reads.get(i) instanceof Dependency.Kept(var kept, var plan) && kept == lineage) {
                return Optional.of(objects(rows.rows(i, partition)));
            }
        }
        return Optional.empty();
    }

    /// Counts what was read from elsewhere.
    void read(long count, long size) {
        rows.read(count, size);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what was written there, which may be null
    private <T extends @Nullable Object> Iterator<T> objects(Iterator<@Nullable Object[]> read) {
        ObjectBytes.Reader reader = bytes.new Reader();
        return Items.each(read, row -> (T) reader.read((Binary) Objects.requireNonNull(row[1])));
    }

    private static EngineException notRead(String what) {
        return EngineException.internal(
                "a task asks for " + what + " that its stage does not read");
    }
}
