package dev.vitrine.engine.batch;

import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;

/// One piece of Arrow memory taken through [Mem], so that the checked form knows its exact range.
final class MemAllocation extends AllocationManager {
    static final Factory FACTORY =
            new Factory() {
                @Override
                public AllocationManager create(BufferAllocator accounting, long size) {
                    return new MemAllocation(accounting, size);
                }

                @Override
                public ArrowBuf empty() {
                    return EMPTY;
                }
            };

    private static final ArrowBuf EMPTY =
            new ArrowBuf(ReferenceManager.NO_OP, null, 0, Mem.allocate(1));

    private final long size;
    private final long address;

    private MemAllocation(BufferAllocator accounting, long size) {
        super(accounting);
        this.size = size;
        this.address = FreeBlocks.take(size);
    }

    @Override
    public long getSize() {
        return size;
    }

    @Override
    protected long memoryAddress() {
        return address;
    }

    @Override
    protected void release0() {
        FreeBlocks.give(address, size);
    }
}
