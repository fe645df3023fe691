package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `Filter(Join(x, y), p(x) AND q(y) AND r(x, y))` becomes `Join(Filter(x, p), Filter(y, q), r)`
/// for inner joins; for others what the side that is kept whole allows. Conditions of a join on one
/// side go to that side where they only decide about it.
public record PushFilterIntoJoin() implements Rule {
    /// `FROM a, b WHERE a.k = b.k` is a product of all rows with all until its condition is a
    /// join's.
    @Override
    public boolean basic() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case Filter(Join join, var predicate) ->
                    throughJoin(node, join, Expr.conjuncts(predicate));
            case Join join when join.condition().isPresent() -> intoSides(join);
            default -> node;
        };
    }

    private static LogicalPlan throughJoin(LogicalPlan node, Join join, List<Expr> terms) {
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        boolean leftGoes =
                join.joinType() != JoinType.RIGHT_OUTER && join.joinType() != JoinType.FULL_OUTER;
        boolean rightGoes = join.joinType().isInner() || join.joinType() == JoinType.RIGHT_OUTER;
        List<Expr> toLeft = new ArrayList<>();
        List<Expr> toRight = new ArrayList<>();
        List<Expr> toCondition = new ArrayList<>();
        List<Expr> kept = new ArrayList<>();
        for (Expr term : terms) {
            Set<Long> references = term.references();
            boolean key = kept.isEmpty() && isKeyOf(term, join);
            if (!movable(term) && !key || references.isEmpty()) {
                kept.add(term);
            } else if (leftGoes && left.containsAll(references)) {
                toLeft.add(term);
            } else if (rightGoes && right.containsAll(references)) {
                toRight.add(term);
            } else if (join.joinType().isInner()) {
                toCondition.add(term);
            } else {
                kept.add(term);
            }
        }
        if (kept.size() == terms.size()) {
            return node;
        }
        Optional<Expr> condition = join.condition();
        if (!toCondition.isEmpty()) {
            List<Expr> all = new ArrayList<>(condition.map(Expr::conjuncts).orElse(List.of()));
            all.addAll(toCondition);
            condition = Optional.of(Expr.and(all));
        }
        JoinType type =
                join.joinType() == JoinType.CROSS && condition.isPresent()
                        ? JoinType.INNER
                        : join.joinType();
        LogicalPlan pushed =
                new Join(
                        filtered(join.left(), toLeft),
                        filtered(join.right(), toRight),
                        type,
                        condition);
        return kept.isEmpty() ? pushed : new Filter(pushed, Expr.and(kept));
    }

    private static LogicalPlan intoSides(Join join) {
        List<Expr> terms = Expr.conjuncts(join.condition().orElseThrow());
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        boolean leftGoes =
                join.joinType().isInner()
                        || join.joinType() == JoinType.LEFT_SEMI
                        || join.joinType() == JoinType.RIGHT_OUTER;
        boolean rightGoes =
                join.joinType() != JoinType.RIGHT_OUTER && join.joinType() != JoinType.FULL_OUTER;
        List<Expr> toLeft = new ArrayList<>();
        List<Expr> toRight = new ArrayList<>();
        List<Expr> kept = new ArrayList<>();
        for (Expr term : terms) {
            Set<Long> references = term.references();
            // A constant goes too: where it does not hold there are no partners to look for.
            if (!movable(term)) {
                kept.add(term);
            } else if (leftGoes && left.containsAll(references)) {
                toLeft.add(term);
            } else if (rightGoes && right.containsAll(references)) {
                toRight.add(term);
            } else {
                kept.add(term);
            }
        }
        if (kept.size() == terms.size()) {
            return join;
        }
        return new Join(
                filtered(join.left(), toLeft),
                filtered(join.right(), toRight),
                join.joinType(),
                kept.isEmpty() ? Optional.empty() : Optional.of(Expr.and(kept)));
    }

    /// Whether a term makes an inner join, or one right below it, one by keys. Its sides are then
    /// computed for every row of theirs, as in Spark, even where they can fail; but not before a
    /// term that stays above, which may be there to keep such rows away. The alternative is to
    /// compare all rows with all.
    private static boolean isKeyOf(Expr term, LogicalPlan plan) {
        return plan instanceof Join join
                && join.joinType().isInner()
                && (isKey(term, join.left().outputIds(), join.right().outputIds())
                        || isKeyOf(term, join.left())
                        || isKeyOf(term, join.right()));
    }

    private static boolean isKey(Expr term, Set<Long> left, Set<Long> right) {
        return term instanceof Expr.Comparison equality
                && equality.op() == Expr.ComparisonOp.EQ
                && isPlain(term)
                && (isOf(equality.left(), left) && isOf(equality.right(), right)
                        || isOf(equality.left(), right) && isOf(equality.right(), left));
    }

    private static boolean isOf(Expr side, Set<Long> ids) {
        return !side.references().isEmpty() && ids.containsAll(side.references());
    }

    /// What can fail stays above the join: below it, it would see rows that the join drops.
    private static boolean movable(Expr term) {
        return !term.canFail() && isPlain(term);
    }

    private static boolean isPlain(Expr term) {
        return term.deterministic()
                && !term.any(e -> e instanceof Expr.Subquery || e instanceof Expr.OuterReference);
    }

    private static LogicalPlan filtered(LogicalPlan plan, List<Expr> terms) {
        return terms.isEmpty() ? plan : new Filter(plan, Expr.and(terms));
    }
}
