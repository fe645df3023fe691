package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.function.SingleValue;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `Filter(x, EXISTS (y where y.k = x.k))` becomes `Join LeftSemi(x, y, y.k = x.k)`; NOT EXISTS an
/// anti join; IN and NOT IN likewise on the columns' equality, NOT IN with SQL's rule for NULLs; a
/// scalar subquery a join with its one row, or by its groups with one row each.
///
/// An aggregate without groups gives a row even for no rows: what it gives then stands in where a
/// correlated one has no match (the "count bug" of Ganski and Wong, 1987).
public record RewriteSubqueries() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (node.exprs().stream().noneMatch(e -> e.any(RewriteSubqueries::isSubquery))) {
            return node;
        }
        return new Rewriting(context).rewrite(node);
    }

    private static boolean isSubquery(Expr expr) {
        return expr instanceof Expr.Exists
                || expr instanceof Expr.InSubquery
                || expr instanceof Expr.ScalarSubquery;
    }

    /// The rewriting of one node; `joined` grows by a join for each subquery.
    private static final class Rewriting {
        private final RuleContext context;

        private Rewriting(RuleContext context) {
            this.context = context;
        }

        private LogicalPlan rewrite(LogicalPlan node) {
            return switch (node) {
                case Filter(var input, var predicate) -> filter(input, predicate);
                case Project(var input, var exprs) -> {
                    Joined joined = new Joined(input);
                    List<Expr> changed = exprs.stream().map(joined::replace).toList();
                    yield new Project(joined.plan, changed);
                }
                case Aggregate(var input, var groupings, var outputs) -> {
                    Joined joined = new Joined(input);
                    List<Expr> groups =
                            new ArrayList<>(groupings.stream().map(joined::replace).toList());
                    List<Expr> changed = outputs.stream().map(joined::replace).toList();
                    joined.added.forEach(attribute -> {
                        boolean plain =
                                changed.stream().anyMatch(o -> outsideAggregate(o, attribute));
                        if (plain && !groups.contains(attribute)) {
                            groups.add(attribute);
                        }
                    });
                    yield new Aggregate(joined.plan, groups, changed);
                }
                case Sort(var input, var keys, boolean global) -> {
                    Joined joined = new Joined(input);
                    List<Expr.SortKey> changed = new ArrayList<>();
                    keys.forEach(key -> changed.add((Expr.SortKey) joined.replace(key)));
                    yield new Project(
                            new Sort(joined.plan, changed, global), List.copyOf(input.output()));
                }
                case Join join when join.joinType().isInner() ->
                        filter(
                                new Join(
                                        join.left(),
                                        join.right(),
                                        JoinType.CROSS,
                                        Optional.empty()),
                                join.condition().orElse(Literal.TRUE));
                default -> throw unsupported(node.getClass().getSimpleName());
            };
        }

        private static boolean outsideAggregate(Expr expr, Attribute attribute) {
            if (expr instanceof Expr.AggregateCall) {
                return false;
            }
            if (expr instanceof Attribute a && a.id() == attribute.id()) {
                return true;
            }
            return expr.children().stream().anyMatch(c -> outsideAggregate(c, attribute));
        }

        private LogicalPlan filter(LogicalPlan input, Expr predicate) {
            LogicalPlan plan = input;
            List<Expr> plain = new ArrayList<>();
            List<Expr> rest = new ArrayList<>();
            for (Expr term : Expr.conjuncts(predicate)) {
                (term.any(RewriteSubqueries::isSubquery) ? rest : plain).add(term);
            }
            if (!plain.isEmpty()) {
                plan = new Filter(plan, Expr.and(plain));
            }
            List<Expr> last = new ArrayList<>();
            for (Expr term : rest) {
                switch (term) {
                    case Expr.Exists(LogicalPlan sub) ->
                            plan = exists(plan, sub, JoinType.LEFT_SEMI);
                    case Expr.Not(Expr.Exists(LogicalPlan sub)) ->
                            plan = exists(plan, sub, JoinType.LEFT_ANTI);
                    case Expr.InSubquery(var values, LogicalPlan sub)
                            when values.stream()
                                    .noneMatch(v -> v.any(RewriteSubqueries::isSubquery)) ->
                            plan = in(plan, values, sub);
                    case Expr.Not(Expr.InSubquery(var values, LogicalPlan sub))
                            when values.stream()
                                    .noneMatch(v -> v.any(RewriteSubqueries::isSubquery)) ->
                            plan = notIn(plan, values, sub);
                    default -> last.add(term);
                }
            }
            if (last.isEmpty()) {
                return plan;
            }
            Joined joined = new Joined(plan);
            Expr condition = Expr.and(last.stream().map(joined::replace).toList());
            return new Project(new Filter(joined.plan, condition), List.copyOf(input.output()));
        }

        private LogicalPlan exists(LogicalPlan outer, LogicalPlan sub, JoinType type) {
            if (Correlation.isCorrelated(sub) && givesOneRow(sub)) {
                // An aggregate over no rows is a row all the same.
                return type == JoinType.LEFT_SEMI
                        ? outer
                        : new LocalRelation(outer.output(), List.of());
            }
            EmptyGroups.check(sub, false);
            Correlation.Pulled pulled = Correlation.pull(withoutOutput(sub));
            return new Join(outer, pulled.plan(), type, condition(List.of(), pulled, outer));
        }

        /// The plan of an EXISTS without what does not matter to it: its select list, order and
        /// limit.
        private static LogicalPlan withoutOutput(LogicalPlan sub) {
            return switch (sub) {
                case Project(var input, var exprs) -> withoutOutput(input);
                case Sort(var input, var keys, boolean global) -> withoutOutput(input);
                case Distinct(var input) -> withoutOutput(input);
                case Limit(var input, Optional<Expr> limit, Literal offset)
                        when limit.isPresent()
                                && limit.get() instanceof Literal(Number n, var t)
                                && n.longValue() > 0
                                && offset.value() instanceof Number o
                                && o.longValue() == 0
                                && Correlation.isCorrelated(input) ->
                        withoutOutput(input);
                default -> sub;
            };
        }

        private LogicalPlan in(LogicalPlan outer, List<Expr> values, LogicalPlan sub) {
            EmptyGroups.check(sub, false);
            Correlation.Pulled pulled = Correlation.pull(sub);
            List<Expr> equal = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                equal.add(new Expr.Comparison(ComparisonOp.EQ, values.get(i), sub.output().get(i)));
            }
            return new Join(
                    outer, pulled.plan(), JoinType.LEFT_SEMI, condition(equal, pulled, outer));
        }

        /// A row stays only where it certainly equals none: an equality that is NULL drops it too.
        private LogicalPlan notIn(LogicalPlan outer, List<Expr> values, LogicalPlan sub) {
            EmptyGroups.check(sub, true);
            Correlation.Pulled pulled = Correlation.pull(sub);
            List<Expr> maybeEqual = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                Expr equal =
                        new Expr.Comparison(ComparisonOp.EQ, values.get(i), sub.output().get(i));
                maybeEqual.add(
                        equal.nullable()
                                ? new Expr.Or(List.of(equal, new Expr.IsNull(equal)))
                                : equal);
            }
            return new Join(
                    outer, pulled.plan(), JoinType.LEFT_ANTI, condition(maybeEqual, pulled, outer));
        }

        private static Optional<Expr> condition(
                List<Expr> own, Correlation.Pulled pulled, LogicalPlan outer) {
            List<Expr> all = new ArrayList<>(own);
            pulled.conditions().forEach(c -> all.add(Correlation.inside(c, outer)));
            return all.isEmpty() ? Optional.empty() : Optional.of(Expr.and(all));
        }

        /// A plan to which joins are added as subqueries in expressions are replaced by columns.
        private final class Joined {
            private LogicalPlan plan;
            private final List<Attribute> added = new ArrayList<>();

            private Joined(LogicalPlan plan) {
                this.plan = plan;
            }

            private Expr replace(Expr expr) {
                return expr.transformUp(e ->
                        switch (e) {
                            case Expr.ScalarSubquery(LogicalPlan sub) -> scalar(sub);
                            case Expr.Exists(LogicalPlan sub) -> mark(sub);
                            case Expr.InSubquery i ->
                                    throw unsupported(
                                            "IN (SELECT …) beside OR or in a select list");
                            default -> e;
                        });
            }

            /// EXISTS as a column: an outer join with the distinct keys that have a match.
            private Expr mark(LogicalPlan sub) {
                if (Correlation.isCorrelated(sub) && givesOneRow(sub)) {
                    return Literal.TRUE;
                }
                EmptyGroups.check(sub, false);
                Correlation.Pulled pulled = Correlation.pull(withoutOutput(sub));
                List<Expr> keys = new ArrayList<>();
                if (pulled.isCorrelated()) {
                    for (Attribute a : pulled.plan().output()) {
                        if (pulled.conditions().stream()
                                .anyMatch(c -> c.references().contains(a.id()))) {
                            keys.add(a);
                        }
                    }
                }
                Expr.Alias flag =
                        new Expr.Alias(Literal.TRUE, "exists", context.plans().newAttributeId());
                LogicalPlan distinct =
                        keys.isEmpty()
                                ? new Limit(
                                        pulled.plan(), Optional.of(Literal.of(1L)), Literal.of(0L))
                                : new Aggregate(pulled.plan(), keys, keys);
                List<Expr> output = new ArrayList<>(keys);
                output.add(flag);
                if (pulled.conditions().stream()
                        .anyMatch(c ->
                                !(c instanceof Expr.Comparison(var op, var l, var r)
                                        && op == ComparisonOp.EQ))) {
                    throw unsupported("EXISTS beside OR with conditions other than equality");
                }
                plan =
                        new Join(
                                plan,
                                new Project(distinct, output),
                                JoinType.LEFT_OUTER,
                                condition(List.of(), pulled, plan)
                                        .or(() -> Optional.of(Literal.TRUE)));
                Attribute found = flag.toAttribute().withNullable(true);
                added.add(found);
                return Expr.isNotNull(found);
            }

            private Expr scalar(LogicalPlan sub) {
                Attribute value = sub.output().getFirst();
                if (!Correlation.isCorrelated(sub)) {
                    LogicalPlan single = givesOneRow(sub) ? sub : single(sub, value, List.of());
                    Attribute column = single.output().getFirst();
                    plan = new Join(plan, single, JoinType.CROSS, Optional.empty());
                    added.add(column);
                    return column;
                }
                if (!givesOneRow(sub)) {
                    EmptyGroups.check(sub, false);
                }
                Correlation.Pulled pulled = Correlation.pull(sub);
                List<Expr> keys = new ArrayList<>();
                for (Attribute a : pulled.plan().output()) {
                    if (a.id() != value.id()
                            && pulled.conditions().stream()
                                    .anyMatch(c -> c.references().contains(a.id()))) {
                        keys.add(a);
                    }
                }
                LogicalPlan perKey =
                        givesOneRow(sub) ? pulled.plan() : single(pulled.plan(), value, keys);
                Attribute result = givesOneRow(sub) ? value : perKey.output().getLast();
                Optional<Expr> onNoRows = givesOneRow(sub) ? valueOfNoRows(sub) : Optional.empty();
                Expr.Alias flag =
                        new Expr.Alias(Literal.TRUE, "matched", context.plans().newAttributeId());
                List<Expr> output = new ArrayList<>(perKey.output());
                if (onNoRows.isPresent()) {
                    output.add(flag);
                    perKey = new Project(perKey, output);
                }
                plan =
                        new Join(
                                plan,
                                perKey,
                                JoinType.LEFT_OUTER,
                                condition(List.of(), pulled, plan));
                Attribute column = result.withNullable(true);
                added.add(column);
                if (onNoRows.isEmpty()) {
                    return column;
                }
                Attribute matched = flag.toAttribute().withNullable(true);
                added.add(matched);
                return new Expr.Case(
                        List.of(new Expr.Case.Branch(new Expr.IsNull(matched), onNoRows.get())),
                        column,
                        column.type());
            }

            private LogicalPlan single(LogicalPlan sub, Attribute value, List<Expr> keys) {
                Expr call =
                        new Expr.AggregateCall(
                                SingleValue.INSTANCE,
                                List.of(value),
                                false,
                                Optional.empty(),
                                value.type(),
                                EvalMode.ANSI);
                List<Expr> outputs = new ArrayList<>(keys);
                outputs.add(new Expr.Alias(call, value.name(), context.plans().newAttributeId()));
                return new Aggregate(sub, keys, outputs);
            }
        }

        /// Whether a plan always gives exactly one row: an aggregate without groups.
        private static boolean givesOneRow(LogicalPlan plan) {
            return switch (plan) {
                case Aggregate(var input, var groupings, var outputs) -> groupings.isEmpty();
                case Project(var input, var exprs) -> givesOneRow(input);
                case LocalRelation(var output, var rows) -> rows.size() == 1;
                default -> false;
            };
        }

        /// What a correlated aggregate gives for no rows, where that is not NULL.
        private static Optional<Expr> valueOfNoRows(LogicalPlan plan) {
            return switch (plan) {
                case Aggregate(var input, var groupings, var outputs) -> {
                    Expr value = EmptyGroups.emptied(unaliased(outputs.getFirst()));
                    yield value instanceof Literal l && l.isNull()
                            ? Optional.empty()
                            : Optional.of(value);
                }
                case Project(Aggregate(var input, var groupings, var outputs), var exprs) -> {
                    Expr inlined =
                            CollapseProjects.Substitution.into(
                                    unaliased(exprs.getFirst()),
                                    CollapseProjects.Substitution.definitions(outputs));
                    Expr value = EmptyGroups.emptied(inlined);
                    yield value instanceof Literal l && l.isNull()
                            ? Optional.empty()
                            : Optional.of(value);
                }
                default -> Optional.empty();
            };
        }

        private static Expr unaliased(Expr expr) {
            return expr instanceof Expr.Alias(var input, var name, var id) ? input : expr;
        }

        private static EngineException unsupported(String what) {
            return new EngineException(
                    ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                    Map.of("treeNode", what));
        }
    }
}
