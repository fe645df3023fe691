package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/// Turns what a task threw into an error that says which node, stage and task it happened in.
public final class FailurePlace {
    private final IntFunction<String> pipelineNode;

    /// @param pipelineNode the pipeline document's node of a physical node, or empty
    public FailurePlace(IntFunction<String> pipelineNode) {
        this.pipelineNode = pipelineNode;
    }

    EngineException place(@Nullable Throwable failure, TaskRun run) {
        return switch (failure) {
            case EngineException e -> e;
            case OutOfMemoryException e ->
                    new EngineException(
                            ErrorCode.MEMORY_LIMIT,
                            Map.of(
                                    "operator", run.operator(),
                                    "requestedBytes", "some",
                                    "usedBytes", run.stage().memory().sessionBytes(),
                                    "limitBytes", run.stage().limitBytes()),
                            null,
                            e);
            case OutOfMemoryError e ->
                    new EngineException(
                            ErrorCode.MEMORY_LIMIT,
                            Map.of(
                                    "operator", run.operator(),
                                    "requestedBytes", "heap",
                                    "usedBytes", Runtime.getRuntime().totalMemory(),
                                    "limitBytes", Runtime.getRuntime().maxMemory()),
                            null,
                            e);
            case StackOverflowError e ->
                    new EngineException(ErrorCode.STATEMENT_TOO_COMPLEX, Map.of(), null, e);
            case null -> EngineException.internal("a task ended without a reason");
            default ->
                    EngineException.internal(
                            failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                            failure);
        };
    }

    ErrorInfo info(EngineException error, TaskRun run) {
        int nodeId = run.failedNode(error);
        Optional<PhysicalPlan> node = run.stage().node(nodeId);
        String where =
                node.map(n -> PhysicalPlanTree.label(n) + " [" + n.id() + "], ").orElse("")
                        + "stage "
                        + run.stage().id()
                        + ", task "
                        + run.task()
                        + " ("
                        + run.input()
                        + ")";
        return ErrorInfo.of(error, where, nodeId == 0 ? "" : pipelineNode.apply(nodeId));
    }
}
