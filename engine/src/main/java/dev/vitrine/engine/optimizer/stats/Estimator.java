package dev.vitrine.engine.optimizer.stats;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.spi.TableStatistics.ColumnStatistics;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Estimates a plan's rows from the statistics of its tables: uniform values, independent
/// conditions, keys contained in one another (the classic assumptions of Selinger and others,
/// 1979). Remembers what it found; used by one thread.
public final class Estimator {
    private static final double UNKNOWN_ROWS = 100_000;
    private static final double UNKNOWN_SELECTIVITY = 0.25;
    private static final double LIKE_SELECTIVITY = 0.1;
    private static final double RANGE_SELECTIVITY = 0.33;
    private static final double ROWS_OF_ONE = 3;

    /// Of a range outside a column's bounds, which may have grown since they were taken.
    private static final double LEAST_SHARE = 0.001;

    /// Rows of an anti join's left side that are taken to find no partner at least: where all keys
    /// seem to be there, some never are.
    private static final double LEAST_ALONE = 0.1;

    private static final int STRING_BYTES = 24;

    /// Share of a table's rows that different values must reach to be taken for its key.
    private static final double KEY_SHARE = 0.9;

    private final IdentityHashMap<LogicalPlan, Estimate> known = new IdentityHashMap<>();

    /// @param columns by attribute id
    private record Estimate(double rows, Map<Long, Column> columns) {}

    /// @param distinct estimated number of different values
    /// @param base the same in the whole table the column comes from
    /// @param tableRows rows of that table
    /// @param min smallest value as a number, or NaN
    /// @param table identity of that table's scan
    /// @param narrowest share of its table's rows that the narrowest of the conditions met keeps
    private record Column(
            double distinct,
            double base,
            double tableRows,
            Object table,
            double min,
            double max,
            double narrowest) {

        /// With the different values that are left in some of the rows (Cardenas 1975).
        Column in(double rows) {
            double left = base * -Math.expm1(-rows / base);
            return new Column(
                    Math.clamp(left, 1, Math.max(1, Math.min(distinct, rows))),
                    base,
                    tableRows,
                    table,
                    min,
                    max,
                    narrowest);
        }

        Column narrowedTo(double share) {
            return new Column(
                    distinct, base, tableRows, table, min, max, Math.min(narrowest, share));
        }

        /// The share of this key's values that may be in a column that refers to it, by their
        /// bounds; 1 where nothing is known of them.
        double referredTo(Column other) {
            double width = max - min + 1;
            double common = Math.min(max, other.max) - Math.max(min, other.min) + 1;
            return common > 0 && width > 1 ? common / width : 1;
        }
    }

    /// Estimated rows that `plan` gives.
    public double rows(LogicalPlan plan) {
        return estimate(plan).rows;
    }

    /// Estimated bytes of all rows that `plan` gives.
    public double bytes(LogicalPlan plan) {
        double width = 8;
        for (Attribute a : plan.output()) {
            width += a.type() == DataType.STRING || a.type().isNested() ? STRING_BYTES : 8;
        }
        return rows(plan) * width;
    }

    /// Estimated number of different values of a column of `plan`.
    public double distinct(LogicalPlan plan, Attribute attribute) {
        Estimate estimate = estimate(plan);
        Column column = estimate.columns.get(attribute.id());
        return column == null ? Math.max(1, estimate.rows / 10) : column.distinct;
    }

    private Estimate estimate(LogicalPlan plan) {
        Estimate found = known.get(plan);
        if (found == null) {
            found = compute(plan);
            known.put(plan, found);
        }
        return found;
    }

