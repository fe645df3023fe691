package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.JoinRange;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.List;
import java.util.Optional;

/// A join as generated code sees it: a look-up of each row in a table of the build side. A nested
/// loop is a look-up without keys, which finds every row, or those in a range.
///
/// @param node the join
/// @param keys empty for nested loops
/// @param range where a nested loop looks
public record JoinProbe(
        PhysicalPlan node,
        PhysicalPlan build,
        JoinType type,
        List<PhysicalPlan.JoinKey> keys,
        Optional<Expr> condition,
        Optional<JoinRange> range) {
    static JoinProbe of(PhysicalPlan.HashJoin join) {
        return new JoinProbe(
                join,
                join.right(),
                join.joinType(),
                join.keys(),
                join.condition(),
                Optional.empty());
    }

    static JoinProbe of(PhysicalPlan.NestedLoopJoin join) {
        return new JoinProbe(
                join, join.right(), join.joinType(), List.of(), join.condition(), join.range());
    }
}
