package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.AnalyzedFrame;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/// Columns of a frame around, in the rows of a subquery or lateral join: what such rows are is
/// known only where they are used.
final class OuterColumns {
    /// The call that [Column#outer] stands for.
    static final String CALL = "outer column";

    private OuterColumns() {}

    /// What a plan gives, or empty where that is for a frame around to say.
    ///
    /// @throws EngineException with the first thing that is wrong
    static Optional<AnalyzedFrame> analyzed(
            Session session, LogicalPlan plan, Optional<AnalyzedFrame> below) {
        try {
            return Optional.of(session.frame(plan, below));
        } catch (EngineException e) {
            if (areIn(plan, Collections.newSetFromMap(new IdentityHashMap<>()))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean areIn(LogicalPlan plan, Set<LogicalPlan> visited) {
        return visited.add(plan)
                && (plan.exprs().stream().anyMatch(expr -> expr.any(OuterColumns::isOne))
                        || plan.children().stream().anyMatch(child -> areIn(child, visited)));
    }

    private static boolean isOne(Expr expr) {
        return expr instanceof Expr.UnresolvedFunction call && call.name().equals(CALL);
    }
}
