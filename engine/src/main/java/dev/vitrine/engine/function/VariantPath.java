package dev.vitrine.engine.function;

import dev.vitrine.engine.types.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path into a VARIANT: `$`, then `.name`, `['name']`, `["name"]` or `[3]`.
record VariantPath(List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]'\"]+)|\\['([^']*)']|\\[\"([^\"]*)\"]|\\[(\\d{1,9})]");

    /// One step: to a field, or to an element.
    sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    VariantPath {
        steps = List.copyOf(steps);
    }

    /// The path that a text is, or empty.
    static Optional<VariantPath> of(String text) {
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
            if (matcher.group(4) != null) {
                steps.add(new Step.Index(Integer.parseInt(matcher.group(4))));
            } else {
                String bare = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                steps.add(new Step.Name(bare != null ? bare : matcher.group(3)));
            }
            at = matcher.end();
        }
        return Optional.of(new VariantPath(steps));
    }

    Optional<Variant> find(Variant root) {
        Variant at = root;
        for (Step step : steps) {
            Optional<Variant> next =
                    switch (step) {
                        case Step.Name(var name) ->
                                at.kind() == Variant.Kind.OBJECT
                                        ? at.field(name)
                                        : Optional.empty();
                        case Step.Index(int index) ->
                                at.kind() == Variant.Kind.ARRAY && index < at.size()
                                        ? Optional.of(at.element(index))
                                        : Optional.empty();
                    };
            if (next.isEmpty()) {
                return next;
            }
            at = next.get();
        }
        return Optional.of(at);
    }
}
