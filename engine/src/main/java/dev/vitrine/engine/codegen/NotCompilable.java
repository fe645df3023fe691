package dev.vitrine.engine.codegen;

/// Says what generated code does not do, so that the segment is interpreted. Never leaves this
/// package.
final class NotCompilable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCompilable(String what) {
        super(what, null, false, false);
    }

    /// What it was, in words.
    String what() {
        return String.valueOf(getMessage());
    }
}
