package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ORDER BY and SORT BY: keys are columns of the select list, their places or ALL, or expressions
/// over what the list is made of.
final class SortKeys {
    private final Analyzer analyzer;
    private final LogicalPlan.Sort sort;
    private final Scope scope;

    SortKeys(Analyzer analyzer, LogicalPlan.Sort sort, Scope scope) {
        this.analyzer = analyzer;
        this.sort = sort;
        this.scope = scope;
    }

    Resolved resolve() {
        LogicalPlan below = sort.input();
        boolean distinct = below instanceof LogicalPlan.Distinct;
        LogicalPlan list = below instanceof LogicalPlan.Distinct(var in) ? in : below;
        Optional<SelectBlock> found = analyzer.block(list, scope);
        if (found.isEmpty()) {
            Resolved input = analyzer.resolve(below, scope);
            ExprResolver resolver = new ExprResolver(analyzer, scope.over(input));
            List<Expr.SortKey> keys =
                    keys(input.columns(), key -> (Expr.SortKey) resolver.resolve(key));
            return input.withPlan(
                    analyzer.made(new LogicalPlan.Sort(input.plan(), keys, sort.global()), sort));
        }
        SelectBlock block = found.get();
        List<Expr.SortKey> keys = keys(block.columns(), block::sortKey);
        if (distinct && block.hasHidden()) {
            // A column that DISTINCT does not keep has no one value to sort by.
            ExprResolver visibleOnly = new ExprResolver(analyzer, scope.over(block.columns()));
            sort.keys().forEach(visibleOnly::resolve);
        }
        LogicalPlan plan =
                distinct
                        ? analyzer.made(new LogicalPlan.Distinct(block.plan()), below)
                        : block.plan();
        plan = block.visible(analyzer.made(new LogicalPlan.Sort(plan, keys, sort.global()), sort));
        return new Resolved(plan, block.qualifiedColumns(), List.of());
    }

    private interface KeyResolver {
        Expr.SortKey resolve(Expr.SortKey key);
    }

    private List<Expr.SortKey> keys(List<Expr.Attribute> columns, KeyResolver resolver) {
        List<Expr.SortKey> keys = new ArrayList<>();
        for (Expr.SortKey key : sort.keys()) {
            switch (key.input()) {
                case Expr.UnresolvedStar all -> {
                    // A column called so comes first.
                    List<Expr.Attribute> named =
                            columns.stream().filter(c -> c.name().equalsIgnoreCase("all")).toList();
                    (named.isEmpty() ? columns : named)
                            .forEach(c ->
                                    keys.add(
                                            new Expr.SortKey(
                                                    c.withQualifier(List.of()),
                                                    key.direction(),
                                                    key.nullsFirst())));
                }
                case Expr.Literal(Integer position, var type) -> {
                    if (position < 1 || position > columns.size()) {
                        throw new EngineException(
                                ErrorCode.ORDER_BY_POS_OUT_OF_RANGE,
                                Map.of("index", position, "size", columns.size()),
                                analyzer.range(key.input()).orElse(null));
                    }
                    Expr column = columns.get(position - 1).withQualifier(List.of());
                    keys.add(new Expr.SortKey(column, key.direction(), key.nullsFirst()));
                }
                default -> keys.add(resolver.resolve(key));
            }
        }
        return keys;
    }
}
