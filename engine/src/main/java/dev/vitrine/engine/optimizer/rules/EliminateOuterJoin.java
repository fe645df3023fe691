package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/// `Filter(Join LeftOuter(x, y), y.a > 1)` becomes `Filter(Join Inner(x, y), y.a > 1)`: a condition
/// that no row of NULLs fulfils makes the rows that the outer join adds pointless. The condition of
/// a join above does so too, for the sides of which it decides alone.
public record EliminateOuterJoin() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        ZoneId zone = context.settings().timeZone();
        if (node instanceof Filter(var input, var predicate)) {
            LogicalPlan narrowed = narrowed(input, predicate, zone);
            return narrowed == input ? node : new Filter(narrowed, predicate);
        }
        if (!(node instanceof Join join) || join.condition().isEmpty()) {
            return node;
        }
        Expr condition = join.condition().get();
        boolean leftToo =
                join.joinType().isInner()
                        || join.joinType() == JoinType.LEFT_SEMI
                        || join.joinType() == JoinType.RIGHT_OUTER;
        boolean rightToo =
                join.joinType() != JoinType.RIGHT_OUTER && join.joinType() != JoinType.FULL_OUTER;
        LogicalPlan left = leftToo ? narrowed(join.left(), condition, zone) : join.left();
        LogicalPlan right = rightToo ? narrowed(join.right(), condition, zone) : join.right();
        return left == join.left() && right == join.right()
                ? node
                : new Join(left, right, join.joinType(), join.condition());
    }

    /// `plan` without rows of outer joins for which `predicate` does not hold; the same object
    /// where there are none.
    private static LogicalPlan narrowed(LogicalPlan plan, Expr predicate, ZoneId zone) {
        return switch (plan) {
            case Filter(var input, var own) -> {
                LogicalPlan narrowed = narrowed(input, predicate, zone);
                yield narrowed == input ? plan : new Filter(narrowed, own);
            }
            case Project(var input, var exprs)
                    when exprs.stream().allMatch(Expr.Attribute.class::isInstance) -> {
                LogicalPlan narrowed = narrowed(input, predicate, zone);
                yield narrowed == input ? plan : new Project(narrowed, exprs);
            }
            case Join join -> {
                JoinType type = narrowed(join, predicate, zone);
                LogicalPlan left =
                        type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER
                                ? join.left()
                                : narrowed(join.left(), predicate, zone);
                LogicalPlan right =
                        type.isInner() || type == JoinType.RIGHT_OUTER
                                ? narrowed(join.right(), predicate, zone)
                                : join.right();
                yield type == join.joinType() && left == join.left() && right == join.right()
                        ? plan
                        : new Join(left, right, type, join.condition());
            }
            default -> plan;
        };
    }

    private static JoinType narrowed(Join join, Expr predicate, ZoneId zone) {
        return switch (join.joinType()) {
            case LEFT_OUTER ->
                    rejectsNulls(predicate, join.right(), zone)
                            ? JoinType.INNER
                            : JoinType.LEFT_OUTER;
            case RIGHT_OUTER ->
                    rejectsNulls(predicate, join.left(), zone)
                            ? JoinType.INNER
                            : JoinType.RIGHT_OUTER;
            case FULL_OUTER -> {
                boolean left = rejectsNulls(predicate, join.left(), zone);
                boolean right = rejectsNulls(predicate, join.right(), zone);
                yield left
                        ? right ? JoinType.INNER : JoinType.LEFT_OUTER
                        : right ? JoinType.RIGHT_OUTER : JoinType.FULL_OUTER;
            }
            default -> join.joinType();
        };
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
