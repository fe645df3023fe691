package dev.vitrine.engine.memory;

/// Something that holds memory which it can do without.
public interface Spillable {
    /// Bytes that [#spill] would free now; 0 while it cannot. Asked by any thread at any time, so a
    /// figure that is a little old will do.
    long spillableBytes();

    /// Writes rows away and frees what they took.
    ///
    /// Called in the middle of an allocation: by the thread of the task that registered it, or by
    /// any thread for one that is shared. One that is itself at work does nothing.
    ///
    /// @param wanted bytes to free; more or fewer may be
    /// @return bytes let go of; 0 where nothing could be
    long spill(long wanted);
}
