package dev.vitrine.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/// Prints JSON for people and line-based tools: short leaves on one line, everything else one
/// member a line.
final class JsonPrinter {
    private static final int WIDTH = 96;

    private JsonPrinter() {}

    static String print(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        append(text, tree, 0);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode tree, int depth) {
        if (!tree.isContainerNode()) {
            text.append(tree);
            return;
        }
        if (tree.isEmpty()) {
            text.append(tree.isArray() ? "[]" : "{}");
            return;
        }
        String line = depth < 2 ? "" : oneLine(tree);
        if (depth >= 2 && depth * 2 + line.length() <= WIDTH && !isBlock(tree)) {
            text.append(line);
            return;
        }
        String indent = "  ".repeat(depth + 1);
        text.append(tree.isArray() ? "[" : "{");
        String separator = "\n";
        for (Member member : members(tree)) {
            text.append(separator).append(indent).append(member.prefix);
            append(text, member.value, depth + 1);
            separator = ",\n";
        }
        text.append('\n').append("  ".repeat(depth)).append(tree.isArray() ? ']' : '}');
    }

    /// A node of a pipeline, which always gets a block of its own.
    private static boolean isBlock(JsonNode tree) {
        return tree.has("kind") && tree.has("id");
    }

    private static String oneLine(JsonNode tree) {
        if (!tree.isContainerNode()) {
            return tree.toString();
        }
        List<String> parts = new ArrayList<>();
        members(tree).forEach(member -> parts.add(member.prefix + oneLine(member.value)));
        return tree.isArray()
                ? "[" + String.join(", ", parts) + "]"
                : "{" + String.join(", ", parts) + "}";
    }

    private static List<Member> members(JsonNode tree) {
        List<Member> members = new ArrayList<>();
        if (tree instanceof ArrayNode) {
            tree.forEach(item -> members.add(new Member("", item)));
        } else {
            tree.properties()
                    .forEach(entry -> {
                        String key =
                                tree.isObject()
                                        ? new com.fasterxml.jackson.databind.node.TextNode(
                                                        entry.getKey())
                                                .toString()
                                        : "";
                        members.add(new Member(key + ": ", entry.getValue()));
                    });
        }
        return members;
    }

    private record Member(String prefix, JsonNode value) {}
}
