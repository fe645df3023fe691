package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.BatchFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.MapRows;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `Project(x, f(a) + 1)`, where f is a function of whole columns, becomes `Project(MapRows(x, f: a
/// → c), c + 1)`, so that it is called once for a batch; so for a Filter of one condition. What
/// stands in a CASE, a COALESCE, behind AND or OR or in a lambda is not for all rows, and stays.
public record ExtractBatchCalls() implements Rule {
    /// That such a function is called once for a batch is what its writer was promised.
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case Project(var input, var exprs) ->
                    exprs.stream()
                            .flatMap(expr -> innermost(expr).stream())
                            .findFirst()
                            .map(call -> extracted((Project) node, input, exprs, call, context))
                            .orElse(node);
            case Filter(var input, var predicate) ->
                    innermost(predicate)
                            .map(call -> extracted((Filter) node, input, predicate, call, context))
                            .orElse(node);
            default -> node;
        };
    }

    /// A call whose arguments hold no such call.
    private static Optional<Expr.Call> innermost(Expr expr) {
        switch (expr) {
            case Expr.Case c -> {
                return Optional.empty();
            }
            case Expr.Coalesce c -> {
                return Optional.empty();
            }
            case Expr.And a -> {
                return Optional.empty();
            }
            case Expr.Or o -> {
                return Optional.empty();
            }
            case Expr.Lambda l -> {
                return Optional.empty();
            }
            case Expr.Subquery s -> {
                return Optional.empty();
            }
            default -> {}
        }
        for (Expr child : expr.children()) {
            Optional<Expr.Call> below = innermost(child);
            if (below.isPresent()) {
                return below;
            }
        }
        return expr instanceof Expr.Call call
                        && call.function() instanceof BatchFunction
                        && !call.any(node -> node instanceof Expr.LambdaVariable)
                ? Optional.of(call)
                : Optional.empty();
    }

    private static LogicalPlan extracted(
            Project node,
            LogicalPlan input,
            List<Expr> exprs,
            Expr.Call call,
            RuleContext context) {
        Expr.Attribute result = result(call, context);
        List<Expr> changed =
                exprs.stream().map(expr -> expr.transformUp(e -> e == call ? result : e)).toList();
        LogicalPlan below = below(node, input, changed, call, result, context);
        return new Project(below, changed);
    }

    private static LogicalPlan extracted(
            Filter node, LogicalPlan input, Expr predicate, Expr.Call call, RuleContext context) {
        Expr.Attribute result = result(call, context);
        Expr changed = predicate.transformUp(e -> e == call ? result : e);
        List<Expr> wanted = new ArrayList<>(input.output());
        wanted.add(changed);
        LogicalPlan filter = new Filter(below(node, input, wanted, call, result, context), changed);
        context.plans().inherit(filter, node);
        return new Project(filter, List.copyOf(input.output()));
    }

    private static Expr.Attribute result(Expr.Call call, RuleContext context) {
        return new Expr.Attribute(
                context.plans().newAttributeId(), call.sql(), call.type(), call.nullable());
    }

    /// The input with the call's result, and of its columns those that `wanted` reads.
    private static LogicalPlan below(
            LogicalPlan node,
            LogicalPlan input,
            List<Expr> wanted,
            Expr.Call call,
            Expr.Attribute result,
            RuleContext context) {
        Set<Long> ids = new java.util.HashSet<>();
        wanted.forEach(expr -> ids.addAll(expr.references()));
        List<Expr.Attribute> kept =
                input.output().stream().filter(column -> ids.contains(column.id())).toList();
        List<Expr> columns = new ArrayList<>(kept);
        for (Expr arg : call.args()) {
            columns.add(new Expr.Alias(arg, arg.sql(), context.plans().newAttributeId()));
        }
        LogicalPlan args = new Project(input, columns);
        context.plans().inherit(args, node);
        List<Expr.Attribute> made = new ArrayList<>(kept);
        made.add(result);
        CallSite site =
                new CallSite(
                        call.args().stream().map(Expr::type).toList(),
                        call.type(),
                        call.mode(),
                        context.settings().timeZone());
        LogicalPlan rows =
                new MapRows(
                        args,
                        new Batched((BatchFunction) call.function(), site, kept.size()),
                        List.copyOf(args.output()),
                        0,
                        made);
        context.plans().inherit(rows, node);
        return rows;
    }

    /// Rows with the function's result behind their first columns.
    ///
    /// @param kept how many columns stand before the arguments
    private record Batched(BatchFunction function, CallSite site, int kept) implements RowFunction {
        @Override
        public String text() {
            return "EvalVectorUdf " + function.name();
        }

        @Override
        public Scope scope() {
            return Scope.ROWS;
        }

        @Override
        public Iterator<List<@Nullable Object>> rows(Iterator<@Nullable Object[]> input) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            List<@Nullable Object[]> args = new ArrayList<>();
            input.forEachRemaining(row -> {
                rows.add(new ArrayList<>(Arrays.asList(row).subList(0, kept)));
                args.add(Arrays.copyOfRange(row, kept, row.length));
            });
            List<@Nullable Object> results = function.evaluateAll(args, site);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).add(results.get(i));
            }
            return rows.iterator();
        }
    }
}
