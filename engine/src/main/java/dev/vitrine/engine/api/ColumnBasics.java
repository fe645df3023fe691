package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What columns begin with: names, constants, SQL text, choices, and calls of any function. Users
/// see them as [Functions].
abstract sealed class ColumnBasics permits PlainColumns {
    /// Parameters of lambdas differ from one another, however deep one stands in another.
    private static final AtomicLong NEXT_PARAMETER = new AtomicLong();

    ColumnBasics() {}

    // Names, constants, SQL

    /// A column by name, `a` or `t.a`, or `*`.
    ///
    /// @throws EngineException INVALID_ATTRIBUTE_NAME_SYNTAX
    public static Column col(String name) {
        List<String> parts = AttributeName.parts(name);
        return new Column(
                name.equals("*") || name.endsWith(".*")
                        ? new Expr.UnresolvedStar(parts.subList(0, parts.size() - 1), null)
                        : new Expr.UnresolvedAttribute(parts, null));
    }

    public static Column column(String name) {
        return col(name);
    }

    /// A constant. A column is given back as it is; lists and maps become arrays and maps.
    ///
    /// @throws EngineException UNSUPPORTED_FEATURE.LITERAL_TYPE
    public static Column lit(@Nullable Object value) {
        return value instanceof Column column ? column : new Column(Literals.of(value));
    }

    /// An SQL expression, which may have a name: `"a + 1 AS b"`.
    ///
    /// @throws EngineException PARSE_SYNTAX_ERROR and the like
    public static Column expr(String sql) {
        List<Expr> exprs = SqlParser.parseNamedExpressions(sql, new PlanContext());
        if (exprs.size() != 1) {
            throw new EngineException(
                    ErrorCode.PARSE_SYNTAX_ERROR,
                    Map.of("error", "','"),
                    new SourceRange(0, sql.length()));
        }
        return new Column(exprs.getFirst());
    }

    // Choices and logic

    /// `value` where the condition holds; [Column#when] and [Column#otherwise] go on.
    public static Column when(Column condition, @Nullable Object value) {
        return Column.choice(condition, value);
    }

    public static Column not(Column condition) {
        return new Column(new Expr.Not(condition.expr()));
    }

    /// The number with the other sign.
    public static Column negate(Column number) {
        return operator("-", number);
    }

    public static Column negative(Column number) {
        return call("negative", number);
    }

    public static Column positive(Column number) {
        return call("positive", number);
    }

    /// Each bit the other way.
    public static Column bitwise_not(Column number) {
        return operator("~", number);
    }

    /// Each bit the other way.
    public static Column bitwiseNOT(Column number) {
        return bitwise_not(number);
    }

    // Order

    public static Column asc(String name) {
        return col(name).asc();
    }

    public static Column asc_nulls_first(String name) {
        return col(name).asc_nulls_first();
    }

    public static Column asc_nulls_last(String name) {
        return col(name).asc_nulls_last();
    }

    public static Column desc(String name) {
        return col(name).desc();
    }

    public static Column desc_nulls_first(String name) {
        return col(name).desc_nulls_first();
    }

    public static Column desc_nulls_last(String name) {
        return col(name).desc_nulls_last();
    }

    // Calls

    /// A call of any function that SQL knows, those of the session's user among them.
    public static Column call_function(String name, Column... args) {
        return call(
                AttributeName.parts(name).stream()
                        .map(part -> part.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(".")),
                args);
    }

    public static Column call_udf(String name, Column... args) {
        return call_function(name, args);
    }

    public static Column callUDF(String name, Column... args) {
        return call_function(name, args);
    }

    /// A frame that is small enough to be sent to all tasks; it is found to be so without this.
    public static DataFrame broadcast(DataFrame rows) {
        return rows.hint("broadcast");
    }

    /// @param unit `YEAR`, `MONTH`, `DAY`, `HOUR` and the like
    public static Column timestamp_add(String unit, Column quantity, Column timestamp) {
        return call("timestampadd", unit(unit), quantity, timestamp);
    }

