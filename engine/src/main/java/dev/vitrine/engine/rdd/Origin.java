package dev.vitrine.engine.rdd;

import java.lang.StackWalker.StackFrame;

/// An operation that a program asked for, and the line that did.
///
/// @param place `Main.java:12`, or empty where it is not known
record Origin(String operation, String place) {
    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /// The operation that the nearest caller outside the engine asks for.
    static Origin here(String operation) {
        return new Origin(
                operation,
                WALKER.walk(frames ->
                        frames.filter(Origin::isUsers).findFirst().map(Origin::line).orElse("")));
    }

    private static boolean isUsers(StackFrame frame) {
        var code = frame.getDeclaringClass().getProtectionDomain().getCodeSource();
        return code != null && !code.equals(Origin.class.getProtectionDomain().getCodeSource());
    }

    private static String line(StackFrame frame) {
        return frame.getFileName() == null
                ? frame.getClassName()
                : frame.getFileName() + ":" + frame.getLineNumber();
    }

    /// `map at Main.java:12`.
    String text() {
        return place.isEmpty() ? operation : operation + " at " + place;
    }

    /// The program's function in this operation.
    UserCode code(String signature, String result) {
        return new UserCode(text(), signature, result);
    }
}
