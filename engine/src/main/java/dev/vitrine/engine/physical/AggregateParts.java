package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateItem;
import java.util.List;
import java.util.function.Function;

/// The parts of a logical aggregate: what its input must give, its groups, its calls, its outputs.
record AggregateParts(
        List<Expr> inputs,
        boolean needsProject,
        List<Attribute> groups,
        List<AggregateItem> items,
        List<Expr> outputs,
        boolean distinct) {

    static AggregateParts of(
            LogicalPlan.Aggregate aggregate,
            PlanContext context,
            Function<Expr.AggregateCall, CallSite> site) {
        return new AggregateSplitter(aggregate, context, site).split();
    }
}
