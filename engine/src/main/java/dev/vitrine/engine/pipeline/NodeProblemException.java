package dev.vitrine.engine.pipeline;

/// Carries a [NodeProblem] out of [NodeKind#toPlan]; caught by [PipelinePlans].
final class NodeProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient NodeProblem problem;

    NodeProblemException(NodeProblem problem) {
        super(problem.message());
        this.problem = problem;
    }

    NodeProblem problem() {
        return problem;
    }
}
