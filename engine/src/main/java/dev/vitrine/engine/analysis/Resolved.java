package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.List;

/// An analyzed plan and how its columns can be named: qualifiers and order live here, not in the
/// plan.
///
/// @param columns what `*` stands for; each is among the plan's output
/// @param hidden further output columns that only a qualified name reaches
record Resolved(LogicalPlan plan, List<Attribute> columns, List<Attribute> hidden) {
    Resolved {
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
    }

    static Resolved of(LogicalPlan plan) {
        return new Resolved(plan, plan.output(), List.of());
    }

    /// Another plan with the same columns as far as names go; its nullability counts.
    Resolved withPlan(LogicalPlan changed) {
        return new Resolved(changed, columns, hidden);
    }

    Resolved qualified(String qualifier) {
        return qualified(List.of(qualifier));
    }

    /// @param qualifier the names before a column's, outermost first
    Resolved qualified(List<String> qualifier) {
        return new Resolved(
                plan, columns.stream().map(c -> c.withQualifier(qualifier)).toList(), List.of());
    }

    /// Whether the plan's output is just the visible columns, in their order.
    boolean exact() {
        List<Attribute> output = plan.output();
        if (output.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < output.size(); i++) {
            if (output.get(i).id() != columns.get(i).id()) {
                return false;
            }
        }
        return true;
    }
}
