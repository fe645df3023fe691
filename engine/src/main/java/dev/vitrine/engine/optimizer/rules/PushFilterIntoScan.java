package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Scan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.spi.ColumnFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// `Filter(Scan(t), a > 1)` becomes `Filter(Scan(t, pruned by a > 1), a > 1)`: the source leaves
/// out parts in which no row can match; the filter stays.
public record PushFilterIntoScan() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node
                        instanceof
                        Filter(Scan(var source, var output, var filters, var limit), var predicate))
                || !filters.isEmpty()) {
            return node;
        }
        List<ColumnFilter> pushed = new ArrayList<>();
        for (Expr term : Expr.conjuncts(predicate)) {
            ColumnFilter filter = filter(term);
            if (filter != null) {
                pushed.add(filter);
            }
            pushed.addAll(prefix(term));
            if (term.canFail()) {
                // Rows that a later term rules out must still reach this one.
                break;
            }
        }
        // A limit below the filter would count rows that the filter drops.
        return pushed.isEmpty()
                ? node
                : new Filter(new Scan(source, output, pushed, OptionalLong.empty()), predicate);
    }

    /// `a LIKE 'x%'` as `a >= 'x'` and `a < 'y'`.
    private static List<ColumnFilter> prefix(Expr term) {
        if (!(term
                        instanceof
                        Expr.Like(
                                Expr.Attribute a,
                                Expr.Literal(String pattern, var type),
                                char escape,
                                boolean ignoreCase))
                || ignoreCase
                || pattern.indexOf(escape) >= 0) {
            return List.of();
        }
        int end = 0;
        while (end < pattern.length()
                && pattern.charAt(end) < 0x7F
                && "%_".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        if (end == 0) {
            return List.of();
        }
        String from = pattern.substring(0, end);
        String to = pattern.substring(0, end - 1) + (char) (pattern.charAt(end - 1) + 1);
        return List.of(
                new ColumnFilter(a.name(), ColumnFilter.Op.GE, List.of(from)),
                new ColumnFilter(a.name(), ColumnFilter.Op.LT, List.of(to)));
    }

    private static @org.jspecify.annotations.Nullable ColumnFilter filter(Expr term) {
        return switch (term) {
            case Expr.Comparison(var op, Expr.Attribute a, Expr.Literal(Object value, var type)) ->
                    comparison(a, op, value);
            case Expr.Comparison(var op, Expr.Literal(Object value, var type), Expr.Attribute a) ->
                    comparison(a, op.flipped(), value);
            case Expr.In(Expr.Attribute a, var options)
                    when options.stream()
                            .allMatch(o -> o instanceof Expr.Literal l && !l.isNull()) ->
                    new ColumnFilter(
                            a.name(),
                            ColumnFilter.Op.IN,
                            options.stream()
                                    .map(o ->
                                            java.util.Objects.requireNonNull(
                                                    ((Expr.Literal) o).value()))
                                    .toList());
            case Expr.IsNull(Expr.Attribute a) ->
                    new ColumnFilter(a.name(), ColumnFilter.Op.IS_NULL, List.of());
            case Expr.Not(Expr.IsNull(Expr.Attribute a)) ->
                    new ColumnFilter(a.name(), ColumnFilter.Op.IS_NOT_NULL, List.of());
            default -> null;
        };
    }

    private static @org.jspecify.annotations.Nullable ColumnFilter comparison(
            Expr.Attribute a, ComparisonOp op, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return null;
        }
        ColumnFilter.Op pushed =
                switch (op) {
                    case EQ, NULL_SAFE_EQ -> ColumnFilter.Op.EQ;
                    case LT -> ColumnFilter.Op.LT;
                    case LE -> ColumnFilter.Op.LE;
                    case GT -> ColumnFilter.Op.GT;
                    case GE -> ColumnFilter.Op.GE;
                    case NOT_EQ -> null;
                };
        return pushed == null ? null : new ColumnFilter(a.name(), pushed, List.of(value));
    }
}
