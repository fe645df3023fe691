package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.BlockStore;
import java.util.function.BooleanSupplier;

/// What one task attempt has at hand.
///
/// @param allocator memory of this attempt; what is left in it at the end is an error, but for
///   committed blocks
/// @param shared what all tasks of the stage share
public record TaskContext(
        int task,
        int attempt,
        Settings settings,
        BatchAllocator allocator,
        BlockStore blocks,
        StageContext shared,
        TaskMetrics metrics,
        BooleanSupplier cancelled) {

    /// Ends the task if its query was cancelled; called at least every 1,024 rows.
    public void check() {
        if (cancelled.getAsBoolean()) {
            throw new TaskCancelled();
        }
    }

    public int batchRows() {
        return settings.getInt(Settings.BATCH_ROWS);
    }
}
