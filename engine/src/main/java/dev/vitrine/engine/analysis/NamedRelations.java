package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The tables and views that an unresolved plan names: in subqueries and common tables too, but not
/// the names of common tables.
public final class NamedRelations {
    private final Set<List<String>> found = new LinkedHashSet<>();

    private NamedRelations() {}

    public static Set<List<String>> of(LogicalPlan plan) {
        NamedRelations names = new NamedRelations();
        names.collect(plan, Set.of());
        return names.found;
    }

    private void collect(LogicalPlan plan, Set<String> commonTables) {
        Set<String> visible = commonTables;
        if (plan instanceof LogicalPlan.UnresolvedRelation(var parts, var where)) {
            boolean common =
                    parts.size() == 1
                            && visible.contains(parts.getFirst().toLowerCase(Locale.ROOT));
            if (!common) {
                found.add(parts);
            }
        }
        if (plan instanceof LogicalPlan.With with) {
            visible = new HashSet<>(commonTables);
            for (LogicalPlan.With.Cte cte : with.ctes()) {
                if (with.recursive()) {
                    visible.add(cte.name().toLowerCase(Locale.ROOT));
                }
                collect(cte.plan(), visible);
                visible.add(cte.name().toLowerCase(Locale.ROOT));
            }
        }
        Set<String> inside = visible;
        plan.forEachSubquery(subquery -> collect(subquery, inside));
        for (LogicalPlan child : plan.children()) {
            collect(child, visible);
        }
    }
}
