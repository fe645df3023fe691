package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/// `Filter(Join LeftOuter(x, y), y.a > 1)` becomes `Filter(Join Inner(x, y), y.a > 1)`: a condition
/// that no row of NULLs fulfils makes the rows that the outer join adds pointless.
public record EliminateOuterJoin() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Filter(Join join, var predicate))) {
            return node;
        }
        ZoneId zone = context.settings().timeZone();
        boolean left = rejectsNulls(predicate, join.left(), zone);
        boolean right = rejectsNulls(predicate, join.right(), zone);
        JoinType type =
                switch (join.joinType()) {
                    case LEFT_OUTER -> right ? JoinType.INNER : JoinType.LEFT_OUTER;
                    case RIGHT_OUTER -> left ? JoinType.INNER : JoinType.RIGHT_OUTER;
                    case FULL_OUTER ->
                            left && right
                                    ? JoinType.INNER
                                    : left
                                            ? JoinType.LEFT_OUTER
                                            : right ? JoinType.RIGHT_OUTER : JoinType.FULL_OUTER;
                    default -> join.joinType();
                };
        return type == join.joinType()
                ? node
                : new Filter(
                        new Join(join.left(), join.right(), type, join.condition()), predicate);
    }

    /// Whether some term is never true where all columns of `side` are NULL.
    private static boolean rejectsNulls(Expr predicate, LogicalPlan side, ZoneId zone) {
        Set<Long> ids = new HashSet<>();
        side.output().forEach(a -> ids.add(a.id()));
        for (Expr term : Expr.conjuncts(predicate)) {
            boolean rejects =
                    switch (term) {
                        case Expr.Comparison(var op, var l, var r)
                                when op != Expr.ComparisonOp.NULL_SAFE_EQ ->
                                nullWith(l, ids) || nullWith(r, ids);
                        case Expr.Not(Expr.IsNull(var input)) -> nullWith(input, ids);
                        case Expr.Like like -> nullWith(like.value(), ids);
                        case Expr.In(var value, var options) -> nullWith(value, ids);
                        default -> false;
                    };
            if (rejects || isNotTrue(term, ids, zone)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a condition on nothing but `ids` is false or NULL where they are all NULL.
    private static boolean isNotTrue(Expr term, Set<Long> ids, ZoneId zone) {
        Set<Long> read = term.references();
        if (read.isEmpty()
                || !ids.containsAll(read)
                || !term.deterministic()
                || term.any(e -> e instanceof Expr.Subquery || e instanceof Expr.OuterReference)) {
            return false;
        }
        Expr constant =
                term.transformUp(
                        e -> e instanceof Expr.Attribute a ? Expr.Literal.nullOf(a.type()) : e);
        try {
            return !Boolean.TRUE.equals(ExprEvaluator.constant(constant, zone));
        } catch (EngineException e) {
            // It fails for such rows, which is to stay so.
            return false;
        }
    }

    /// Whether `expr` is NULL where the columns of `ids` are.
    private static boolean nullWith(Expr expr, Set<Long> ids) {
        return switch (expr) {
            case Expr.Attribute a -> ids.contains(a.id());
            case Expr.Cast(var input, var type, var mode) -> nullWith(input, ids);
            case Expr.Arithmetic a -> nullWith(a.left(), ids) || nullWith(a.right(), ids);
            case Expr.Literal literal -> literal.isNull();
            case Expr.Case c -> nullWith(c, ids);
            default -> false;
        };
    }

    /// Whether each branch that may be taken gives NULL.
    private static boolean nullWith(Expr.Case c, Set<Long> ids) {
        for (Expr.Case.Branch branch : c.branches()) {
            boolean taken = branch.when() instanceof Expr.IsNull(var input) && nullWith(input, ids);
            if (!nullWith(branch.then(), ids)) {
                return false;
            }
            if (taken) {
                return true;
            }
        }
        return nullWith(c.otherwise(), ids);
    }
}
