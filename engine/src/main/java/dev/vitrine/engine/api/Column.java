package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A column expression of a [DataFrame], not yet resolved; method names are Spark's. Immutable.
public final class Column {
    private final Expr expr;

    Column(Expr expr) {
        this.expr = expr;
    }

    Expr expr() {
        return expr;
    }

    private static Expr unwrap(@Nullable Object value) {
        return switch (value) {
            case Column column -> column.expr;
            case null -> Expr.Literal.nullOf(DataType.NULL);
            case Boolean b -> Expr.Literal.of(b);
            case Integer i -> Expr.Literal.of(i);
            case Long l -> Expr.Literal.of(l);
            case Double d -> new Expr.Literal(d, DataType.DOUBLE);
            case Float f -> new Expr.Literal(f, DataType.FLOAT);
            case String s -> Expr.Literal.of(s);
            case BigDecimal d ->
                    new Expr.Literal(
                            d,
                            new DataType.Decimal(
                                    Math.max(d.precision(), d.scale()), Math.max(0, d.scale())));
            default -> throw new IllegalArgumentException("No literal of " + value.getClass());
        };
    }

    static Column literal(@Nullable Object value) {
        return new Column(unwrap(value));
    }

    private Column operator(String symbol, Object other) {
        return new Column(new Expr.UnresolvedOperator(symbol, List.of(expr, unwrap(other)), null));
    }

    public Column plus(Object other) {
        return operator("+", other);
    }

    public Column minus(Object other) {
        return operator("-", other);
    }

    public Column multiply(Object other) {
        return operator("*", other);
    }

    public Column divide(Object other) {
        return operator("/", other);
    }

    public Column mod(Object other) {
        return operator("%", other);
    }

    public Column equalTo(Object other) {
        return operator("=", other);
    }

    public Column notEqual(Object other) {
        return operator("<>", other);
    }

    public Column eqNullSafe(Object other) {
        return operator("<=>", other);
    }

    public Column lt(Object other) {
        return operator("<", other);
    }

    public Column leq(Object other) {
        return operator("<=", other);
    }

    public Column gt(Object other) {
        return operator(">", other);
    }

    public Column geq(Object other) {
        return operator(">=", other);
    }

    public Column and(Column other) {
        return new Column(new Expr.And(List.of(expr, other.expr)));
    }

    public Column or(Column other) {
        return new Column(new Expr.Or(List.of(expr, other.expr)));
    }

    public Column not() {
        return new Column(new Expr.Not(expr));
    }

    public Column isNull() {
        return new Column(new Expr.IsNull(expr));
    }

    public Column isNotNull() {
        return new Column(Expr.isNotNull(expr));
    }

    public Column isin(Object... values) {
        return new Column(new Expr.In(expr, Arrays.stream(values).map(Column::unwrap).toList()));
    }

    public Column between(Object low, Object high) {
        return geq(low).and(leq(high));
    }

    public Column like(String pattern) {
        return new Column(new Expr.Like(expr, Expr.Literal.of(pattern), '\\', false));
    }

    /// @param type a type as SQL writes it, `decimal(10,2)`
    public Column cast(String type) {
        return new Column(new Expr.Cast(expr, SqlParser.parseType(type), EvalMode.ANSI));
    }

    public Column as(String name) {
        return new Column(new Expr.Alias(expr, name, 0));
    }

    public Column asc() {
        return new Column(new Expr.SortKey(expr, SortDirection.ASCENDING, true));
    }

    public Column desc() {
        return new Column(new Expr.SortKey(expr, SortDirection.DESCENDING, false));
    }

    Expr.SortKey sortKey() {
        return expr instanceof Expr.SortKey key
                ? key
                : new Expr.SortKey(expr, SortDirection.ASCENDING, true);
    }

    static Column call(String name, Column... args) {
        return new Column(
                new Expr.UnresolvedFunction(
                        name,
                        Arrays.stream(args).map(Column::expr).toList(),
                        false,
                        Optional.empty(),
                        null));
    }

    static Column sql(String text) {
        return new Column(SqlParser.parseExpression(text, new PlanContext()));
    }
}
