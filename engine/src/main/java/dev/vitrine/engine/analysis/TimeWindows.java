package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.TimeWindowFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `window(…)` or `session_window(…)` in a select list or GROUP BY: a column of the rows below,
/// which are there once for each window that they fall into; rows without a time are in none.
final class TimeWindows {
    private final Analyzer analyzer;

    TimeWindows(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// A select list without such calls, and the input that has their column.
    ///
    /// @param groupBy null where there is none
    /// @param session the column where it is each row's own span, which grouping by it has yet to
    ///   merge
    record Written(
            Resolved input,
            List<Expr> list,
            @Nullable List<Expr> groupBy,
            Optional<Attribute> session) {}

    Written replaced(
            Resolved input,
            List<Expr> list,
            @Nullable List<Expr> groupBy,
            LogicalPlan written,
            Scope scope) {
        List<Expr> all = new ArrayList<>(list);
        if (groupBy != null) {
            all.addAll(groupBy);
        }
        Optional<Expr.UnresolvedFunction> call = calls(all);
        if (call.isEmpty()) {
            return new Written(input, list, groupBy, Optional.empty());
        }
        ExprResolver resolver = new ExprResolver(analyzer, scope.over(input));
        List<Expr> args = resolver.resolveAll(call.get().args());
        boolean session = call.get().name().equals(TimeWindowFunctions.SESSION_WINDOW);
        LogicalPlan plan =
                session
                        ? new SessionWindows(analyzer, written).spans(input.plan(), args)
                        : windows(input.plan(), args, written);
        Attribute window = plan.output().getLast();
        List<Attribute> columns = new ArrayList<>(input.columns());
        columns.add(window);
        return new Written(
                new Resolved(plan, columns, input.hidden()),
                shown(list, scope.over(input)).stream().map(e -> without(e, window)).toList(),
                groupBy == null ? null : groupBy.stream().map(e -> without(e, window)).toList(),
                session ? Optional.of(window) : Optional.empty());
    }

    private LogicalPlan windows(LogicalPlan input, List<Expr> args, LogicalPlan written) {
        Expr windows = TimeWindowFunctions.windows(analyzer.call(TimeWindowFunctions.WINDOW, args));
        Expr.GeneratorCall rows =
                (Expr.GeneratorCall)
                        analyzer.functions()
                                .resolve("explode", analyzer.call("explode", List.of(windows)));
        Attribute window =
                new Attribute(
                        analyzer.context().newAttributeId(),
                        TimeWindowFunctions.WINDOW,
                        rows.fields().getFirst().type(),
                        false);
        return analyzer.made(
                new LogicalPlan.Generate(input, rows, false, List.of(window)), written);
    }

    /// `list` with the columns that its stars stand for, of which the window is none.
    private static List<Expr> shown(List<Expr> list, Scope input) {
        List<Expr> all = new ArrayList<>();
        for (Expr expr : list) {
            if (expr instanceof Expr.UnresolvedStar(var qualifier, var where)) {
                input.star(qualifier, where)
                        .forEach(column -> all.add(column.withQualifier(List.of())));
            } else {
                all.add(expr);
            }
        }
        return all;
    }

    private static boolean isWindow(Expr expr) {
        return expr instanceof Expr.UnresolvedFunction f
                && (f.name().equals(TimeWindowFunctions.WINDOW)
                        || f.name().equals(TimeWindowFunctions.SESSION_WINDOW));
    }

    private static Expr without(Expr expr, Attribute window) {
        return expr.transformUp(node -> isWindow(node) ? window : node);
    }

    private Optional<Expr.UnresolvedFunction> calls(List<Expr> exprs) {
        List<Expr.UnresolvedFunction> found = new ArrayList<>();
        for (Expr expr : exprs) {
            expr.forEach(node -> {
                if (isWindow(node)) {
                    found.add((Expr.UnresolvedFunction) node);
                }
            });
        }
        for (Expr.UnresolvedFunction other : found) {
            if (!other.sql().equals(found.getFirst().sql())) {
                throw new EngineException(
                        ErrorCode._LEGACY_ERROR_TEMP_1039, Map.of(), other.where());
            }
        }
        return found.stream().findFirst();
    }
}
