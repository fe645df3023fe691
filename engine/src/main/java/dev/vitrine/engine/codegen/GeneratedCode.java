package dev.vitrine.engine.codegen;

import java.util.List;

/// A generated class as its users see it.
///
/// @param source the text that was compiled
/// @param lineNodes for each line of the source, the plan node it works for, or 0
/// @param cached whether the class was compiled before for another stage of the same shape
/// @param problem why it could not be compiled, or empty
public record GeneratedCode(
        String className,
        String source,
        List<Integer> lineNodes,
        long compileNanos,
        boolean cached,
        String problem) {
    public GeneratedCode {
        lineNodes = List.copyOf(lineNodes);
    }

    /// The node that line `line` (from 1) works for, or 0.
    int nodeAt(int line) {
        return line >= 1 && line <= lineNodes.size() ? lineNodes.get(line - 1) : 0;
    }
}
