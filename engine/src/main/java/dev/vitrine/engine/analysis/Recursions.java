package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.logical.DeferredTable;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A query of WITH RECURSIVE that reads itself: `anchor UNION ALL step`, a table whose rows are
/// computed level by level once the query runs.
final class Recursions {
    private final Analyzer analyzer;

    Recursions(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// Whether the unresolved query of `table` names the table.
    static boolean readsItself(CommonTable table) {
        return NamedRelations.of(table.plan()).stream()
                .anyMatch(parts ->
                        parts.size() == 1 && parts.getFirst().equalsIgnoreCase(table.name()));
    }

    /// The two queries of a recursive one, as they were written.
    private record Halves(LogicalPlan anchor, LogicalPlan step) {}

    /// The table's rows as a scan.
    Resolved resolve(CommonTable table, Scope scope) {
        Halves halves =
                halves(table.plan(), table)
                        .orElseThrow(() -> invalid(table, ErrorCode.INVALID_RECURSIVE_CTE));
        LogicalPlan anchor =
                analyzer.exact(analyzer.resolve(halves.anchor, scope.alone(table.visible())))
                        .plan();
        List<Field> fields =
                anchor.output().stream().map(a -> new Field(a.name(), a.type(), true)).toList();
        DeferredTable level = new DeferredTable(table.name(), new Schema(fields), Optional.empty());
        Map<String, CommonTable> visible = new LinkedHashMap<>(table.visible());
        visible.put(
                table.name().toLowerCase(Locale.ROOT),
                new CommonTable(table.name(), scan(level), Map.of()));
        LogicalPlan step =
                analyzer.exact(analyzer.resolve(halves.step, scope.alone(visible))).plan();
        check(table, step, level);
        LogicalPlan cast = castToAnchor(table, fields, step);
        DeferredTable rows =
                new DeferredTable(
                        table.name(),
                        new Schema(fields),
                        Optional.of(
                                new DeferredTable.Recursion(
                                        anchor, cast, level, table.maxLevel())));
        return Resolved.of(analyzer.made(scan(rows), table.plan()));
    }

    private LogicalPlan scan(DeferredTable table) {
        return analyzer.scan(table);
    }

    /// `plan` taken apart at its UNION ALL; names and WITH around it go to both halves.
    private static Optional<Halves> halves(LogicalPlan plan, CommonTable table) {
        return switch (plan) {
            case LogicalPlan.Union(var inputs, boolean byName, var attributes)
                    when !byName && !reads(inputs.subList(0, inputs.size() - 1), table) -> {
                List<LogicalPlan> first = inputs.subList(0, inputs.size() - 1);
                LogicalPlan anchor =
                        first.size() == 1
                                ? first.getFirst()
                                : new LogicalPlan.Union(first, false, List.of());
                yield Optional.of(new Halves(anchor, inputs.getLast()));
            }
            case LogicalPlan.SubqueryAlias(var input, var alias, var names) ->
                    halves(input, table)
                            .map(h ->
                                    new Halves(
                                            new LogicalPlan.SubqueryAlias(h.anchor, alias, names),
                                            h.step));
            case LogicalPlan.With with ->
                    halves(with.input(), table)
                            .map(h -> new Halves(with.withInput(h.anchor), with.withInput(h.step)));
            default -> Optional.empty();
        };
    }

    private static boolean reads(List<LogicalPlan> plans, CommonTable table) {
        return plans.stream()
                .anyMatch(p -> readsItself(new CommonTable(table.name(), p, Map.of())));
    }

    private EngineException invalid(CommonTable table, ErrorCode code) {
        return new EngineException(code, Map.of("cteName", "`" + table.name() + "`"), where(table));
    }

    private @Nullable SourceRange where(CommonTable table) {
        return analyzer.context().origin(table.plan()).sql().orElse(null);
    }

    /// The types are the anchor's: the step's values must be such, or become such unharmed.
    private LogicalPlan castToAnchor(CommonTable table, List<Field> fields, LogicalPlan step) {
        List<Attribute> output = step.output();
        if (output.size() != fields.size()) {
            throw new EngineException(
                    ErrorCode.NUM_COLUMNS_MISMATCH,
                    Map.of(
                            "operator",
                            "UNION",
                            "firstNumColumns",
                            fields.size(),
                            "invalidOrdinalNum",
                            "second",
                            "invalidNumColumns",
                            output.size()),
                    where(table));
        }
        StoreAssignment ansi =
                new StoreAssignment(
                        analyzer.settings().with(Settings.STORE_ASSIGNMENT.key(), "ANSI"));
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            DataType wanted = fields.get(i).type();
            DataType given = output.get(i).type();
            if (CommonTypes.of(wanted, given).isEmpty() || !ansi.allows(given, wanted)) {
                throw new EngineException(
                        ErrorCode.INCOMPATIBLE_COLUMN_TYPE,
                        Map.of(
                                "operator", "UNION",
                                "columnOrdinalNumber", i + 1,
                                "tableOrdinalNumber", "second",
                                "dataType1", "\"" + given.sql() + "\"",
                                "dataType2", "\"" + wanted.sql() + "\""),
                        where(table));
            }
            types.add(wanted);
        }
        return analyzer.castColumns(step, types);
    }

