package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// `Project(Scan(a, b, c), a)` becomes `Scan(a)`: every node gives only the columns that something
/// above it uses. Goes from the root downwards, carrying the columns wanted.
public record PruneColumns() implements Rule {
    @Override
    public boolean wholePlan() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan root, RuleContext context) {
        return new Pruning(context).prune(root, ids(root.output()));
    }

    private static Set<Long> ids(List<Expr.Attribute> attributes) {
        Set<Long> ids = new HashSet<>();
        attributes.forEach(a -> ids.add(a.id()));
        return ids;
    }

    private record Pruning(RuleContext context) {

        private LogicalPlan prune(LogicalPlan plan, Set<Long> wanted) {
            LogicalPlan pruned =
                    switch (plan) {
                        case Scan(var source, var output, var filters, var limit) -> {
                            List<Expr.Attribute> kept = kept(output, wanted);
                            yield kept.size() == output.size()
                                    ? plan
                                    : new Scan(source, kept, filters, limit);
                        }
                        case LocalRelation(var output, var rows) ->
                                local(plan, output, rows, wanted);
                        case Project(var input, var exprs) -> project(plan, input, exprs, wanted);
                        case Aggregate(var input, var groupings, var outputs) ->
                                aggregate(plan, input, groupings, outputs, wanted);
                        case Filter(var input, var predicate) -> {
                            Set<Long> below = with(wanted, List.of(predicate));
                            LogicalPlan changed = prune(input, below);
                            yield changed == input ? plan : new Filter(changed, predicate);
                        }
                        case Join(var left, var right, var type, var condition) -> {
                            Set<Long> below =
                                    with(wanted, condition.map(List::of).orElse(List.of()));
                            LogicalPlan l = narrow(left, below);
                            LogicalPlan r = narrow(right, below);
                            yield l == left && r == right ? plan : new Join(l, r, type, condition);
                        }
                        case Sort(var input, var keys, boolean global) -> {
                            LogicalPlan changed = prune(input, with(wanted, List.copyOf(keys)));
                            yield changed == input ? plan : new Sort(changed, keys, global);
                        }
                        case Union union -> union(union, wanted);
                        case Limit l -> through(plan, wanted);
                        case Sample s -> through(plan, wanted);
                        case Repartition r -> through(plan, with(wanted, r.exprs()));
                        case Window w -> {
                            LogicalPlan changed = prune(w.input(), with(wanted, w.calls()));
                            yield changed == w.input() ? plan : new Window(changed, w.calls());
                        }
                        case WindowGroupLimit w -> through(plan, with(wanted, List.of(w.rank())));
                        case Expand expand -> expand(expand, wanted);
                        case Generate(var input, var generator, boolean outer, var added) -> {
                            LogicalPlan changed = narrow(input, with(wanted, List.of(generator)));
                            yield changed == input
                                    ? plan
                                    : new Generate(changed, generator, outer, added);
                        }
                        case MapRows(var input, var function, var reads, int keys, var made) -> {
                            LogicalPlan changed = narrow(input, with(Set.of(), reads));
                            yield changed == input
                                    ? plan
                                    : new MapRows(changed, function, reads, keys, made);
                        }
                        default -> plan.mapChildren(child -> prune(child, ids(child.output())));
                    };
            context.plans().inherit(pruned, plan);
            return pruned;
        }

        private LogicalPlan through(LogicalPlan plan, Set<Long> wanted) {
            return plan.mapChildren(child -> prune(child, wanted));
        }

        /// `plan` with the wanted columns only, by a projection where it gives more.
        private LogicalPlan narrow(LogicalPlan plan, Set<Long> wanted) {
            LogicalPlan pruned = prune(plan, wanted);
            List<Expr.Attribute> kept = kept(pruned.output(), wanted);
            if (kept.size() == pruned.output().size()) {
                return pruned;
            }
            LogicalPlan narrowed = new Project(pruned, List.copyOf(kept));
            context.plans().inherit(narrowed, pruned);
            return narrowed;
        }

        private LogicalPlan project(
                LogicalPlan plan, LogicalPlan input, List<Expr> exprs, Set<Long> wanted) {
            List<Expr> kept = new ArrayList<>();
            for (Expr expr : exprs) {
                if (wanted.contains(LogicalPlan.attributes(List.of(expr)).getFirst().id())) {
                    kept.add(expr);
                }
            }
            LogicalPlan changed = prune(input, with(Set.of(), kept));
            return kept.size() == exprs.size() && changed == input
                    ? plan
                    : new Project(changed, kept);
        }

        private LogicalPlan aggregate(
                LogicalPlan plan,
                LogicalPlan input,
                List<Expr> groupings,
                List<Expr> outputs,
                Set<Long> wanted) {
            List<Expr> kept = new ArrayList<>();
            for (Expr output : outputs) {
                if (wanted.contains(LogicalPlan.attributes(List.of(output)).getFirst().id())) {
                    kept.add(output);
                }
            }
            List<Expr> used = new ArrayList<>(groupings);
            used.addAll(kept);
            LogicalPlan changed = narrow(input, with(Set.of(), used));
            return kept.size() == outputs.size() && changed == input
                    ? plan
                    : new Aggregate(changed, groupings, kept);
        }

        private LogicalPlan local(
                LogicalPlan plan,
                List<Expr.Attribute> output,
                List<? extends List<?>> rows,
                Set<Long> wanted) {
            List<Integer> columns = wantedColumns(output, wanted);
            if (columns.size() == output.size()) {
                return plan;
            }
            List<List<Object>> narrowed = new ArrayList<>();
            for (List<?> row : rows) {
                List<Object> values = new ArrayList<>();
                columns.forEach(i -> values.add(row.get(i)));
                narrowed.add(values);
            }
            return new LocalRelation(columns.stream().map(output::get).toList(), narrowed);
        }

        private LogicalPlan expand(Expand expand, Set<Long> wanted) {
            List<Integer> columns = wantedColumns(expand.attributes(), wanted);
            List<List<Expr>> projections =
                    expand.projections().stream()
                            .map(exprs -> columns.stream().map(exprs::get).toList())
                            .toList();
            List<Expr> used = projections.stream().flatMap(List::stream).toList();
            LogicalPlan changed = narrow(expand.input(), with(Set.of(), used));
            return columns.size() == expand.attributes().size() && changed == expand.input()
                    ? expand
                    : new Expand(
                            changed,
                            projections,
                            columns.stream().map(expand.attributes()::get).toList());
        }

        private static List<Integer> wantedColumns(
                List<Expr.Attribute> attributes, Set<Long> wanted) {
            return IntStream.range(0, attributes.size())
                    .filter(i -> wanted.contains(attributes.get(i).id()))
                    .boxed()
                    .toList();
        }

        private LogicalPlan union(Union union, Set<Long> wanted) {
            List<Integer> columns = wantedColumns(union.attributes(), wanted);
            if (columns.size() == union.attributes().size()) {
                return union.mapChildren(child -> prune(child, ids(child.output())));
            }
            List<LogicalPlan> inputs = new ArrayList<>();
            for (LogicalPlan input : union.inputs()) {
                List<Expr> kept = new ArrayList<>();
                columns.forEach(i -> kept.add(input.output().get(i)));
                inputs.add(new Project(prune(input, with(Set.of(), kept)), kept));
            }
            return new Union(
                    inputs,
                    union.byName(),
                    columns.stream().map(i -> union.attributes().get(i)).toList());
        }

        private static List<Expr.Attribute> kept(List<Expr.Attribute> output, Set<Long> wanted) {
            return output.stream().filter(a -> wanted.contains(a.id())).toList();
        }

        private static Set<Long> with(Set<Long> wanted, List<Expr> exprs) {
            Set<Long> all = new HashSet<>(wanted);
            for (Expr expr : exprs) {
                all.addAll(expr.references());
                // What subqueries read from outside they read through outer references.
                expr.forEach(e -> outerReferences(e, all));
            }
            return all;
        }

        private static void outerReferences(Expr expr, Set<Long> into) {
            if (expr instanceof Expr.Subquery subquery) {
                ((LogicalPlan) subquery.plan())
                        .forEach(node ->
                                node.exprs()
                                        .forEach(e ->
                                                e.forEach(inner -> {
                                                    if (inner
                                                            instanceof Expr.OuterReference(var a)) {
                                                        into.add(a.id());
                                                    }
                                                    outerReferences(inner, into);
                                                })));
            }
        }
    }
}
