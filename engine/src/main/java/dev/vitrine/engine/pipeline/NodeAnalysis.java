package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Optional;

/// What is known of a node without running it.
///
/// @param schema columns it gives; empty where it or a node before it has problems. A sink has its
///   input's columns
/// @param problems this node's own
/// @param blocked whether it only waits for nodes before it to be put right
public record NodeAnalysis(
        String nodeId, Optional<Schema> schema, List<NodeProblem> problems, boolean blocked) {
    public NodeAnalysis {
        problems = List.copyOf(problems);
    }
}
