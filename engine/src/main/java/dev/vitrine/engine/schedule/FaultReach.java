package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.storage.MapOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What faults reach of one query: the outputs of its stages that are still needed.
record FaultReach(StageBook stages, MapOutputs outputs, RunEvents events)
        implements FaultBench.Reach {
    @Override
    public List<int[]> outputs(int stage) {
        List<int[]> found = new ArrayList<>();
        for (StageRun run : stages.runs()) {
            Optional<PhysicalPlan.Exchange> exchange = run.stage().output();
            if (exchange.isPresent()
                    && (stage < 0 || run.id() == stage)
                    && stages.isNeeded(run.stage())) {
                outputs.tasks(exchange.get().id())
                        .forEach(task -> found.add(new int[] {run.id(), task}));
            }
        }
        return found;
    }

    @Override
    public void lose(int stage, int task, String reason) {
        StageRun run = stages.run(stage);
        String executor = outputs.lose(run.stage().output().orElseThrow().id(), task);
        run.checkOutputs();
        events.lost(run, List.of(task), executor, reason);
    }
}
