package dev.vitrine.engine.storage;

/// A task could not read an exchange because outputs of map tasks are lost. The task is not to
/// blame: it runs again once they are there.
public final class FetchFailed extends LostBlocks {
    private static final long serialVersionUID = 1L;

    private final int exchangeId;

    FetchFailed(int exchangeId) {
        super("Outputs of exchange " + exchangeId + " are lost");
        this.exchangeId = exchangeId;
    }

    public int exchangeId() {
        return exchangeId;
    }
}
