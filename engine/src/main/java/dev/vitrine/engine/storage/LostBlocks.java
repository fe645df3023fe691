package dev.vitrine.engine.storage;

/// Blocks are gone with the executor that held them, or were lost by themselves. Not an error of
/// the query: what wrote them runs again.
public class LostBlocks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostBlocks(String what) {
        super(what, null, false, false);
    }

    /// For what was to be kept by an executor that is gone.
    public static LostBlocks of(BlockStore store) {
        return new LostBlocks(store.executor() + " is gone");
    }
}