    /// Whole units from `start` to `end`.
    ///
    /// @param unit `YEAR`, `MONTH`, `DAY`, `HOUR` and the like
    public static Column timestamp_diff(String unit, Column start, Column end) {
        return call("timestampdiff", unit(unit), start, end);
    }

    /// A field of a date, a time or an interval.
    public static Column extract(Column field, Column source) {
        return call("extract", field, source);
    }

    /// A field of a date, a time or an interval.
    public static Column date_part(Column field, Column source) {
        return call("date_part", field, source);
    }

    /// A field of a date, a time or an interval.
    public static Column datepart(Column field, Column source) {
        return call("datepart", field, source);
    }

    // For the classes below

    private static Column unit(String name) {
        return new Column(
                new Expr.NamedArgument("unit", Expr.Literal.of(name.toUpperCase(Locale.ROOT))));
    }

    static Column operator(String symbol, Column operand) {
        return new Column(new Expr.UnresolvedOperator(symbol, List.of(operand.expr()), null));
    }

    static Column call(String name, Column... args) {
        return call(name, false, false, args);
    }

    static Column distinct(String name, Column... args) {
        return call(name, true, false, args);
    }

    static Column ignoringNulls(boolean ignoreNulls, String name, Column... args) {
        return call(name, false, ignoreNulls, args);
    }

    private static Column call(String name, boolean distinct, boolean ignoreNulls, Column... args) {
        return new Column(
                new Expr.UnresolvedFunction(
                        name, Column.exprs(args), distinct, ignoreNulls, Optional.empty(), null));
    }

    static Column[] with(Column first, Column[] rest) {
        List<Column> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(rest));
        return all.toArray(Column[]::new);
    }

    static Column[] names(String[] names) {
        return Arrays.stream(names).map(ColumnBasics::col).toArray(Column[]::new);
    }

    static Column[] literals(String[] values) {
        return Arrays.stream(values).map(ColumnBasics::lit).toArray(Column[]::new);
    }

    static Column options(Map<String, String> options) {
        return call(
                "map",
                options.entrySet().stream()
                        .flatMap(option ->
                                IntStream.range(0, 2)
                                        .mapToObj(i ->
                                                lit(i == 0 ? option.getKey() : option.getValue())))
                        .toArray(Column[]::new));
    }

    static Column lambda(Function<Column, Column> body) {
        return lambda(1, args -> body.apply(args[0]));
    }

    static Column lambda(BiFunction<Column, Column, Column> body) {
        return lambda(2, args -> body.apply(args[0], args[1]));
    }

    static Column lambda(TernaryOperator body) {
        return lambda(3, args -> body.apply(args[0], args[1], args[2]));
    }

    private static Column lambda(int parameters, Function<Column[], Column> body) {
        List<String> names =
                IntStream.range(0, parameters)
                        .mapToObj(i -> "xyz".charAt(i) + "_" + NEXT_PARAMETER.incrementAndGet())
                        .toList();
        Column[] args =
                names.stream()
                        .map(n -> new Column(new Expr.UnresolvedAttribute(List.of(n), null)))
                        .toArray(Column[]::new);
        return new Column(new Expr.UnresolvedLambda(names, body.apply(args).expr()));
    }

    /// A type as SQL reads it back.
    static String ddl(DataType type) {
        return switch (type) {
            case DataType.Array(var element, var nulls) -> "ARRAY<" + ddl(element) + ">";
            case DataType.MapOf(var key, var value, var nulls) ->
                    "MAP<" + ddl(key) + ", " + ddl(value) + ">";
            case DataType.Struct(var fields) ->
                    fields.stream()
                            .map(ColumnBasics::ddl)
                            .collect(Collectors.joining(", ", "STRUCT<", ">"));
            default -> type.sql();
        };
    }

    private static String ddl(Field field) {
        return "`"
                + field.name().replace("`", "``")
                + "`: "
                + ddl(field.type())
                + (field.nullable() ? "" : " NOT NULL");
    }
}
