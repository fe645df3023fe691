package dev.vitrine.engine.codegen;

/// The loop over a step's rows that most generated methods are: over the selection vector, or over
/// a range of the batch where nothing has been selected yet. Its body has the row in `row`, and in
/// `i` the row's place in the selection vector.
final class RowLoop {
    private RowLoop() {}

    /// The parameters of a method that has such a loop.
    static String parameters(boolean selected) {
        return selected ? "(int n)" : "(int from, int to)";
    }

    /// The arguments for such a method.
    static String arguments(boolean selected) {
        return selected ? "(n)" : "(from, to)";
    }

    /// The number of the row within the step.
    static String index(boolean selected) {
        return selected ? "i" : "row - from";
    }

    static void open(JavaSource method, boolean selected) {
        if (selected) {
            method.line("for (int i = 0; i < n; i++) {");
            method.line("int row = sel[i];");
        } else {
            method.line("for (int row = from; row < to; row++) {");
        }
    }
}
