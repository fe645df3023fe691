package dev.vitrine.engine.event;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.error.SourceRange;
import java.util.Optional;

/// An error as views and recordings hold it.
///
/// @param place plan node, stage and task in words, or empty
/// @param pipelineNode id of the pipeline node it belongs to, or empty
public record ErrorInfo(
        String condition,
        String sqlState,
        ErrorFamily family,
        String message,
        String hint,
        Optional<SourceRange> where,
        String place,
        String pipelineNode) {

    public static ErrorInfo of(EngineException e) {
        return of(e, "", "");
    }

    public static ErrorInfo of(EngineException e, String place, String pipelineNode) {
        return new ErrorInfo(
                e.code().condition(),
                e.code().sqlState(),
                e.code().family(),
                String.valueOf(e.getMessage()),
                e.code().hint(),
                e.where(),
                place,
                pipelineNode);
    }
}
