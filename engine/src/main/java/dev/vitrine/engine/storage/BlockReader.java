package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks one after the other, each brought back to memory when it is its turn. Used by one thread.
public final class BlockReader {
    private final int exchangeId;
    private final List<Block> blocks;
    private final BatchAllocator allocator;
    private int next;

    /// @param allocator where spilled rows are put
    BlockReader(int exchangeId, List<Block> blocks, BatchAllocator allocator) {
        this.exchangeId = exchangeId;
        this.blocks = List.copyOf(blocks);
        this.allocator = allocator;
    }

    /// The next rows, which the caller closes; null at the end.
    ///
    /// @throws FetchFailed where they are lost
    public @Nullable Batch next() {
        if (next == blocks.size()) {
            return null;
        }
        try {
            return blocks.get(next++).pin(allocator);
        } catch (LostBlocks e) {
            throw new FetchFailed(exchangeId);
        }
    }

    /// Bytes of the largest block.
    public long largestBytes() {
        return blocks.stream().mapToLong(Block::sizeBytes).max().orElse(0);
    }
}
