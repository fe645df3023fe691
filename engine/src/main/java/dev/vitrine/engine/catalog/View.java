package dev.vitrine.engine.catalog;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import java.util.Locale;

/// A temporary view: a name for an unresolved plan, analyzed anew wherever it is used.
///
/// @param kind `view`, or `file` for a view over files
/// @param description the query's text, or the path
/// @param database where the plan looks for tables without a database
/// @param global whether it lies in `global_temp`
public record View(
        String name,
        String kind,
        LogicalPlan plan,
        PlanContext context,
        String description,
        String database,
        boolean global)
        implements Relation {
    /// The database of global temporary views.
    public static final String GLOBAL = "global_temp";

    public View(
            String name, String kind, LogicalPlan plan, PlanContext context, String description) {
        this(name, kind, plan, context, description, Warehouse.DEFAULT, false);
    }

    @Override
    public String key() {
        return (global ? "`" + GLOBAL + "`.`" : "`") + name.toLowerCase(Locale.ROOT) + "`";
    }
}
