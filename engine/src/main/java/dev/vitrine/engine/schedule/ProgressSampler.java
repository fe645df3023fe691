package dev.vitrine.engine.schedule;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.NodeCounters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The counters of a run: adds up those of tasks that have ended, and tells all of them with those
/// of running tasks. Used by the driver's thread.
final class ProgressSampler {
    private final RunEvents events;
    private final Executors executors;
    private final BatchAllocator allocator;
    private final Map<Integer, NodeCounters> finished = new TreeMap<>();

    ProgressSampler(RunEvents events, Executors executors, BatchAllocator allocator) {
        this.events = events;
        this.executors = executors;
        this.allocator = allocator;
    }

    /// Counters of the nodes of all tasks that have ended.
    List<NodeCounters> finished() {
        return List.copyOf(finished.values());
    }

    void add(List<NodeCounters> counters) {
        add(counters, finished);
    }

    private static void add(List<NodeCounters> counters, Map<Integer, NodeCounters> to) {
        for (NodeCounters c : counters) {
            to.merge(
                    c.nodeId(),
                    c,
                    (a, b) ->
                            new NodeCounters(
                                    a.nodeId(), a.rows() + b.rows(), a.batches() + b.batches()));
        }
    }

    void tell(Collection<StageRun> stages, List<BatchAllocator> memories) {
        List<EngineEvent.TaskProgress> tasks = new ArrayList<>();
        Map<Integer, NodeCounters> nodes = new HashMap<>(finished);
        for (StageRun stage : stages) {
            for (TaskRun run : stage.running()) {
                tasks.add(
                        new EngineEvent.TaskProgress(
                                stage.id(), run.task(), run.attempt(), run.counters()));
                if (!stage.wasCounted(run.task())) {
                    add(run.nodeCounters(), nodes);
                }
            }
        }
        events.progress(tasks, List.copyOf(nodes.values()));
        List<EngineEvent.MemoryUse> uses = new ArrayList<>();
        for (BatchAllocator memory : memories) {
            if (memory.usedBytes() > 0) {
                uses.add(new EngineEvent.MemoryUse(memory.owner(), memory.usedBytes()));
            }
        }
        for (Executor executor : executors.present()) {
            long cached = executor.blocks().cachedBytes();
            if (cached > 0) {
                uses.add(new EngineEvent.MemoryUse("cached rows on " + executor.name(), cached));
            }
        }
        uses.sort(Comparator.comparingLong(EngineEvent.MemoryUse::bytes).reversed());
        events.memory(uses, allocator.usedBytes(), allocator.limitBytes(), executors);
    }
}
