package dev.vitrine.engine.codegen;

/// A value in generated code.
///
/// @param code a variable or constant; evaluating it again costs nothing
/// @param isNull a boolean variable, or `false` where it is never NULL, or `true`
record JavaValue(String code, String isNull, JavaKind kind) {

    boolean neverNull() {
        return isNull.equals("false");
    }

    /// The upper and the lower word of a decimal, as two arguments.
    String words() {
        return kind == JavaKind.WIDE
                ? code + ".high, " + code + ".low"
                : "(long) " + code + " >> 63, (long) " + code;
    }
}
