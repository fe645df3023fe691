package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Scan;
import dev.vitrine.engine.logical.LogicalPlan.Union;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.spi.TableStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Columns in which a table's statistics count no NULL are no longer nullable, nor is what is
/// computed from them: compiled code then does without tests for NULL.
public record UpdateNullability() implements Rule {
    @Override
    public boolean wholePlan() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan root, RuleContext context) {
        return visit(root, context);
    }

    private static LogicalPlan visit(LogicalPlan plan, RuleContext context) {
        LogicalPlan below = plan.mapChildren(child -> visit(child, context));
        LogicalPlan changed =
                switch (below) {
                    case Scan scan -> scan(scan);
                    case Union union -> union(union);
                    default -> {
                        Map<Long, Boolean> nullable = new HashMap<>();
                        below.children()
                                .forEach(child ->
                                        child.output()
                                                .forEach(a -> nullable.put(a.id(), a.nullable())));
                        yield below.mapExprs(e -> e.transformUp(x -> updated(x, nullable)));
                    }
                };
        if (changed != plan) {
            context.plans().inherit(changed, plan);
        }
        return changed;
    }

    private static Expr updated(Expr expr, Map<Long, Boolean> nullable) {
        return expr instanceof Attribute a
                        && nullable.getOrDefault(a.id(), a.nullable()) != a.nullable()
                ? a.withNullable(!a.nullable())
                : expr;
    }

    private static LogicalPlan scan(Scan scan) {
        TableStatistics statistics = scan.source().statistics();
        List<Attribute> output = new ArrayList<>();
        boolean changed = false;
        for (Attribute a : scan.output()) {
            var column = statistics.columns().get(a.name());
            boolean never = column != null && column.nullCount().orElse(1) == 0;
            changed |= never && a.nullable();
            output.add(never ? a.withNullable(false) : a);
        }
        return changed ? new Scan(scan.source(), output, scan.filters(), scan.limit()) : scan;
    }

    private static LogicalPlan union(Union union) {
        List<Attribute> output = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < union.attributes().size(); i++) {
            Attribute a = union.attributes().get(i);
            boolean nullable = false;
            for (LogicalPlan input : union.inputs()) {
                nullable |= input.output().get(i).nullable();
            }
            changed |= nullable != a.nullable();
            output.add(a.withNullable(nullable));
        }
        return changed ? new Union(union.inputs(), union.byName(), output) : union;
    }
}
