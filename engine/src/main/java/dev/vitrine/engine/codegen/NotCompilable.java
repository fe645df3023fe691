package dev.vitrine.engine.codegen;

/// Says what generated code does not do, so that the segment is interpreted. Never leaves this
/// package.
final class NotCompilable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLong;

    NotCompilable(String what) {
        this(what, false);
    }

    private NotCompilable(String what, boolean tooLong) {
        super(what, null, false, false);
        this.tooLong = tooLong;
    }

    /// A method came out too long for the JIT: shorter ones may do.
    static NotCompilable tooLong(String method) {
        return new NotCompilable(
                "the method " + method + " as generated: it is too long for the JIT", true);
    }

    boolean isTooLong() {
        return tooLong;
    }

    /// What it was, in words.
    String what() {
        return String.valueOf(getMessage());
    }
}
