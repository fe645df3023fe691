package dev.vitrine.engine.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path into JSON: `$`, then `.name`, `['name']`, `[3]`, `[*]` or `.*`.
record JsonPath(List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile(
                    "\\.\\*|\\[\\s*\\*\\s*]|\\[\\s*'\\*'\\s*]"
                            + "|\\.([^.\\[]+)|\\['([^'?]+)'\\s*]|\\[\\s*(\\d+)\\s*]");

    /// One step: to a name, to an index, or (neither) to all there is.
    record Step(Optional<String> name, Optional<Integer> index) {}

    JsonPath {
        steps = List.copyOf(steps);
    }

    /// The path that a text is, or empty.
    static Optional<JsonPath> of(String text) {
        if (!text.startsWith("$")) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 1;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            Optional<String> name =
                    Optional.ofNullable(
                            matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            try {
                steps.add(
                        new Step(
                                name, Optional.ofNullable(matcher.group(3)).map(Integer::valueOf)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
            at = matcher.end();
        }
        return Optional.of(new JsonPath(steps));
    }

    /// What the path leads to as text: strings bare, several matches as an array.
    Optional<String> find(JsonNode root) {
        List<JsonNode> found = new ArrayList<>();
        boolean several = false;
        for (Step step : steps) {
            several |= step.name().isEmpty() && step.index().isEmpty();
        }
        walk(root, 0, found);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            List<String> texts = found.stream().map(JsonText::print).toList();
            return Optional.of("[" + String.join(",", texts) + "]");
        }
        JsonNode one = found.getFirst();
        if (one.isTextual() && !several) {
            return Optional.of(one.textValue());
        }
        return one.isNull() && !several ? Optional.empty() : Optional.of(JsonText.print(one));
    }

    private void walk(JsonNode node, int at, List<JsonNode> found) {
        if (at == steps.size()) {
            found.add(node);
            return;
        }
        Step step = steps.get(at);
        if (step.name().isPresent()) {
            if (node.isArray()) {
                // A name asks each struct of an array.
                node.forEach(item -> {
                    if (item.isObject()) {
                        walk(item, at, found);
                    }
                });
            } else if (node.get(step.name().get()) != null) {
                walk(node.get(step.name().get()), at + 1, found);
            }
        } else if (step.index().isPresent()) {
            if (node.isArray() && node.get(step.index().get()) != null) {
                walk(node.get(step.index().get()), at + 1, found);
            }
        } else if (node.isArray() || node.isObject()) {
            node.forEach(item -> walk(item, at + 1, found));
        }
    }
}
