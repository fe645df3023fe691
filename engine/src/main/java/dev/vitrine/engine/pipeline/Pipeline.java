package dev.vitrine.engine.pipeline;

/// A pipeline as it is saved: its logic, and apart from that its look.
public record Pipeline(PipelineDocument document, PipelineLayout layout) {
    public static Pipeline empty(String name) {
        return new Pipeline(PipelineDocument.empty(name), PipelineLayout.EMPTY);
    }
}
