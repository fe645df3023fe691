package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Expr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Columns to start expressions from, under Spark's names. Functions without a method of their own
/// go by [#call] or [#expr].
public final class Functions {
    private Functions() {}

    /// A column by name, `a` or `t.a`.
    public static Column col(String name) {
        return new Column(
                name.equals("*")
                        ? new Expr.UnresolvedStar(List.of(), null)
                        : new Expr.UnresolvedAttribute(List.of(name.split("\\.")), null));
    }

    public static Column lit(@Nullable Object value) {
        return Column.literal(value);
    }

    /// An SQL expression.
    public static Column expr(String sql) {
        return Column.sql(sql);
    }

    /// A call of any function that SQL knows.
    public static Column call(String name, Column... args) {
        return Column.call(name, args);
    }

    public static Column count(Column column) {
        return Column.call("count", column);
    }

    public static Column countDistinct(Column... columns) {
        return new Column(
                new Expr.UnresolvedFunction(
                        "count",
                        Arrays.stream(columns).map(Column::expr).toList(),
                        true,
                        Optional.empty(),
                        null));
    }

    public static Column sum(Column column) {
        return Column.call("sum", column);
    }

    public static Column avg(Column column) {
        return Column.call("avg", column);
    }

    public static Column min(Column column) {
        return Column.call("min", column);
    }

    public static Column max(Column column) {
        return Column.call("max", column);
    }

    public static Column coalesce(Column... columns) {
        return Column.call("coalesce", columns);
    }

    public static Column upper(Column column) {
        return Column.call("upper", column);
    }

    public static Column lower(Column column) {
        return Column.call("lower", column);
    }

    public static Column concat(Column... columns) {
        return Column.call("concat", columns);
    }
}
