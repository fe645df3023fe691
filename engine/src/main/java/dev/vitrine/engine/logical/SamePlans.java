package dev.vitrine.engine.logical;

import dev.vitrine.engine.expr.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells analyzed plans that give the same rows from others, by a form in which columns are
/// numbered in the order in which they appear and have no names: Spark's canonicalized plans.
public final class SamePlans {
    private final Map<Long, Long> numbers = new HashMap<>();
    private boolean comparable = true;

    private SamePlans() {}

    /// What is equal for plans that give the same rows in the same columns; empty where that cannot
    /// be told: of a plan that may give other rows each time, or runs a program's function over
    /// rows, or has subqueries in its expressions.
    public static Optional<Object> form(LogicalPlan plan) {
        SamePlans forms = new SamePlans();
        List<Object> form = DeepStack.call(() -> forms.node(plan));
        return forms.comparable ? Optional.of(form) : Optional.empty();
    }

    private List<Object> node(LogicalPlan plan) {
        List<Object> form = new ArrayList<>();
        form.add(plan.getClass());
        for (LogicalPlan child : plan.children()) {
            if (!comparable) {
                return form;
            }
            form.add(node(child));
        }
        own(plan, form);
        return form;
    }

    private void own(LogicalPlan plan, List<Object> form) {
        switch (plan) {
            case LogicalPlan.Scan s -> {
                // Sources are equal where they are the same object, or one empty table.
                form.add(s.source());
                form.add(s.output().stream().map(Expr.Attribute::name).toList());
                form.add(columns(s.output()));
                form.add(s.filters());
                form.add(s.limit());
            }
            case LogicalPlan.LocalRelation l -> {
                form.add(columns(l.output()));
                form.add(l.rows());
            }
            case LogicalPlan.Range r -> {
                form.add(columns(List.of(r.attribute())));
                form.add(List.of(r.start(), r.end(), r.step()));
            }
            case LogicalPlan.Project p -> form.add(exprs(p.exprs()));
            case LogicalPlan.Filter f -> form.add(expr(f.predicate()));
            case LogicalPlan.Aggregate a -> {
                form.add(exprs(a.groupings()));
                form.add(exprs(a.outputs()));
            }
            case LogicalPlan.Join j -> {
                form.add(j.joinType());
                form.add(j.condition().map(this::expr));
            }
            case LogicalPlan.Sort s -> {
                form.add(exprs(s.keys()));
                form.add(s.global());
            }
            case LogicalPlan.Limit l -> {
                form.add(l.limit().map(this::expr));
                form.add(expr(l.offset()));
            }
            case LogicalPlan.Distinct d -> {}
            case LogicalPlan.Union u -> {
                form.add(u.byName());
                form.add(columns(u.attributes()));
            }
            case LogicalPlan.SetOperation s -> {
                form.add(s.kind());
                form.add(s.all());
            }
            case LogicalPlan.Window w -> form.add(exprs(w.calls()));
            case LogicalPlan.Expand e -> {
                form.add(e.projections().stream().map(this::exprs).toList());
                form.add(columns(e.attributes()));
            }
            case LogicalPlan.Generate g -> {
                form.add(expr(g.generator()));
                form.add(g.outer());
                form.add(columns(g.added()));
            }
            case LogicalPlan.Repartition r -> {
                form.add(exprs(r.exprs()));
                form.add(r.partitions());
            }
            case LogicalPlan.Sample s -> {
                form.add(s.fraction());
                form.add(s.seed());
            }
            case LogicalPlan.MapRows m -> comparable = false;
            case LogicalPlan.PartitionRows p -> comparable = false;
            case LogicalPlan.LateralJoin j -> comparable = false;
            case LogicalPlan.WindowGroupLimit w -> comparable = false;
            case LogicalPlan.Write w -> comparable = false;
            case LogicalPlan.UnresolvedGenerate u -> comparable = false;
            case LogicalPlan.UnresolvedInsert u -> comparable = false;
            case LogicalPlan.UnresolvedRelation u -> comparable = false;
            case LogicalPlan.UnresolvedFiles u -> comparable = false;
            case LogicalPlan.UnresolvedInlineTable u -> comparable = false;
            case LogicalPlan.With w -> comparable = false;
            case LogicalPlan.SubqueryAlias s -> comparable = false;
            case LogicalPlan.UsingJoin u -> comparable = false;
            case QueryForm f -> comparable = false;
        }
    }

    private List<Expr> columns(List<Expr.Attribute> columns) {
        return columns.stream().map(this::numbered).toList();
    }

    private List<Expr> exprs(List<? extends Expr> exprs) {
        return exprs.stream().map(this::expr).toList();
    }

    private Expr expr(Expr expr) {
        comparable &=
                expr.deterministic()
                        && !expr.any(e ->
                                e instanceof Expr.Subquery
                                        || e instanceof Expr.OuterReference
                                        || e instanceof Expr.InputColumn);
        return comparable ? expr.transformUp(this::numbered) : expr;
    }

    private Expr numbered(Expr expr) {
        return switch (expr) {
            case Expr.Attribute a ->
                    new Expr.Attribute(number(a.id()), "", a.type(), a.nullable(), List.of());
            case Expr.Alias(var input, var name, long id) -> new Expr.Alias(input, "", number(id));
            case Expr.Lambda(var variables, var body) ->
                    new Expr.Lambda(
                            variables.stream().map(v -> (Expr.LambdaVariable) numbered(v)).toList(),
                            body);
            case Expr.LambdaVariable(long id, var name, var type, boolean nullable) ->
                    new Expr.LambdaVariable(number(id), "", type, nullable);
            default -> expr;
        };
    }

    private long number(long id) {
        return numbers.computeIfAbsent(id, i -> (long) numbers.size());
    }
}
