package dev.vitrine.engine.expr;

import java.util.List;

/// A query plan as an expression sees it: what a subquery holds. Logical plans are the only ones.
public interface PlanNode {
    /// The attributes that rows of this plan have, in order; only for analyzed plans.
    List<Expr.Attribute> output();
}
