package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.error.SourceRange;
import java.util.Optional;

/// Something that keeps a node from running, found without running it.
///
/// @param nodeId the node, or empty for the document as a whole
/// @param field id of the form field it lies in, or empty
/// @param message one sentence
/// @param hint what to do
/// @param where place in the field's text, where known
public record NodeProblem(
        String nodeId, String field, String message, String hint, Optional<SourceRange> where) {

    public static NodeProblem of(String nodeId, String field, String message, String hint) {
        return new NodeProblem(nodeId, field, message, hint, Optional.empty());
    }
}
