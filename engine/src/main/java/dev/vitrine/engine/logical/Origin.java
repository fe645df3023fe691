package dev.vitrine.engine.logical;

import dev.vitrine.engine.error.SourceRange;
import java.util.Optional;

/// Where a plan node came from: a range of the SQL text, a node of a pipeline document, or both.
public record Origin(Optional<SourceRange> sql, Optional<String> pipelineNode) {
    public static final Origin NONE = new Origin(Optional.empty(), Optional.empty());

    public static Origin ofSql(SourceRange range) {
        return new Origin(Optional.of(range), Optional.empty());
    }

    public static Origin ofPipelineNode(String id) {
        return new Origin(Optional.empty(), Optional.of(id));
    }
}
