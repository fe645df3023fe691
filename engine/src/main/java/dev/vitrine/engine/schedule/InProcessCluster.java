package dev.vitrine.engine.schedule;

import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.storage.BlockStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Executors that are threads of this process. Those of a local cluster are replaced when they are
/// lost, up to a number of times.
final class InProcessCluster implements ClusterManager {
    private final Master master;
    private final MemoryArbiter arbiter;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger replacements;

    /// @param replacements how many lost executors are replaced
    InProcessCluster(Master master, MemoryArbiter arbiter, int replacements) {
        this.master = master;
        this.arbiter = arbiter;
        this.replacements = new AtomicInteger(replacements);
    }

    @Override
    public List<Executor> start() {
        int count =
                switch (master) {
                    case Master.Local local -> 1;
                    case Master.LocalCluster cluster -> cluster.executors();
                };
        return IntStream.range(0, count).mapToObj(i -> grant()).toList();
    }

    private Executor grant() {
        String name = "executor-" + made.incrementAndGet();
        return switch (master) {
            case Master.Local local ->
                    new Executor(
                            name, local.slots(), new BlockStore(name, arbiter, Long.MAX_VALUE));
            case Master.LocalCluster cluster ->
                    new Executor(
                            name,
                            cluster.slots(),
                            new BlockStore(name, arbiter, (long) cluster.memoryMebibytes() << 20));
        };
    }

    @Override
    public Optional<Executor> replace(Executor lost) {
        return canLose() && replacements.getAndDecrement() > 0
                ? Optional.of(grant())
                : Optional.empty();
    }

    @Override
    public void release(Executor executor) {
        executor.end();
    }

    @Override
    public boolean canLose() {
        return master instanceof Master.LocalCluster;
    }
}
