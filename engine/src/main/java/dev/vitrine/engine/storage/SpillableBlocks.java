package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.memory.Spillable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Blocks that are spilled to one file: those of an exchange, or of a result. Partitions that are
/// read last are spilled first. Safe for many threads.
public final class SpillableBlocks implements Spillable, AutoCloseable {
    private final MemoryArbiter arbiter;
    private final NavigableMap<Integer, Set<Block>> inMemory = new TreeMap<>();
    private final Object spilling = new Object();
    private @Nullable SpillFile file;
    private volatile boolean closed;

    public SpillableBlocks(MemoryArbiter arbiter) {
        this.arbiter = arbiter;
        arbiter.register(this);
    }

    /// Takes over the caller's reference to a batch.
    ///
    /// @param partition in the order of reading
    /// @throws LostBlocks where this is closed; the batch is then closed too
    public Block keep(int partition, Batch batch) {
        Block block = new Block(this, partition, batch);
        synchronized (inMemory) {
            if (!closed) {
                inMemory.computeIfAbsent(partition, p -> new HashSet<>()).add(block);
                return block;
            }
        }
        batch.close();
        throw new LostBlocks("Rows were kept where none are kept any more");
    }

    boolean isClosed() {
        return closed;
    }

    void forget(Block block) {
        synchronized (inMemory) {
            Set<Block> partition = inMemory.get(block.partition());
            if (partition != null) {
                partition.remove(block);
            }
        }
    }

    private List<Block> lastFirst() {
        List<Block> blocks = new ArrayList<>();
        synchronized (inMemory) {
            inMemory.descendingMap().values().forEach(blocks::addAll);
        }
        return blocks;
    }

    @Override
    public long spillableBytes() {
        return lastFirst().stream().mapToLong(Block::spillableBytes).sum();
    }

    @Override
    public long spill(long wanted) {
        synchronized (spilling) {
            long freed = 0;
            for (Block block : lastFirst()) {
                if (freed >= wanted || closed) {
                    break;
                }
                if (block.spillableBytes() > 0) {
                    if (file == null) {
                        file = arbiter.newFile(block.schema());
                    }
                    long bytes = block.spill(file);
                    freed += bytes;
                    if (bytes > 0) {
                        forget(block);
                    }
                }
            }
            return freed;
        }
    }

    /// Lets go of all blocks and deletes the file.
    @Override
    public void close() {
        arbiter.unregister(this);
        synchronized (spilling) {
            synchronized (inMemory) {
                closed = true;
            }
            lastFirst().forEach(Block::close);
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}