    private Estimate compute(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan);
            case LogicalPlan.LocalRelation(var output, var rows) ->
                    new Estimate(rows.size(), Map.of());
            case LogicalPlan.Range r ->
                    new Estimate(
                            Math.max(0, Math.abs((double) (r.end() - r.start()) / r.step())),
                            Map.of());
            case LogicalPlan.Filter(var input, var predicate) -> {
                Estimate below = estimate(input);
                Shares shares = shares(Expr.conjuncts(predicate), below);
                Map<Long, Column> columns = new HashMap<>();
                below.columns.forEach(
                        (id, column) -> columns.put(id, column.narrowedTo(shares.narrowest)));
                yield shrunk(
                        new Estimate(below.rows, columns), Math.max(1, below.rows * shares.all));
            }
            case LogicalPlan.Project(var input, var exprs) -> {
                Estimate below = estimate(input);
                Map<Long, Column> columns = new HashMap<>(below.columns);
                for (Expr expr : exprs) {
                    if (expr instanceof Expr.Alias(Attribute a, var name, var id)
                            && below.columns.containsKey(a.id())) {
                        columns.put(id, below.columns.get(a.id()));
                    }
                }
                yield new Estimate(below.rows, columns);
            }
            case LogicalPlan.Aggregate(var input, var groupings, var outputs) -> {
                Estimate below = estimate(input);
                yield shrunk(below, groups(groupings, input, below.rows));
            }
            case LogicalPlan.Join join -> join(join);
            case LogicalPlan.Limit(var input, var limit, var offset) -> {
                Estimate below = estimate(input);
                double rows =
                        limit.isPresent() && limit.get() instanceof Expr.Literal(Number n, var t)
                                ? Math.min(n.doubleValue(), below.rows)
                                : below.rows;
                yield shrunk(below, rows);
            }
            case LogicalPlan.Union(var inputs, boolean byName, var attributes) ->
                    new Estimate(inputs.stream().mapToDouble(this::rows).sum(), Map.of());
            case LogicalPlan.Distinct(var input) ->
                    shrunk(estimate(input), Math.max(1, rows(input) / 2));
            case LogicalPlan.SetOperation(var left, var right, var kind, var all) ->
                    shrunk(estimate(left), Math.max(1, rows(left) / 2));
            case LogicalPlan.Sample(var input, double fraction, long seed) ->
                    shrunk(estimate(input), Math.max(1, rows(input) * fraction));
            case LogicalPlan.Sort s -> estimate(s.input());
            case LogicalPlan.Window w -> estimate(w.input());
            case LogicalPlan.WindowGroupLimit w -> estimate(w.input());
            case LogicalPlan.Expand e ->
                    new Estimate(rows(e.input()) * e.projections().size(), Map.of());
            case LogicalPlan.Generate g ->
                    new Estimate(rows(g.input()) * ROWS_OF_ONE, estimate(g.input()).columns);
            case LogicalPlan.MapRows m -> new Estimate(rows(m.input()), Map.of());
            case LogicalPlan.PartitionRows p ->
                    new Estimate(
                            Math.max(
                                    UNKNOWN_ROWS,
                                    p.inputs().stream().mapToDouble(this::rows).max().orElse(0)),
                            Map.of());
            case LogicalPlan.LateralJoin j -> estimate(j.left());
            case LogicalPlan.UnresolvedGenerate u -> estimate(u.input());
            case LogicalPlan.Repartition r -> estimate(r.input());
            case LogicalPlan.Write w -> estimate(w.input());
            case LogicalPlan.UnresolvedInsert u -> estimate(u.input());
            case LogicalPlan.SubqueryAlias s -> estimate(s.input());
            case LogicalPlan.With w -> estimate(w.input());
            case LogicalPlan.UsingJoin u -> new Estimate(UNKNOWN_ROWS, Map.of());
            case LogicalPlan.UnresolvedRelation u -> new Estimate(UNKNOWN_ROWS, Map.of());
            case LogicalPlan.UnresolvedFiles u -> new Estimate(UNKNOWN_ROWS, Map.of());
            case LogicalPlan.UnresolvedInlineTable u -> new Estimate(u.rows().size(), Map.of());
            case QueryForm f -> new Estimate(UNKNOWN_ROWS, Map.of());
        };
    }

    private static Estimate scan(LogicalPlan.Scan scan) {
        var statistics = scan.source().statistics();
        double rows =
                statistics.rowCount().isPresent()
                        ? statistics.rowCount().getAsLong()
                        : statistics.sizeBytes().isPresent()
                                ? Math.max(1, statistics.sizeBytes().getAsLong() / 60.0)
                                : UNKNOWN_ROWS;
        Map<Long, Column> columns = new HashMap<>();
        for (Attribute a : scan.output()) {
            ColumnStatistics column = statistics.columns().get(a.name());
            if (column != null) {
                columns.put(a.id(), column(a.type(), column, rows, columns));
            }
        }
        return new Estimate(rows, columns);
    }

    private static Column column(
            DataType type, ColumnStatistics statistics, double rows, Object table) {
        double min = number(statistics.min());
        double max = number(statistics.max());
        double distinct;
        if (statistics.distinctCount().isPresent()) {
            distinct = statistics.distinctCount().getAsLong();
        } else if ((type.isIntegral() || type == DataType.DATE)
                && !Double.isNaN(min)
                && !Double.isNaN(max)) {
            distinct = Math.min(rows, max - min + 1);
        } else if (type == DataType.STRING) {
            distinct = Math.sqrt(rows) * 10;
        } else {
            distinct = rows / 10;
        }
        double within = Math.clamp(distinct, 1, Math.max(1, rows));
        return new Column(within, within, rows, table, min, max, 1);
    }

    private static double number(@Nullable Object value) {
        return switch (value) {
            case BigDecimal d -> d.doubleValue();
            case Number n when Double.isFinite(n.doubleValue()) -> n.doubleValue();
            case null, default -> Double.NaN;
        };
    }

    /// @param wanted where bounds at infinity leave it open, NaN, which is taken for a row
    private static Estimate shrunk(Estimate estimate, double wanted) {
        double rows = Double.isNaN(wanted) ? 1 : wanted;
        Map<Long, Column> columns = new HashMap<>();
        estimate.columns.forEach((id, c) -> columns.put(id, c.in(rows)));
        return new Estimate(rows, columns);
    }

    /// Different values of a table's columns are at most as many as its rows, however often a join
    /// repeats those.
    private double groups(List<Expr> groupings, LogicalPlan input, double rows) {
        double groups = 1;
        IdentityHashMap<Object, Double> byTable = new IdentityHashMap<>();
        IdentityHashMap<Object, Double> most = new IdentityHashMap<>();
        Map<Long, Column> columns = estimate(input).columns;
        for (Expr grouping : groupings) {
            Column column = grouping instanceof Attribute a ? columns.get(a.id()) : null;
            if (column != null) {
                byTable.merge(column.table, column.distinct, (x, y) -> x * y);
                most.put(column.table, Math.max(1, column.tableRows));
            } else {
                groups *= Math.max(1, rows / 10);
            }
        }
        for (Map.Entry<Object, Double> table : byTable.entrySet()) {
            groups *= Math.min(table.getValue(), most.getOrDefault(table.getKey(), 1.0));
        }
        return Math.max(1, Math.min(groups, rows));
    }

    private Estimate join(LogicalPlan.Join join) {
        Estimate left = estimate(join.left());
        Estimate right = estimate(join.right());
        Map<Long, Column> columns = new HashMap<>(left.columns);
        columns.putAll(right.columns);
        double rows = left.rows * right.rows;
        double matching = 1;
        List<KeyPair> keys = new ArrayList<>();
        for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
            Optional<KeyPair> pair = keyPair(term, left, right);
            if (pair.isPresent()) {
                keys.add(pair.get());
            } else {
                matching *= residual(term, join, new Estimate(rows, columns));
            }
        }
        if (!keys.isEmpty()) {
            matching /= keyValues(keys, left.rows, right.rows);
            matching *= concentration(keys, left.rows, right.rows);
        }
        double inner = Math.max(1, rows * matching);
        double result =
                switch (join.joinType()) {
                    case INNER, CROSS -> inner;
                    case LEFT_OUTER -> Math.max(inner, left.rows);
                    case RIGHT_OUTER -> Math.max(inner, right.rows);
                    case FULL_OUTER -> Math.max(inner, left.rows + right.rows);
                    case LEFT_SEMI -> Math.min(left.rows, Math.max(1, semi(join, left, right)));
                    case LEFT_ANTI ->
                            Math.max(
                                    Math.max(1, left.rows * LEAST_ALONE),
                                    left.rows - semi(join, left, right));
                };
        return shrunk(new Estimate(result, columns), result);
    }

    /// The share of pairs that meet a condition that is no key. What all branches of an OR ask of
    /// one side alone has been asked below the join already (`ExtractCommonFactors`).
    private double residual(Expr term, LogicalPlan.Join join, Estimate pairs) {
        double share = selectivity(term, pairs);
        if (term instanceof Expr.Or(var branches)) {
            share /= asked(branches, join.left(), pairs) * asked(branches, join.right(), pairs);
        }
        return Math.min(1, share);
    }

    /// The share of pairs that meet what the branches ask of one side alone.
    private double asked(List<Expr> branches, LogicalPlan side, Estimate pairs) {
        Set<Long> ids = side.output().stream().map(Attribute::id).collect(Collectors.toSet());
        List<Expr> own = new ArrayList<>();
        for (Expr branch : branches) {
            List<Expr> terms =
                    Expr.conjuncts(branch).stream()
                            .filter(term -> ids.containsAll(term.references()))
                            .toList();
            if (terms.isEmpty()) {
                return 1;
            }
            own.add(Expr.and(terms));
        }
        return selectivity(Expr.or(own), pairs);
    }

    private static double semi(LogicalPlan.Join join, Estimate left, Estimate right) {
        for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
            if (term instanceof Expr.Comparison(var op, Attribute a, Attribute b)
                    && op == ComparisonOp.EQ) {
                Column x = left.columns.getOrDefault(a.id(), left.columns.get(b.id()));
                Column y = right.columns.getOrDefault(b.id(), right.columns.get(a.id()));
                if (x != null && y != null) {
                    return left.rows * Math.min(1, y.distinct / x.base);
                }
            }
        }
        return left.rows / 2;
    }

    /// The columns of the two sides of an equality, null where nothing is known of them.
    private record KeyPair(@Nullable Column left, @Nullable Column right) {
        /// Different values on the side that has more of them; 1 where one is unknown.
        double values() {
            return left == null || right == null ? 1 : Math.max(left.distinct, right.distinct);
        }
    }

    /// Whether a column alone tells the rows of a side from one another.
    private static boolean isKey(@Nullable Column column, double rows) {
        return column != null
                && column.base >= KEY_SHARE * column.tableRows
                && column.distinct >= KEY_SHARE * rows;
    }

    /// How many times as many of a referring table's rows refer to the rows left of a table as
    /// would if the former were spread over all of the latter. Of a calendar of two centuries that
    /// sales of five years refer to, a condition that keeps less than those five years (a year, a
    /// month in a year) is taken to ask for days with sales; one that keeps more (Mondays) asks for
    /// days as they come.
    private static double concentration(List<KeyPair> keys, double leftRows, double rightRows) {
        if (keys.size() != 1) {
            return 1;
        }
        KeyPair pair = keys.getFirst();
        if (pair.left == null || pair.right == null) {
            return 1;
        }
        boolean leftIsKey = pair.left.base >= KEY_SHARE * pair.left.tableRows;
        if (leftIsKey == (pair.right.base >= KEY_SHARE * pair.right.tableRows)) {
            return 1;
        }
        Column key = leftIsKey ? pair.left : pair.right;
        double share = key.referredTo(leftIsKey ? pair.right : pair.left);
        if (key.narrowest > share) {
            return 1;
        }
        double left = (leftIsKey ? leftRows : rightRows) / key.tableRows;
        return Math.clamp(1 / left, 1, 1 / share);
    }

    /// How many different keys the pairs of rows are spread over. Where a side's key has as many
    /// values as its table has rows, it is taken for that table's key, which the other side refers
    /// to: the table's rows then count, however few of them are left. What else must be equal is
    /// independent of a key of one column.
    private static double keyValues(List<KeyPair> keys, double leftRows, double rightRows) {
        for (KeyPair pair : keys) {
            if (keys.size() > 1 && (isKey(pair.left, leftRows) || isKey(pair.right, rightRows))) {
                double values = keyValues(List.of(pair), leftRows, rightRows);
                for (KeyPair other : keys) {
                    values *= other == pair ? 1 : other.values();
                }
                return values;
            }
        }
        double left = tableKeys(keys.stream().map(KeyPair::left).toList());
        double right = tableKeys(keys.stream().map(KeyPair::right).toList());
        if (left > 0 || right > 0) {
            return left > 0 && right > 0 ? Math.min(left, right) : Math.max(left, right);
        }
        return Math.max(
                distinct(keys.stream().map(KeyPair::left).toList(), leftRows),
                distinct(keys.stream().map(KeyPair::right).toList(), rightRows));
    }

    /// Rows of the table that `columns` together are a key of, or 0.
    private static double tableKeys(List<@Nullable Column> columns) {
        double values = 1;
        double rows = 0;
        for (Column column : columns) {
            if (column == null) {
                return 0;
            }
            values *= column.base;
            rows = Math.max(rows, column.tableRows);
        }
        return values >= KEY_SHARE * rows ? Math.max(1, rows) : 0;
    }

    /// Different combinations of values; never more than rows.
    private static double distinct(List<@Nullable Column> columns, double rows) {
        double values = 1;
        for (Column column : columns) {
            values *= column == null ? Math.max(1, rows / 10) : column.distinct;
        }
        return Math.clamp(values, 1, Math.max(1, rows));
    }

    private static Optional<KeyPair> keyPair(Expr term, Estimate left, Estimate right) {
        if (!(term instanceof Expr.Comparison(var op, Expr first, Expr second))
                || (op != ComparisonOp.EQ && op != ComparisonOp.NULL_SAFE_EQ)
                || !(uncast(first) instanceof Attribute a)
                || !(uncast(second) instanceof Attribute b)) {
            return Optional.empty();
        }
        boolean straight = left.columns.containsKey(a.id()) || right.columns.containsKey(b.id());
        Attribute l = straight ? a : b;
        Attribute r = straight ? b : a;
        return Optional.of(new KeyPair(left.columns.get(l.id()), right.columns.get(r.id())));
    }

    private static Expr uncast(Expr expr) {
        return expr instanceof Expr.Cast(var input, var type, var mode) ? uncast(input) : expr;
    }

    /// The share of rows that meet all terms. Bounds of one column are taken together: of two dates
    /// a month apart, what lies between them counts.
    private double selectivityOfAll(List<Expr> terms, Estimate input) {
        return shares(terms, input).all;
    }

    /// @param all of rows that meet all terms
    /// @param narrowest of rows that meet one of the terms, or the bounds of one column
    private record Shares(double all, double narrowest) {
        Shares and(double share) {
            return new Shares(all * share, Math.min(narrowest, share));
        }
    }

    private Shares shares(List<Expr> terms, Estimate input) {
        Map<Long, Bound> bounds = new HashMap<>();
        Shares shares = new Shares(1, 1);
        for (Expr term : terms) {
            Optional<Bound> bound = bound(term, input);
            if (bound.isPresent()) {
                bounds.merge(bound.get().attribute, bound.get(), Bound::and);
            } else {
                shares = shares.and(selectivity(term, input));
            }
        }
        for (Bound bound : bounds.values()) {
            shares = shares.and(bound.share());
        }
        return shares;
    }

    /// That a column's values lie between two numbers.
    private record Bound(long attribute, Column column, double from, double to) {
        Bound and(Bound other) {
            return new Bound(attribute, column, Math.max(from, other.from), Math.min(to, other.to));
        }

        /// The share of the column's values that do.
        double share() {
            double width = column.max - column.min;
            if (width <= 0) {
                return from <= column.min && column.min <= to ? 1 : LEAST_SHARE;
            }
            double share = (Math.min(to, column.max) - Math.max(from, column.min)) / width;
            return Math.clamp(share, LEAST_SHARE, 1);
        }
    }

    /// What a term says of where a column's values lie, if they and it are numbers.
    private static Optional<Bound> bound(Expr term, Estimate input) {
        if (!(term instanceof Expr.Comparison(var written, Expr left, Expr right))) {
            return Optional.empty();
        }
        boolean flipped = left instanceof Expr.Literal;
        ComparisonOp op = flipped ? written.flipped() : written;
        if (!((flipped ? right : left) instanceof Attribute a)
                || !((flipped ? left : right) instanceof Expr.Literal literal)) {
            return Optional.empty();
        }
        double value = number(literal.value());
        Column column = input.columns.get(a.id());
        if (column == null
                || Double.isNaN(column.min)
                || Double.isNaN(column.max)
                || Double.isNaN(value)) {
            return Optional.empty();
        }
        return switch (op) {
            case LT, LE -> Optional.of(new Bound(a.id(), column, Double.NEGATIVE_INFINITY, value));
            case GT, GE -> Optional.of(new Bound(a.id(), column, value, Double.POSITIVE_INFINITY));
            case EQ, NULL_SAFE_EQ, NOT_EQ -> Optional.empty();
        };
    }

    private double selectivity(Expr term, Estimate input) {
        return switch (term) {
            case Expr.Literal literal -> Boolean.TRUE.equals(literal.value()) ? 1 : 0;
            case Expr.Comparison comparison ->
                    bound(comparison, input)
                            .map(Bound::share)
                            .orElseGet(() -> comparison(comparison, input));
            case Expr.In(Attribute a, var options) ->
                    Math.min(1, options.size() * equality(a, input));
            case Expr.Like l -> LIKE_SELECTIVITY;
            case Expr.Not(Expr.IsNull i) -> 0.98;
            case Expr.IsNull i -> 0.02;
            case Expr.Not(var inner) -> Math.max(0.01, 1 - selectivity(inner, input));
            case Expr.And(var terms) -> selectivityOfAll(terms, input);
            case Expr.Or(var terms) -> {
                double none = 1;
                for (Expr t : terms) {
                    none *= 1 - selectivity(t, input);
                }
                yield 1 - none;
            }
            default -> UNKNOWN_SELECTIVITY;
        };
    }

    /// The share of rows for which a comparison holds of which no bound is known.
    private static double comparison(Expr.Comparison comparison, Estimate input) {
        double equal =
                switch (comparison) {
                    case Expr.Comparison(var op, Attribute a, Expr.Literal l) -> equality(a, input);
                    case Expr.Comparison(var op, Expr.Literal l, Attribute a) -> equality(a, input);
                    default -> 0.1;
                };
        return switch (comparison.op()) {
            case EQ, NULL_SAFE_EQ -> equal;
            case NOT_EQ -> 1 - equal;
            case LT, LE, GT, GE -> RANGE_SELECTIVITY;
        };
    }

    /// The share of rows in which a column has a certain value.
    private static double equality(Attribute attribute, Estimate input) {
        Column column = input.columns.get(attribute.id());
        return column == null ? 0.05 : 1 / column.distinct;
    }
}
