package dev.vitrine.app.pipeline;

import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run as the canvas shows it: what each node of the pipeline has done so far. Made from a
/// snapshot, on any thread.
///
/// @param nodes by pipeline node id; nodes that the optimizer took away are not in it
/// @param error the message of the failure, by pipeline node id
public record RunProgress(
        long queryId, boolean running, Map<String, NodeProgress> nodes, Map<String, String> error) {
    public static final RunProgress NONE = new RunProgress(0, false, Map.of(), Map.of());

    public RunProgress {
        nodes = Map.copyOf(nodes);
        error = Map.copyOf(error);
    }

    /// What a node has done so far.
    ///
    /// @param rows rows the node has given out, or -1 where nobody counts them
    /// @param done from 0 to 1
    public record NodeProgress(RunState state, long rows, double done) {}

    public static RunProgress of(QuerySnapshot snapshot) {
        QuerySnapshot.PlanVersion physical = snapshot.plans().get(PlanPhase.PHYSICAL);
        Map<String, String> error = new HashMap<>();
        if (snapshot.outcome().orElse(null) instanceof QueryOutcome.Failed(var info)
                && !info.pipelineNode().isEmpty()) {
            error.put(info.pipelineNode(), info.message());
        }
        if (physical == null) {
            return new RunProgress(snapshot.queryId(), snapshot.running(), Map.of(), error);
        }
        Map<Integer, List<StageState>> stages = new HashMap<>();
        for (StageState stage : snapshot.stages()) {
            stage.nodeIds()
                    .forEach(id -> stages.computeIfAbsent(id, k -> new ArrayList<>()).add(stage));
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        Map<String, List<StageState>> at = new HashMap<>();
        // Parents come first: the first physical node of a pipeline node is the one whose rows it
        // gives out.
        physical.plan()
                .forEach(node -> {
                    if (!node.pipelineNode().isEmpty()) {
                        if (!rows.containsKey(node.pipelineNode())) {
                            rows.put(node.pipelineNode(), snapshot.rows(node.id()));
                        }
                        at.computeIfAbsent(node.pipelineNode(), k -> new ArrayList<>())
                                .addAll(stages.getOrDefault(node.id(), List.of()));
                    }
                });
        Map<String, NodeProgress> nodes = new HashMap<>();
        rows.forEach((id, count) ->
                nodes.put(id, progress(at.getOrDefault(id, List.of()), count, snapshot)));
        return new RunProgress(snapshot.queryId(), snapshot.running(), nodes, error);
    }

    /// How far a node is. One that the optimizer merged into a later node is as far as that one,
    /// and nobody counts its rows.
    public Optional<NodeProgress> node(PipelineDocument document, String id) {
        String at = id;
        for (int step = 0; step <= document.nodes().size(); step++) {
            NodeProgress known = nodes.get(at);
            if (known != null) {
                return Optional.of(
                        at.equals(id) ? known : new NodeProgress(known.state(), -1, known.done()));
            }
            List<PipelineDocument.Edge> after = document.outputs(at);
            if (after.isEmpty()) {
                break;
            }
            at = after.getFirst().to();
        }
        return Optional.empty();
    }

    private static NodeProgress progress(
            List<StageState> stages, long rows, QuerySnapshot snapshot) {
        if (snapshot.outcome().orElse(null) instanceof QueryOutcome.Succeeded) {
            return new NodeProgress(RunState.SUCCEEDED, rows, 1);
        }
        double done = 0;
        boolean started = false;
        boolean finished = !stages.isEmpty();
        RunState end = RunState.SUCCEEDED;
        for (StageState stage : stages) {
            boolean skipped = stage.state() == RunState.SKIPPED;
            done +=
                    skipped
                            ? 1
                            : stage.tasks() == 0 ? 0 : (double) stage.tasksDone() / stage.tasks();
            started |= stage.state() != RunState.WAITING && !skipped;
            finished &= stage.state() != RunState.WAITING && stage.state() != RunState.RUNNING;
            if (stage.state() == RunState.FAILED || stage.state() == RunState.CANCELLED) {
                end = stage.state();
            }
        }
        double share = stages.isEmpty() ? 0 : done / stages.size();
        if (!snapshot.running() && !finished) {
            return new NodeProgress(started ? RunState.CANCELLED : RunState.WAITING, rows, share);
        }
        return new NodeProgress(
                finished ? end : started ? RunState.RUNNING : RunState.WAITING, rows, share);
    }
}
