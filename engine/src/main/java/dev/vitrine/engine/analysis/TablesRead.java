package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;

/// Which tables an analyzed plan reads.
public final class TablesRead {
    private TablesRead() {}

    /// Whether the plan, its subqueries among it, reads files in the folder `location`.
    public static boolean reads(LogicalPlan plan, String location) {
        boolean[] found = {false};
        plan.forEach(node -> {
            if (node instanceof LogicalPlan.Scan scan) {
                String read = scan.source().description();
                found[0] |=
                        read.equals(location)
                                || read.startsWith(location + "/")
                                || read.startsWith(location + " [");
            }
            for (Expr expr : node.exprs()) {
                found[0] |= expr.any(e -> isQueryOf(e, location));
            }
        });
        return found[0];
    }

    private static boolean isQueryOf(Expr expr, String location) {
        return switch (expr) {
            case Expr.ScalarSubquery(var plan) -> reads((LogicalPlan) plan, location);
            case Expr.Exists(var plan) -> reads((LogicalPlan) plan, location);
            case Expr.InSubquery(var values, var plan) -> reads((LogicalPlan) plan, location);
            default -> false;
        };
    }
}
