package dev.vitrine.engine.schedule;

import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.BlockStore;
import java.util.List;

/// Takes what the tasks of a plan's last stage give, partition by partition, in place of a result.
public interface PartitionSink {
    /// How many slots scans are cut for: the same for every run of one plan, so that its partitions
    /// are the same.
    ///
    /// @param present slots that there are
    int slots(int present);

    /// Whether a task of the last stage is to run.
    ///
    /// @param tasks how many there are; the same in every call
    boolean wants(int task, int tasks);

    /// Takes over a task's rows, on the slot's thread; those of a second attempt are closed.
    ///
    /// @param store of the executor that it ran on
    /// @throws dev.vitrine.engine.storage.LostBlocks where that executor went
    void keep(int task, BlockStore store, List<Block> rows);
}
