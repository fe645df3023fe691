package dev.vitrine.engine.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Writes Java text line by line, indented by the braces written, and remembers which plan node
/// each line works for.
final class JavaSource {
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> nodes = new ArrayList<>();
    private int node;
    private int depth;

    /// Says for which plan node the next lines work, and opens them with a comment.
    void node(int id, String label) {
        node = id;
        line("// " + label.replace('\n', ' ') + " [node " + id + "]");
    }

    /// The next lines work for no node in particular.
    void noNode() {
        node = 0;
    }

    int currentNode() {
        return node;
    }

    void back(int id) {
        node = id;
    }

    void line(String text) {
        if (text.startsWith("}")) {
            depth--;
        }
        lines.add(text.isEmpty() ? "" : "    ".repeat(depth) + text);
        nodes.add(node);
        if (text.endsWith("{")) {
            depth++;
        }
    }

    void blank() {
        line("");
    }

    /// Appends another fragment at this one's depth.
    void append(JavaSource other) {
        for (int i = 0; i < other.lines.size(); i++) {
            String text = other.lines.get(i);
            lines.add(text.isEmpty() ? "" : "    ".repeat(depth) + text);
            nodes.add(other.nodes.get(i));
        }
    }

    <T> T finish(BiFunction<String, List<Integer>, T> result) {
        return result.apply(String.join("\n", lines) + "\n", List.copyOf(nodes));
    }
}
