package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `Filter(LeftOuterJoin(a, b, x = y), y IS NULL)` becomes `AntiJoin(a, b, x = y)` with NULL for
/// the columns of `b`: a row of `a` that found a partner has a `y`. So it is with any column of `b`
/// that is never NULL itself.
public record ReplaceOuterJoinByAntiJoin() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Filter(Join join, var predicate))
                || join.joinType() != JoinType.LEFT_OUTER
                || join.condition().isEmpty()) {
            return node;
        }
        Set<Long> present = present(join);
        List<Expr> rest = new ArrayList<>(Expr.conjuncts(predicate));
        Optional<Expr> absent =
                rest.stream()
                        .filter(term ->
                                term instanceof Expr.IsNull(Attribute a)
                                        && present.contains(a.id()))
                        .findFirst();
        if (absent.isEmpty()) {
            return node;
        }
        rest.remove(absent.get());
        List<Expr> columns = new ArrayList<>(join.left().output());
        for (Attribute a : join.right().output()) {
            columns.add(new Expr.Alias(Expr.Literal.nullOf(a.type()), a.name(), a.id()));
        }
        LogicalPlan anti =
                new Project(
                        new Join(join.left(), join.right(), JoinType.LEFT_ANTI, join.condition()),
                        columns);
        return rest.isEmpty() ? anti : new Filter(anti, Expr.and(rest));
    }

    /// Columns of the right side that no row which found a partner has a NULL in.
    private static Set<Long> present(Join join) {
        Set<Long> right = new HashSet<>();
        Set<Long> present = new HashSet<>();
        for (Attribute a : join.right().output()) {
            right.add(a.id());
            if (!a.nullable()) {
                present.add(a.id());
            }
        }
        for (Expr term : Expr.conjuncts(join.condition().orElseThrow())) {
            if (term instanceof Expr.Comparison(var op, var l, var r)
                    && op != ComparisonOp.NULL_SAFE_EQ) {
                for (Expr side : List.of(l, r)) {
                    if (side instanceof Attribute a && right.contains(a.id())) {
                        present.add(a.id());
                    }
                }
            }
        }
        return present;
    }
}
