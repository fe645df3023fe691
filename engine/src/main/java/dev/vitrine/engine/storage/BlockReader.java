package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks one after the other, each brought back to memory when it is its turn. Used by one thread.
public final class BlockReader {
    private final List<Block> blocks;
    private final BatchAllocator allocator;
    private int next;

    /// @param allocator where spilled rows are put
    public BlockReader(List<Block> blocks, BatchAllocator allocator) {
        this.blocks = List.copyOf(blocks);
        this.allocator = allocator;
    }

    /// The next rows, which the caller closes; null at the end.
    public @Nullable Batch next() {
        return next == blocks.size() ? null : blocks.get(next++).pin(allocator);
    }

    /// Bytes of the largest block.
    public long largestBytes() {
        return blocks.stream().mapToLong(Block::sizeBytes).max().orElse(0);
    }
}
