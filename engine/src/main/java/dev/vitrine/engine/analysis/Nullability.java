package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Brings columns' nullability up to date with the plan they come from.
final class Nullability {
    private Nullability() {}

    /// `columns`, each as nullable as the attribute of its id in `output`.
    static List<Attribute> asIn(List<Attribute> output, List<Attribute> columns) {
        Map<Long, Boolean> nullable = new HashMap<>();
        output.forEach(a -> nullable.put(a.id(), a.nullable()));
        return columns.stream()
                .map(c -> c.withNullable(nullable.getOrDefault(c.id(), c.nullable())))
                .toList();
    }
}
