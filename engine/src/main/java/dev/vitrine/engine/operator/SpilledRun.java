package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.memory.SpillFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// A sorted run in a spill file.
final class SpilledRun {
    private final SpillFile file;
    private final TaskContext context;
    private final List<SpillFile.Place> places = new ArrayList<>();
    private long batchBytes;

    SpilledRun(SpillFile file, TaskContext context) {
        this.file = file;
        this.context = context;
    }

    /// Writes the next rows, which stay the caller's.
    void add(Batch batch) {
        places.add(file.write(batch));
        batchBytes = Math.max(batchBytes, batch.sizeBytes());
    }

    /// The run for reading, once all is written.
    RunMerger.Run run() {
        Iterator<SpillFile.Place> next = List.copyOf(places).iterator();
        return new RunMerger.Run(
                () -> next.hasNext() ? file.read(next.next(), context.allocator()) : null,
                batchBytes);
    }
}