    /// One reference only, at a place where the rows of one level give all that the next needs.
    private void check(CommonTable table, LogicalPlan step, DeferredTable level) {
        if (count(step, level) > 1) {
            throw invalid(table, ErrorCode.INVALID_RECURSIVE_REFERENCE__NUMBER);
        }
        if (!isAllowed(step, level)) {
            throw invalid(table, ErrorCode.INVALID_RECURSIVE_REFERENCE__PLACE);
        }
    }

    private static int count(LogicalPlan plan, DeferredTable level) {
        int[] found = {0};
        plan.forEach(node -> {
            found[0] += isLevel(node, level) ? 1 : 0;
            node.forEachSubquery(subquery -> found[0] += count(subquery, level));
        });
        return found[0];
    }

    private static boolean isLevel(LogicalPlan node, DeferredTable level) {
        return node instanceof LogicalPlan.Scan scan && scan.source() == level;
    }

    private static boolean isAllowed(LogicalPlan plan, DeferredTable level) {
        if (count(plan, level) == 0 || isLevel(plan, level)) {
            return true;
        }
        int[] inSubqueries = {0};
        plan.forEachSubquery(subquery -> inSubqueries[0] += count(subquery, level));
        if (inSubqueries[0] > 0) {
            return false;
        }
        return switch (plan) {
            case LogicalPlan.Join(var left, var right, var type, var condition) ->
                    joined(left, right, type, level);
            case LogicalPlan.LateralJoin(var left, var right, var type, var condition) ->
                    joined(left, right, type, level);
            case LogicalPlan.Project p -> isAllowed(p.input(), level);
            case LogicalPlan.Filter f -> isAllowed(f.input(), level);
            case LogicalPlan.Generate g -> isAllowed(g.input(), level);
            case LogicalPlan.Sort s -> isAllowed(s.input(), level);
            case LogicalPlan.Limit l -> isAllowed(l.input(), level);
            case LogicalPlan.Repartition r -> isAllowed(r.input(), level);
            case LogicalPlan.Sample s -> isAllowed(s.input(), level);
            case LogicalPlan.Union u -> u.inputs().stream().allMatch(in -> isAllowed(in, level));
            default -> false;
        };
    }

    private static boolean joined(
            LogicalPlan left, LogicalPlan right, JoinType type, DeferredTable level) {
        boolean inLeft = count(left, level) > 0;
        boolean allowed =
                type.isInner()
                        || (inLeft
                                ? type == JoinType.LEFT_OUTER || type.leftOnly()
                                : type == JoinType.RIGHT_OUTER);
        return allowed && isAllowed(left, level) && isAllowed(right, level);
    }
}
