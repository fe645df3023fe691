package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.memory.TaskMemory;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.MapOutputs;
import java.util.function.BooleanSupplier;

/// What one task attempt has at hand.
///
/// @param allocator memory of this attempt; what is left in it at the end is an error, but for
///   committed blocks
/// @param blocks where its executor keeps blocks
/// @param outputs what other stages wrote, and what this attempt commits to
/// @param memory what the attempt may hold, and frees where it is short
/// @param shared what all tasks of the stage share
public record TaskContext(
        int task,
        int attempt,
        Settings settings,
        BatchAllocator allocator,
        BlockStore blocks,
        MapOutputs outputs,
        StageContext shared,
        TaskMetrics metrics,
        TaskMemory memory,
        BooleanSupplier cancelled) {
    private static final int LEAST_ROWS = 1024;

    /// Bytes that a row may well take.
    private static final long ROW_BYTES = 256;

    /// Ends the task if its query was cancelled, and frees memory that others need; called at least
    /// every 1,024 rows.
    public void check() {
        if (cancelled.getAsBoolean()) {
            throw new TaskCancelled();
        }
        memory.check();
    }

    /// Rows that a batch should have at most: fewer than the setting's where memory is tight.
    public int batchRows() {
        int fitting = Math.clamp(memory.share() / ROW_BYTES, LEAST_ROWS, Integer.MAX_VALUE);
        return Math.min(settings.getInt(Settings.BATCH_ROWS), fitting);
    }
}
