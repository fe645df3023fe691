package dev.vitrine.engine.analysis;

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
            node.forEachSubquery(subquery -> found[0] |= reads(subquery, location));
        });
        return found[0];
    }
}
