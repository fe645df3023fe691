package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which columns the plans of a query gave, for [Expr.InputColumn]s above them. A plan that stands
/// twice in the tree gave columns twice.
final class InputColumns {
    private final Map<LogicalPlan, List<List<Expr.Attribute>>> given = new IdentityHashMap<>();

    void gave(LogicalPlan plan, List<Expr.Attribute> columns) {
        given.computeIfAbsent(plan, key -> new ArrayList<>(1)).add(columns);
    }

    /// The attributes that a column can be, one for each place where its plan stands.
    @SuppressWarnings("SuspiciousMethodCalls") // every PlanNode of an InputColumn is a LogicalPlan
    Set<Long> ids(Expr.InputColumn column) {
        Set<Long> ids = new HashSet<>();
        for (List<Expr.Attribute> columns : given.getOrDefault(column.plan(), List.of())) {
            if (column.ordinal() < columns.size()) {
                ids.add(columns.get(column.ordinal()).id());
            }
        }
        return ids;
    }
}
