package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.AnalyzedFrame;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Frames made of two: joins, subqueries and set operations. Users see it as [DataFrame].
abstract sealed class FrameCombinations extends FrameActions permits DataFrame {
    FrameCombinations(Session session, LogicalPlan plan, Optional<AnalyzedFrame> below) {
        super(session, plan, below);
    }

    // Joins

    /// A name that columns can be qualified with.
    public DataFrame as(String alias) {
        return with(new LogicalPlan.SubqueryAlias(plan, alias, List.of()));
    }

    public DataFrame alias(String alias) {
        return as(alias);
    }

    /// Each row with each of the other's.
    public DataFrame join(DataFrame right) {
        return with(new LogicalPlan.Join(plan, right.plan, JoinType.INNER, Optional.empty()));
    }

    public DataFrame crossJoin(DataFrame right) {
        return with(new LogicalPlan.Join(plan, right.plan, JoinType.CROSS, Optional.empty()));
    }

    public DataFrame join(DataFrame right, Column condition) {
        return join(right, condition, "inner");
    }

    /// @param how `inner`, `cross`, `outer`, `full`, `left`, `right`, `semi` or `anti`, or one of
    ///   Spark's longer forms such as `left_outer`
    /// @throws EngineException UNSUPPORTED_JOIN_TYPE
    public DataFrame join(DataFrame right, Column condition, String how) {
        return with(new FrameJoins(plan, right.plan, FrameJoins.type(how)).on(condition.expr()));
    }

    /// A join on a column of equal name, which appears once.
    public DataFrame join(DataFrame right, String column) {
        return join(right, new String[] {column});
    }

    public DataFrame join(DataFrame right, String[] columns) {
        return join(right, columns, "inner");
    }

    public DataFrame join(DataFrame right, String column, String how) {
        return join(right, new String[] {column}, how);
    }

    public DataFrame join(DataFrame right, String[] columns, String how) {
        return columns.length == 0
                ? join(right)
                : with(
                        new LogicalPlan.UsingJoin(
                                plan, right.plan, FrameJoins.type(how), List.of(columns)));
    }

    /// A join whose right side may name columns of this one.
    public DataFrame lateralJoin(DataFrame right) {
        return lateralJoin(right, Functions.lit(true), "inner");
    }

    public DataFrame lateralJoin(DataFrame right, Column condition) {
        return lateralJoin(right, condition, "inner");
    }

    public DataFrame lateralJoin(DataFrame right, String how) {
        return lateralJoin(right, Functions.lit(true), how);
    }

    /// @param how `inner`, `left` or `cross`
    /// @throws EngineException UNSUPPORTED_JOIN_TYPE
    public DataFrame lateralJoin(DataFrame right, Column condition, String how) {
        return with(
                new LogicalPlan.LateralJoin(
                        plan,
                        right.plan,
                        FrameJoins.lateralType(how),
                        Optional.of(condition.expr())));
    }

    /// The one value of these rows, for use in another frame's expressions.
    public Column scalar() {
        return new Column(new Expr.ScalarSubquery(plan));
    }

    /// Whether there are rows, for use in another frame's expressions.
    public Column exists() {
        return new Column(new Expr.Exists(plan));
    }

    // Set operations

    /// The rows of both, matched by the columns' places; duplicates stay.
    public DataFrame union(DataFrame other) {
        List<LogicalPlan> inputs = new ArrayList<>(partsOfUnion());
        inputs.add(other.plan);
        return with(new LogicalPlan.Union(inputs, false, List.of()));
    }

    /// What this frame is a union of: one made in a loop is one union, not as deep as the loop is
    /// long.
    private List<LogicalPlan> partsOfUnion() {
        boolean union =
                plan instanceof LogicalPlan.Union(var inputs, boolean byName, var attributes)
                        && !byName
                        && !session.keeps(plan);
        return union ? plan.children() : List.of(plan);
    }

    public DataFrame unionAll(DataFrame other) {
        return union(other);
    }

    public DataFrame unionByName(DataFrame other) {
        return unionByName(other, false);
    }

    /// The rows of both, matched by the columns' names.
    ///
    /// @param allowMissingColumns whether a column of one side only is NULL in the other's rows
    public DataFrame unionByName(DataFrame other, boolean allowMissingColumns) {
        DataFrame left = allowMissingColumns ? withMissing(other) : self();
        DataFrame right = allowMissingColumns ? other.withMissing(left) : other;
        return with(new LogicalPlan.Union(List.of(left.plan, right.plan), true, List.of()));
    }

    DataFrame withMissing(DataFrame other) {
        Map<String, Column> missing = new LinkedHashMap<>();
        other.schema().fields().stream()
                .filter(field -> places(field.name()).isEmpty())
                .forEach(
                        field -> missing.put(field.name(), Functions.lit(null).cast(field.type())));
        return missing.isEmpty() ? self() : self().withColumns(missing);
    }

    private DataFrame combined(
            DataFrame other, LogicalPlan.SetOperation.Kind kind, boolean duplicates) {
        return with(new LogicalPlan.SetOperation(plan, other.plan, kind, duplicates));
    }

    /// The rows in both, each once.
    public DataFrame intersect(DataFrame other) {
        return combined(other, LogicalPlan.SetOperation.Kind.INTERSECT, false);
    }

    public DataFrame intersectAll(DataFrame other) {
        return combined(other, LogicalPlan.SetOperation.Kind.INTERSECT, true);
    }

    /// The rows of this that are not in the other, each once.
    public DataFrame except(DataFrame other) {
        return combined(other, LogicalPlan.SetOperation.Kind.EXCEPT, false);
    }

    public DataFrame exceptAll(DataFrame other) {
        return combined(other, LogicalPlan.SetOperation.Kind.EXCEPT, true);
    }
}
