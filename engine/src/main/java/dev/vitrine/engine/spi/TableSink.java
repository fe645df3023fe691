package dev.vitrine.engine.spi;

import dev.vitrine.engine.batch.Batch;

/// A place that tasks write rows to. Nothing is seen by readers before [#commit].
public interface TableSink {
    /// For people: format and path.
    String description();

    /// Checks that it can be written and prepares it; throws PATH_ALREADY_EXISTS where the save
    /// mode forbids.
    void begin();

    /// A writer for one attempt of one task; called on the task's thread.
    Writer writer(int task, int attempt);

    /// Makes what `committed` tasks wrote visible at once. Called once.
    void commit();

    /// Removes whatever was written. Called instead of [#commit].
    void abort();

    /// One task's output.
    interface Writer {
        /// Writes the rows; the caller keeps the batch.
        void write(Batch batch);

        /// Completes the task's output; the first attempt to do so counts.
        ///
        /// @return bytes written
        long commit();

        /// Throws the task's output away.
        void abort();
    }
}
