package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.logical.PlanContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A second copy of a plan with attribute ids of its own, so that both can stand in one query.
public final class FreshIds {
    private final PlanContext context;
    private final Map<Long, Long> renamed = new HashMap<>();

    private FreshIds(PlanContext context) {
        this.context = context;
    }

    /// The copy; its columns are in the order of the original's.
    public static LogicalPlan copy(LogicalPlan plan, PlanContext context) {
        return new FreshIds(context).copy(plan);
    }

    private LogicalPlan copy(LogicalPlan plan) {
        LogicalPlan below = plan.mapChildren(this::copy);
        LogicalPlan own =
                switch (below) {
                    case Scan(var source, var output, var filters, var limit) ->
                            new Scan(source, fresh(output), filters, limit);
                    case LocalRelation(var output, var rows) ->
                            new LocalRelation(fresh(output), rows);
                    case Range(var id, long start, long end, long step) ->
                            new Range(fresh(List.of(id)).getFirst(), start, end, step);
                    case Union(var inputs, boolean byName, var attributes) ->
                            new Union(inputs, byName, fresh(attributes));
                    case Expand(var input, var projections, var attributes) ->
                            // What the projections read are names below the new ones.
                            new Expand(
                                    input,
                                    projections.stream()
                                            .map(p -> p.stream().map(this::copy).toList())
                                            .toList(),
                                    fresh(attributes));
                    case Generate(var input, var generator, boolean outer, var added) ->
                            new Generate(input, generator, outer, fresh(added));
                    case MapRows(var input, var function, var reads, int keys, var made) ->
                            // What it reads are names below the new ones.
                            new MapRows(
                                    input,
                                    function,
                                    reads.stream().map(this::copy).toList(),
                                    keys,
                                    fresh(made));
                    case PartitionRows(var inputs, var function, var made) ->
                            new PartitionRows(inputs, function, fresh(made));
                    default -> below;
                };
        LogicalPlan copied = own.mapExprs(this::copy);
        context.mark(copied, context.origin(plan));
        return copied;
    }

    private Expr copy(Expr expr) {
        return switch (expr) {
            case Attribute a -> renamed(a);
            case Expr.OuterReference(var a) -> new Expr.OuterReference(renamed(a));
            case Expr.Alias(var input, var name, long id) ->
                    new Expr.Alias(copy(input), name, fresh(id));
            default -> expr.mapChildren(this::copy);
        };
    }

    private Attribute renamed(Attribute a) {
        Long id = renamed.get(a.id());
        return id == null ? a : new Attribute(id, a.name(), a.type(), a.nullable(), a.qualifier());
    }

    private List<Attribute> fresh(List<Attribute> attributes) {
        attributes.forEach(a -> fresh(a.id()));
        return attributes.stream().map(this::renamed).toList();
    }

    private long fresh(long id) {
        long made = context.newAttributeId();
        renamed.put(id, made);
        return made;
    }
}
