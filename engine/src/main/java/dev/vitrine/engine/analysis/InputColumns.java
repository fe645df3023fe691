package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which columns the plans of a query gave, for [Expr.InputColumn]s above them. A plan that stands
/// twice in the tree gave columns twice.
final class InputColumns {
    private final IdentityHashMap<LogicalPlan, List<List<Expr.Attribute>>> given =
            new IdentityHashMap<>();

    private final Optional<InputColumns> below;

    InputColumns(Optional<InputColumns> below) {
        this.below = below;
    }

    void gave(LogicalPlan plan, List<Expr.Attribute> columns) {
        given.computeIfAbsent(plan, key -> new ArrayList<>(1)).add(columns);
    }

    /// The attributes that a column can be, one for each place where its plan stands.
    @SuppressWarnings("SuspiciousMethodCalls") // every PlanNode of an InputColumn is a LogicalPlan
    Set<Long> ids(Expr.InputColumn column) {
        for (Optional<InputColumns> at = Optional.of(this); at.isPresent(); at = at.get().below) {
            List<List<Expr.Attribute>> found = at.get().given.get(column.plan());
            if (found != null) {
                Set<Long> ids = new HashSet<>();
                for (List<Expr.Attribute> columns : found) {
                    if (column.ordinal() < columns.size()) {
                        ids.add(columns.get(column.ordinal()).id());
                    }
                }
                return ids;
            }
        }
        return Set.of();
    }
}
